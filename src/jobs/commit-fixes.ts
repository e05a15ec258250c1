// `/pyward fix`: the fixes that hold together become one commit on the pull request's branch, or a sentence
// says why not.

import type { GitHubClient } from "../github/client.ts";
import { commitFiles, isProtected } from "../github/commit-files.ts";
import { react, reply } from "../github/publish-reply.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import type { FixObstacle } from "../render/fix-words.ts";
import type { ChangeSet, Project } from "../review/change-set.ts";
import { holds, mend } from "../review/mend.ts";
import { planReview } from "../review/plan.ts";
import type { FixOrder } from "./ask.ts";
import type { Heard } from "./obey.ts";
import type { ReviewWork, Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

export interface FixScene {
  readonly client: GitHubClient;
  readonly target: Target;
  readonly change: ChangeSet;
  readonly project: Project;
  readonly heard: Heard;
  /** With the config that holds for the repository. */
  readonly tools: Tools;
}

export function fixOrdersOf({ asks }: ReviewWork): FixOrder[] {
  return asks.flatMap((ask) => (ask.kind === "review" && ask.fix ? [ask.fix] : []));
}

/** Is nothing else asked for than that? */
export function isOnlyFix({ asks }: ReviewWork): boolean {
  return asks.every(
    (ask) => ask.kind === "review" && (ask.fix !== undefined || ask.isGlance === true),
  );
}

/** Answers every order; all of them are about the same commit. Safe to be tried again. */
export async function commitFixes(orders: readonly FixOrder[], scene: FixScene): Promise<void> {
  const [order] = orders;
  const { client, target, tools } = scene;
  const { place, number } = target;
  if (order === undefined || number === undefined) return;
  // Whoever tries again and finds nothing to mend: the commit was made before.
  const key = `fix/${place.repositoryId}/${order.comment.kind}/${order.comment.id}`;
  const isSecondTry = !(await tools.store.sayOnce(key));
  const { obstacle, words } = await commit(order, number, scene);
  const isDone = obstacle === undefined || (isSecondTry && obstacle === "nothing");
  for (const each of orders) {
    await react(client, place, each.comment, isDone ? "rocket" : "confused");
  }
  const once = `reply/${place.repositoryId}/${order.comment.kind}/${order.comment.id}`;
  if (isSecondTry && obstacle === "nothing") return;
  if (await tools.store.sayOnce(once)) await reply(client, place, number, order.comment, words);
}

interface Answer {
  readonly obstacle: FixObstacle | undefined;
  readonly words: string;
}

async function commit(order: FixOrder, number: number, scene: FixScene): Promise<Answer> {
  const { client, target, change, project, heard, tools } = scene;
  const { place, head } = target;
  const { config, words, log } = tools;
  const not = (obstacle: FixObstacle): Answer => ({ obstacle, words: words.notFixed(obstacle) });

  // What is ignored stays as it is.
  const { told } = planReview(heard.review, change, heard.earlier, config, { mayComment: false });
  const mended = mend(change, told);
  if (mended.files.length === 0) return not("nothing");
  const pull = await readPullRequest(client, place, number);
  if (pull.headBranch === undefined) return not("fork");
  if (pull.headBranch.isDefault || (await isProtected(client, place, pull.headBranch.name))) {
    return not("protected");
  }
  if (pull.head !== head) return not("moved");
  const after = await tools.reviewer.review(mended.change, project, config);
  if (!holds(heard.review, after, mended.findings)) return not("not-together");

  const outcome = await commitFiles(client, place, {
    branch: pull.headBranch.name,
    parent: head,
    message: words.fixMessage(mended.findings, order),
    files: mended.files,
  });
  if (outcome.kind !== "committed") return not(outcome.kind);
  log.info({ commit: outcome.commit, findings: mended.findings.length }, "committed fixes");
  const left = told.length - mended.findings.length;
  const { files, findings } = mended;
  return {
    obstacle: undefined,
    words: words.fixed({
      commit: outcome.commit,
      files: files.length,
      findings: findings.length,
      left,
    }),
  };
}
