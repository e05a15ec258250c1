// What the check's summary says beside its findings: of the config, of files left out or not seen, of
// ignore comments.

import type { ConfigNews } from "../review/config-news.ts";
import type { ConfigRow } from "../review/resolve-config.ts";
import type { Review } from "../review/review.ts";
import {
  code,
  codeBlock,
  countBytes,
  join,
  type Markdown,
  message,
  shorten,
  text,
} from "./markdown.ts";

/** As many bytes as all of it may take. */
const budget = 6_000;

/** Lists longer than this are cut. */
const longestList = 20;

/** What there is to tell beside the review itself. */
interface Aside {
  readonly config?: ConfigNews;
  /** Nothing was said in comments, because few requests are left until then. */
  readonly spareUntil?: Date | undefined;
  /** A sentence of ours, of what beside the review was not possible. */
  readonly note?: string | undefined;
}

/** Lines of Markdown; none where there is nothing to tell. */
export function renderAsides(
  review: Review,
  { config: news, spareUntil, note }: Aside,
): readonly Markdown[] {
  const lines = [
    ...(spareUntil === undefined ? [] : [spareLine(spareUntil)]),
    ...(news === undefined ? [] : configLines(news)),
    ...contextLine(review),
    ...leftOutLine(review),
    ...noticeLines(review),
    ...(note === undefined ? [] : [text(note)]),
  ];
  const kept: Markdown[] = [];
  let bytes = 0;
  for (const line of lines) {
    bytes += countBytes(line) + 2;
    if (bytes > budget) break;
    kept.push(line);
  }
  return kept;
}

/** Every setting with its value; the origin of those that are not the default. */
export function renderSettings(rows: readonly ConfigRow[]): Markdown {
  const lines = rows.map(({ setting, value, origin }) => {
    const said = value === "" ? setting : `${setting}: ${value}`;
    return shorten(origin === "default" ? said : `${said}  # ${origin}`, 300);
  });
  const shown = lines.slice(0, 300);
  const rest = lines.length - shown.length;
  return codeBlock([...shown, ...(rest > 0 ? [`# and ${rest} more`] : [])].join("\n"), "yaml");
}

/** Told here because GitHub allows few requests more, which the checks of others need. */
function spareLine(until: Date): Markdown {
  const clock = code(`${until.toISOString().slice(11, 16)} UTC`);
  const words = [
    text("GitHub allows few requests more here until"),
    join([clock, text("so this is told without comments. They follow then.")], ", "),
  ];
  return join(words, " ");
}

function configLines({ notes, proposed }: ConfigNews): Markdown[] {
  const told = notes.slice(0, longestList).map((note) => message(shorten(note, 500)));
  if (proposed === undefined) return told;
  const { problems, changes } = proposed;
  if (problems.length > 0) {
    const list = problems
      .slice(0, longestList)
      .map(({ path, line, message: words }) =>
        item([code(`${path}:${line}`), message(shorten(words, 300))]),
      );
    return [
      ...told,
      text("This config cannot be read; until it can, what held before holds:"),
      ...list,
    ];
  }
  if (changes.length === 0) return [...told, text("The changed config would change nothing.")];
  const list = changes.slice(0, longestList).map((change) => item([code(shorten(change, 300))]));
  const rest = changes.length - list.length;
  return [
    ...told,
    text("What this config would change, once merged:"),
    ...list,
    ...(rest > 0 ? [item([text(`and ${rest} more`)])] : []),
  ];
}

/** A review that has not seen all it should have says so. */
function contextLine({ coverage }: Review): Markdown[] {
  const { contextGap } = coverage;
  if (contextGap === undefined) return [];
  switch (contextGap.kind) {
    case "unreachable":
      return [
        text(
          "Only the changed files were read: GitHub did not give the others, so what runs through them is not seen.",
        ),
      ];
    case "incomplete":
      return [
        text(
          "Not all files around this change were read: the repository is too large, or GitHub did not give them in time.",
        ),
      ];
    case "no-room": {
      const { files } = contextGap;
      const count =
        files === 1 ? "1 more file has" : `${files.toLocaleString("en-US")} more files have`;
      return [
        text(`${count} to do with this change and were not read: there was no room for them.`),
      ];
    }
  }
}

function leftOutLine({ leftOut }: Review): Markdown[] {
  if (leftOut.length === 0) return [];
  const files = leftOut
    .slice(0, longestList)
    .map(({ path, kind }) => join([code(shorten(path, 200)), text(`(${kind})`)], " "));
  const rest = leftOut.length - files.length;
  const all = [...files, ...(rest > 0 ? [text(`and ${rest} more`)] : [])];
  return [join([text("Left out:"), join(all, ", ")], " ")];
}

/** Of comments that the change itself brings; others are told at the terminal. */
function noticeLines({ notices }: Review): Markdown[] {
  return notices
    .filter(({ isNew }) => isNew)
    .slice(0, longestList)
    .map(({ path, line, message: words }) =>
      join([code(`${shorten(path, 200)}:${line}`), message(words)], ": "),
    );
}

function item(parts: readonly Markdown[]): Markdown {
  return `- ${join(parts, ": ")}` as Markdown;
}
