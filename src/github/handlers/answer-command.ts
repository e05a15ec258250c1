// A person's new comment that speaks to us: hand on the command. Edited comments are not heard,
// because people with write access can edit what others wrote; nor are bots.

import type { Probot } from "probot";
import type { CommentRef, Place } from "../../jobs/ask.ts";
import { parseCommand } from "../../review/command.ts";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function answerCommand(probot: Probot, inbox: Inbox): void {
  probot.on("issue_comment.created", async ({ id, payload }) => {
    const { issue, comment } = payload;
    if (issue.pull_request === undefined || issue.pull_request === null) return;
    await submit(id, placeOf(payload), {
      number: issue.number,
      authorId: issue.user?.id,
      ref: { kind: "issue", id: comment.id },
      ...comment,
    });
  });

  probot.on("pull_request_review_comment.created", async ({ id, payload }) => {
    const { pull_request: pull, comment } = payload;
    await submit(id, placeOf(payload), {
      number: pull.number,
      authorId: pull.user?.id,
      ref: {
        kind: "review",
        id: comment.id,
        path: comment.path,
        commit: comment.commit_id,
        root: comment.in_reply_to_id,
      },
      ...comment,
    });
  });

  async function submit(delivery: string, place: Place | undefined, comment: Comment) {
    const { user, body, number, ref, authorId, created_at: at } = comment;
    if (place === undefined || !user || user.type === "Bot") return;
    const command = parseCommand(body);
    if (command === undefined) return;
    await inbox.submit(delivery, {
      kind: "command",
      place,
      number,
      comment: ref,
      login: user.login,
      userId: user.id,
      isAuthor: user.id === authorId,
      at,
      command,
    });
  }
}

interface Comment {
  readonly number: number;
  /** Whose pull request it is. */
  readonly authorId: number | undefined;
  readonly ref: CommentRef;
  readonly body: string;
  readonly created_at: string;
  readonly user: { readonly id: number; readonly login: string; readonly type?: string } | null;
}
