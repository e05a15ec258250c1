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
    const { head_sha: head, base_sha: base } = group;
    const isDestroyed = payload.action === "destroyed";
    await inbox.submit(id, {
      ...{ kind: "merge-group", place, head, base },
      ...(isDestroyed ? { isDestroyed } : {}),
    });
  });
}
