// A person spoke to us: acknowledge it at once, see whether they may, and do what they ask.

import type { GitHubClient } from "../github/client.ts";
import { mayCommit } from "../github/commit-files.ts";
import { ruleAddress } from "../github/make-links.ts";
import { react, reply } from "../github/publish-reply.ts";
import { readConfig } from "../github/read-config.ts";
import { readEarlier } from "../github/read-earlier.ts";
import { isAtLeast, readRole } from "../github/read-role.ts";
import type { BaselineEntry } from "../review/baseline.ts";
import { readAim } from "../review/command.ts";
import { type CommandAsk, slotOf } from "./ask.ts";
import type { Tools } from "./tools.ts";

/** Safe to be tried again: reactions leave no second one, and answers are given at most once. */
export async function commandJob(
  delivery: string,
  ask: CommandAsk,
  everyTools: Tools,
): Promise<void> {
  const { place, number, comment, command, login, isAuthor } = ask;
  const client = await everyTools.github.client(place.installation);
  await react(client, place, comment, "eyes");
  // Of the default branch: what a person may do does not depend on the branch at hand.
  const found = await readConfig(client, place, "HEAD", everyTools.configWords);
  const { config } = found;
  const tools = { ...everyTools, config };
  const { words } = tools;

  const role = await readRole(client, place, login);
  if (!isAuthor && !isAtLeast(role, config.commands.review)) {
    await refuse(client, ask, "review", tools);
    return;
  }

  switch (command.name) {
    case "review":
    case "full":
      // The rocket follows when the review is there.
      await tools.submit(`${delivery}:review`, {
        ...{ kind: "review", place, number, thank: comment, askedBy: login },
        isFull: command.name === "full",
      });
      return;
    case "export":
      await answer(client, ask, words.baseline(await entriesOf(client, ask, tools)), tools);
      return;
    case "ignore":
    case "unignore":
    case "pause":
    case "resume":
      // Orders go the way of reviews, so that on one pull request nothing is said side by side.
      if (role === undefined || !isAtLeast(role, config.commands.ignore)) {
        await refuse(client, ask, "ignore", tools);
        return;
      }
      await tools.submit(`${delivery}:order`, {
        ...{ kind: "review", place, number },
        order: {
          name: command.name,
          words: "words" in command ? command.words : "",
          ...{ comment, login, isAuthor, role, at: ask.at },
        },
      });
      return;
    case "explain":
      await answer(client, ask, await explain(client, ask, command.words, tools), tools);
      return;
    case "config":
      await answer(client, ask, words.config(found), tools);
      return;
    case "fix":
      if (!(await mayCommit(await tools.github.app(), place.installation))) {
        await answer(client, ask, words.notFixed("no-permission"), tools);
      } else if (isAtLeast(role, config.commands.fix)) {
        const { login, userId } = ask;
        const fix = { comment, login, userId };
        await tools.submit(`${delivery}:fix`, { kind: "review", place, number, fix });
      } else {
        await refuse(client, ask, "fix", tools);
      }
      return;
    case "help":
      await answer(client, ask, words.help(), tools);
      return;
    case "unknown":
      await react(client, place, comment, "confused");
      await replyOnce(client, ask, onceTo(ask), words.unknownCommand(command), tools);
  }
}

async function explain(
  client: GitHubClient,
  { place, number, comment }: CommandAsk,
  words: string,
  tools: Tools,
): Promise<string> {
  const isInThread = comment.kind === "review";
  const { id, rule } = readAim(words, (word) => tools.rulebook.find(word)?.page.name, isInThread);
  const named =
    rule ?? tools.rulebook.find(words.trim().toLowerCase())?.page.name ?? (await ofFinding());
  const page = named && tools.words.explain(named, ruleAddress(tools.sites, named));
  return page ?? tools.words.notDone("no-rule", tools.config.commands);

  async function ofFinding(): Promise<string | undefined> {
    const { comments } = await readEarlier(client, place, number);
    if (id === undefined && isInThread) {
      return comments.find((each) => each.comment === comment.root)?.rule;
    }
    if (id === undefined) return undefined;
    const told = comments.find(({ fingerprint }) => fingerprint.startsWith(id))?.rule;
    const recent = tools.recent.newest(slotOf({ kind: "review", place, number }));
    const found = recent?.review.introduced.find(({ fingerprint }) => fingerprint.startsWith(id));
    return told ?? found?.finding.rule;
  }
}

/** The baseline that holds, and all that was decided about findings beside it. */
async function entriesOf(
  client: GitHubClient,
  { place, number }: CommandAsk,
  { store, config }: Tools,
): Promise<readonly BaselineEntry[]> {
  const { decisions } = await readEarlier(client, place, number);
  const decided = [...(await store.decisions.onFindings(place.repositoryId)), ...decisions];
  return [
    ...config.baseline,
    ...decided.flatMap(({ subject, reason, by, at }) => {
      if (subject.kind !== "finding") return [];
      const { fingerprint, rule, path } = subject;
      return [{ fingerprint, rule, path, reason, by, at }];
    }),
  ];
}

async function refuse(
  client: GitHubClient,
  ask: CommandAsk,
  command: "review" | "ignore" | "fix",
  tools: Tools,
): Promise<void> {
  const { place, number, comment, login } = ask;
  await react(client, place, comment, "confused");
  // One sentence to one person on one pull request, however often they ask.
  const once = `refusal/${place.repositoryId}/${number}/${login}/${command}`;
  await replyOnce(client, ask, once, tools.words.refusal(command, tools.config.commands), tools);
}

async function answer(
  client: GitHubClient,
  ask: CommandAsk,
  body: string,
  tools: Tools,
): Promise<void> {
  await replyOnce(client, ask, onceTo(ask), body, tools);
  await react(client, ask.place, ask.comment, "rocket");
}

function onceTo({ place, comment }: CommandAsk): string {
  return `reply/${place.repositoryId}/${comment.kind}/${comment.id}`;
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
