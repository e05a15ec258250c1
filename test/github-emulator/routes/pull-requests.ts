// Reading pull requests: themselves, their files and commits, and which of them hold a commit.

import type { Call, Routes } from "../call.ts";
import { paginate, pullRequestOf } from "../call.ts";
import { diffText } from "../diff.ts";
import { isAncestor, resolveCommit } from "../git.ts";
import { presentCommit, presentFile } from "../present/commit.ts";
import { presentPullRequest, presentPullRequestSimple } from "../present/pull-request.ts";
import { pullRequestDiff } from "../pull-request-diff.ts";
import { diffTooLarge, validationFailed } from "../refusal.ts";
import type { PullRequest } from "../world.ts";

export const pullRequestRoutes: Routes = {
  "pulls/get": async (call) => {
    const pull = pullRequestOf(call);
    if (call.media !== "diff") {
      return { body: await presentPullRequest(call, call.repository, pull) };
    }
    const { files, mergeBase } = await pullRequestDiff(call.repository, pull);
    if (files.length > mostFilesInDiff) throw diffTooLarge();
    const content = await diffText(call.repository.git, mergeBase, pull.headSha);
    return { raw: { content, type: "application/vnd.github.diff; charset=utf-8" } };
  },

  "pulls/list": (call) => {
    const { state = "open", head, base } = call.query;
    const fitting = [...call.repository.pullRequests.values()]
      .filter((pull) => state === "all" || pull.state === state)
      .filter((pull) => base === undefined || pull.baseRef === base)
      .filter((pull) => head === undefined || labelOf(pull) === head);
    const sorted = call.query.direction === "asc" ? fitting : fitting.toReversed();
    return paginate(call, sorted, (pull) => presentPullRequestSimple(call, call.repository, pull));
  },

  "pulls/list-files": async (call) => {
    const pull = pullRequestOf(call);
    const { files } = await pullRequestDiff(call.repository, pull);
    return paginate(call, files.slice(0, mostFilesListed), (file) =>
      presentFile(call, call.repository, pull.headSha, file),
    );
  },

  "pulls/list-commits": async (call) => {
    const { commits } = await pullRequestDiff(call.repository, pullRequestOf(call));
    return paginate(call, commits.slice(0, mostCommitsListed), (commit) =>
      presentCommit(call, call.repository, commit),
    );
  },

  "repos/list-pull-requests-associated-with-commit": async (call) => {
    const expression = call.params.commit_sha ?? "";
    const sha = await resolveCommit(call.repository.git, expression);
    if (sha === undefined) {
      const message = `No commit found for SHA: ${expression}`;
      throw validationFailed({ resource: "Commit", field: "sha", code: "custom", message });
    }
    return paginate(call, await holding(call, sha), (pull) =>
      presentPullRequestSimple(call, call.repository, pull),
    );
  },
};

const mostFilesInDiff = 300;
const mostFilesListed = 3000;
const mostCommitsListed = 250;

function labelOf(pull: PullRequest): string {
  return `${pull.headRepository.owner.login}:${pull.headRef}`;
}

/** Only those whose branch lives here: of a fork's commits GitHub often knows none. */
async function holding(call: Call, sha: string): Promise<readonly PullRequest[]> {
  const { repository } = call;
  const own = [...repository.pullRequests.values()].filter(
    (pull) => pull.headRepository === repository,
  );
  const holds = await Promise.all(
    own.map(async (pull) => {
      const inHead = await isAncestor(repository.git, sha, pull.headSha);
      return inHead && !(await isAncestor(repository.git, sha, pull.baseSha));
    }),
  );
  return own.filter((_, index) => holds[index]);
}
