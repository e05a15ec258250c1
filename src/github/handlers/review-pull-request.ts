// A pull request was opened, reopened, made ready, given new commits or another base: review it.

import type { Probot } from "probot";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function reviewPullRequest(probot: Probot, inbox: Inbox): void {
  probot.on(
    [
      "pull_request.opened",
      "pull_request.reopened",
      "pull_request.ready_for_review",
      "pull_request.synchronize",
      "pull_request.edited",
    ],
    async ({ id, payload }) => {
      // A new title or description changes nothing for us; a new base changes what is new.
      if (payload.action === "edited" && payload.changes.base === undefined) return;
      const place = placeOf(payload);
      if (place === undefined) return;
      const { number, head, updated_at: updatedAt } = payload.pull_request;
      await inbox.submit(id, { kind: "review", place, number, head: head.sha, updatedAt });
    },
  );

  // Whatever runs for it is let go; a pull request that is opened again is reviewed again.
  probot.on("pull_request.closed", async ({ id, payload }) => {
    const place = placeOf(payload);
    if (place === undefined) return;
    const { number } = payload.pull_request;
    await inbox.submit(id, { kind: "review", place, number, isClosed: true });
  });
}
