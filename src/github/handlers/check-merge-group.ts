// A merge queue asks whether a group may be merged: check it, or the queue would wait for ever.

import type { Probot } from "probot";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function checkMergeGroup(probot: Probot, inbox: Inbox): void {
  probot.on(["merge_group.checks_requested", "merge_group.destroyed"], async ({ id, payload }) => {
    const { repository, installation, merge_group: group } = payload;
    if (repository === undefined) return;
    const place = placeOf({ repository, installation });
    if (place === undefined) return;
    const { head_sha: head, base_sha: base, head_commit: commit } = group;
    const number = numberIn(group.head_ref);
    const isDestroyed = payload.action === "destroyed";
    await inbox.submit(id, {
      ...{ kind: "merge-group", place, head, base },
      ...(number === undefined ? {} : { number, tree: commit.tree_id }),
      ...(isDestroyed ? { isDestroyed } : {}),
    });
  });
}

/**
 * The event does not name the pull request, but the branch that GitHub makes for the group does:
 * `refs/heads/gh-readonly-queue/main/pr-12-0a1b...`; one group brings one pull request onto its base.
 */
function numberIn(ref: string): number | undefined {
  const found = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]{40,64}$/u.exec(ref);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
