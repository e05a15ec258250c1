// Whether Pyward said of the bundled pull request what it has to say, and nothing else.

import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import type { CommitFiles, Expected } from "./shop.ts";

/** Differences as sentences; none is what a demo wants to see. */
export function compareWithExpected(
  view: PullRequestView,
  files: CommitFiles,
  expected: readonly Expected[],
): readonly string[] {
  const said = botThreads(view).map(
    (thread) => `${ruleOf(thread)} at ${thread.path}:${thread.line ?? "?"}`,
  );
  const wanted = expected.map(
    ({ rule, path, code }) => `${rule} at ${path}:${lineOf(files[path] ?? "", code)}`,
  );
  return [
    ...wanted.filter((line) => !said.includes(line)).map((line) => `Nothing was said of ${line}.`),
    ...said.filter((line) => !wanted.includes(line)).map((line) => `Something was said: ${line}.`),
    ...said
      .filter((line, index) => said.indexOf(line) !== index)
      .map((line) => `It was said twice: ${line}.`),
    ...compareConclusion(view, "failure"),
  ];
}

/** After the fix: the check succeeds, and nothing was said that was not there `before`. */
export function compareAfterFix(view: PullRequestView, before: PullRequestView): readonly string[] {
  const known = new Set(botThreads(before).map(({ id }) => id));
  return [
    ...botThreads(view)
      .filter(({ id }) => !known.has(id))
      .map((thread) => `Something new was said: ${ruleOf(thread)} at ${thread.path}.`),
    ...(view.reviews.length > before.reviews.length ? ["There is another review."] : []),
    ...compareConclusion(view, "success"),
  ];
}

/** The check of the present head, once it has ended. */
export function endedCheck(
  view: PullRequestView,
): PullRequestView["checkRuns"][number] | undefined {
  return view.checkRuns.findLast(
    ({ status, headSha }) => status === "completed" && headSha === view.head.sha,
  );
}

function compareConclusion(view: PullRequestView, wanted: string): readonly string[] {
  const conclusion = endedCheck(view)?.conclusion ?? "missing";
  return conclusion === wanted ? [] : [`The check is ${conclusion} and should be ${wanted}.`];
}

function botThreads(view: PullRequestView): readonly ThreadView[] {
  return view.threads.filter((thread) => thread.comments[0]?.author.isBot);
}

/** The rule a comment is about, by the page it links to. */
function ruleOf(thread: ThreadView): string {
  const body = thread.comments[0]?.body ?? "";
  return /\/rules\/([a-z-]+\/[a-z-]+)\)/u.exec(body)?.[1] ?? "a rule without a page";
}

/** 1-based; 0 where the text has no such line. */
function lineOf(text: string, code: string): number {
  return text.split("\n").findIndex((line) => line.trim() === code) + 1;
}
