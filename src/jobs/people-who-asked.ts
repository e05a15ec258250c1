// People who asked for something by a comment: what they see where nothing came of it.

import type { GitHubClient } from "../github/client.ts";
import { react, reply } from "../github/publish-reply.ts";
import type { Obstacle } from "../render/command-words.ts";
import type { CommentRef, ReviewAsk } from "./ask.ts";
import type { ReviewWork } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Asked by a person's comment. */
interface PersonsAsk {
  readonly ask: ReviewAsk;
  readonly comment: CommentRef;
  readonly login: string;
}

function personsAsks({ asks }: ReviewWork): PersonsAsk[] {
  return asks.flatMap((ask) => {
    if (ask.kind !== "review") return [];
    const { order, fix, thank, askedBy } = ask;
    const comment = order?.comment ?? fix?.comment ?? thank;
    const login = order?.login ?? fix?.login ?? askedBy ?? "";
    return comment === undefined ? [] : [{ ask, comment, login }];
  });
}

/** Our own failure: each may ask again. Never rejects. */
export async function showFailure(
  client: GitHubClient,
  work: ReviewWork,
  { log }: Pick<Tools, "log">,
): Promise<void> {
  for (const { ask, comment } of personsAsks(work)) {
    try {
      await react(client, ask.place, comment, "confused");
    } catch (error) {
      log.warn({ err: error }, "a person could not be told that it failed");
    }
  }
}

/**
 * Why a pull request is not reviewed at all: one sentence to one person on it, however often they ask.
 * Safe to be tried again.
 */
export async function answerUnreviewed(
  client: GitHubClient,
  work: ReviewWork,
  obstacle: Extract<Obstacle, "closed" | "draft">,
  { store, words, config }: Pick<Tools, "store" | "words" | "config">,
): Promise<void> {
  for (const { ask, comment, login } of personsAsks(work)) {
    const { place, number } = ask;
    await react(client, place, comment, "confused");
    const what = `obstacle/${place.repositoryId}/${number}/${login}/${obstacle}`;
    if (!(await store.sayOnce(what))) continue;
    await reply(client, place, number, comment, words.notDone(obstacle, config.commands));
  }
}
