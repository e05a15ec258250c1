// A person spoke to us: acknowledge it at once, see whether they may, and do what they ask.

import type { GitHubClient } from "../github/client.ts";
import { react, reply } from "../github/publish-reply.ts";
import { mayWrite } from "../github/read-role.ts";
import type { CommandAsk } from "./ask.ts";
import type { Tools } from "./tools.ts";

/** Safe to be tried again: reactions leave no second one, and answers are given at most once. */
export async function commandJob(delivery: string, ask: CommandAsk, tools: Tools): Promise<void> {
  const { place, number, comment, command } = ask;
  const client = await tools.github.client(place.installation);
  await react(client, place, comment, "eyes");

  if (!ask.isAuthor && !(await mayWrite(client, place, ask.login))) {
    await react(client, place, comment, "confused");
    // One sentence to one person on one pull request, however often they ask.
    const once = `refusal/${place.repositoryId}/${number}/${ask.login}`;
    await replyOnce(client, ask, once, tools.words.refusal(), tools);
    return;
  }

  const once = `reply/${place.repositoryId}/${comment.kind}/${comment.id}`;
  switch (command.name) {
    case "review":
      // The rocket follows when the review is there.
      await tools.submit(`${delivery}:review`, { kind: "review", place, number, thank: comment });
      return;
    case "help":
      await replyOnce(client, ask, once, tools.words.help(), tools);
      await react(client, place, comment, "rocket");
      return;
    case "unknown":
      await react(client, place, comment, "confused");
      await replyOnce(client, ask, once, tools.words.unknownCommand(command), tools);
  }
}

/** Remembered before it is said: rather an answer lost than an answer twice. */
async function replyOnce(
  client: GitHubClient,
  { place, number, comment }: CommandAsk,
  what: string,
  body: string,
  { store }: Tools,
): Promise<void> {
  if (await store.sayOnce(what)) await reply(client, place, number, comment, body);
}
