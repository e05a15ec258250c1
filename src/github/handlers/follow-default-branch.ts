// The default branch moved: what code scanning knows of it may be old.

import type { Probot } from "probot";
import { configPaths } from "../../review/config-file.ts";
import { isReviewedFile } from "../../review/is-reviewed-file.ts";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function followDefaultBranch(probot: Probot, inbox: Inbox): void {
  probot.on("push", async ({ id, payload }) => {
    const { ref, after: head, deleted, forced, commits, repository, installation } = payload;
    if (deleted || ref !== `refs/heads/${repository.default_branch}`) return;
    const { owner } = repository;
    if (installation === undefined || !owner?.login) return;
    const place = placeOf({
      installation,
      repository: { ...repository, owner: { login: owner.login } },
    });
    if (place === undefined) return;
    // A push of many commits tells of the first 2,048 only.
    const isKnown = !forced && commits.length > 0 && commits.length < 2_048;
    const paths = commits.flatMap(({ added, removed, modified }) =>
      [added, removed, modified].flatMap((each) => each ?? []),
    );
    if (isKnown && !paths.some(concernsUs)) return;
    await inbox.submit(id, { kind: "branch", place, ref, head });
  });
}

function concernsUs(path: string): boolean {
  return isReviewedFile(path) || configPaths.some((each) => each === path);
}
