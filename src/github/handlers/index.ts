// The list of what Pyward hears. A handler decides whether an event concerns us and hands on an ask.

import type { Probot } from "probot";
import { answerCommand } from "./answer-command.ts";
import { checkMergeGroup } from "./check-merge-group.ts";
import { followDefaultBranch } from "./follow-default-branch.ts";
import { followThreads } from "./follow-threads.ts";
import { forgetInstallation } from "./forget-installation.ts";
import type { Inbox } from "./inbox.ts";
import { rerunCheck } from "./rerun-check.ts";
import { reviewPullRequest } from "./review-pull-request.ts";

const handlers = [
  reviewPullRequest,
  rerunCheck,
  answerCommand,
  followThreads,
  followDefaultBranch,
  checkMergeGroup,
  forgetInstallation,
] as const;

export function listen(probot: Probot, inbox: Inbox): void {
  for (const handler of handlers) handler(probot, inbox);
}
