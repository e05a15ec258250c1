// A person resolved a review thread, or opened it again: where it is ours, the check's words follow.

import type { Probot } from "probot";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function followThreads(probot: Probot, inbox: Inbox): void {
  probot.on(
    ["pull_request_review_thread.resolved", "pull_request_review_thread.unresolved"],
    async ({ id, payload }) => {
      const [first] = payload.thread.comments;
      // What we resolve ourselves comes with a review that tells of it.
      if (payload.sender?.type === "Bot" || first?.user?.type !== "Bot") return;
      const place = placeOf(payload);
      if (place === undefined) return;
      const { number } = payload.pull_request;
      await inbox.submit(id, { kind: "review", place, number, isGlance: true });
    },
  );
}
