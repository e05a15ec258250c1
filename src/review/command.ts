// What a comment asks of us: `/pyward review`, at the beginning of a line that is nobody else's words.

import MarkdownIt, { type Token } from "markdown-it";

/** Commands that say all by their name. */
export const plainCommands = [
  "review",
  "full",
  "help",
  "config",
  "export",
  "pause",
  "resume",
  "fix",
] as const;

/** Commands about a finding or a rule. */
export const aimedCommands = ["ignore", "unignore", "explain"] as const;

export type Command =
  | { readonly name: (typeof plainCommands)[number] }
  /** `words` is what follows on the line, at most 400 characters: hostile text. */
  | { readonly name: (typeof aimedCommands)[number]; readonly words: string }
  /** `word` is hostile text; `meant` is the command that it nearly is. */
  | { readonly name: "unknown"; readonly word: string; readonly meant: CommandName | undefined };

export type CommandName = (typeof plainCommands)[number] | (typeof aimedCommands)[number];

export const commandNames = [...plainCommands, ...aimedCommands] as const;

const longestWords = 400;

/**
 * The first command in a comment's text. A command begins a line of a paragraph; in a quote, in code
 * or in an HTML comment it is none. Upper and lower case are the same; what follows is ignored.
 * Nothing but `/pyward` asks for help.
 */
export function parseCommand(body: string): Command | undefined {
  // Most comments end here; GitHub's own limit keeps the others short.
  if (body.length > 65_536 || !/\/pyward/iu.test(body)) return undefined;

  let quotes = 0;
  for (const token of markdown.parse(body, {})) {
    if (token.type === "blockquote_open") quotes += 1;
    else if (token.type === "blockquote_close") quotes -= 1;
    else if (token.type === "inline" && quotes === 0) {
      const command = firstCommand(token.children ?? []);
      if (command !== undefined) return command;
    }
  }
  return undefined;
}

const markdown = new MarkdownIt({ html: true }).disable(["table", "linkify"]);

function firstCommand(inline: readonly Token[]): Command | undefined {
  for (const line of linesOf(inline)) {
    // A line that begins with code, emphasis or a tag is no command.
    const first = line.find(({ type, content }) => type !== "text" || content !== "");
    if (first?.type !== "text") continue;
    const shown = line.filter(({ type }) => type === "text" || type === "code_inline");
    const command = readLine(first.content, shown.map(({ content }) => content).join(""));
    if (command !== undefined) return command;
  }
  return undefined;
}

function linesOf(inline: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const token of inline) {
    if (token.type === "softbreak" || token.type === "hardbreak") lines.push([]);
    else lines.at(-1)?.push(token);
  }
  return lines;
}

/** `beginning` is the line's plain text up to its first code or emphasis; `line` is the whole. */
function readLine(beginning: string, line: string): Command | undefined {
  if (!/^\s*\/pyward(?:\s|$)/iu.test(beginning)) return undefined;
  const [, given = "help", rest = ""] = /^\s*\/pyward(?:\s+(\S+)(.*))?/iu.exec(line) ?? [];
  const word = given.toLowerCase();
  const plain = plainCommands.find((known) => known === word);
  if (plain !== undefined) return { name: plain };
  const aimed = aimedCommands.find((known) => known === word);
  if (aimed !== undefined) return { name: aimed, words: shortened(rest.trim(), longestWords) };
  return { name: "unknown", word: shortened(word, 40), meant: nearest(word) };
}

function shortened(text: string, limit: number): string {
  return Array.from(text).slice(0, limit).join("");
}

/** What an aimed command is about, and the reason given. */
export interface Aim {
  /** The beginning of a finding's id; `undefined` where none is named. */
  readonly id: string | undefined;
  /** A rule's full name. */
  readonly rule: string | undefined;
  readonly reason: string;
}

/**
 * Reads `<id|rule> <reason>`. `ruleNamed` gives the full name of a rule. In a finding's thread all is
 * reason, unless it begins with an id or with a rule's full name.
 */
export function readAim(
  words: string,
  ruleNamed: (word: string) => string | undefined,
  isInThread: boolean,
): Aim {
  const [, first = "", rest = ""] = /^(\S*)\s*(.*)$/su.exec(words) ?? [];
  if (/^[0-9a-f]{7,16}$/u.test(first)) return { id: first, rule: undefined, reason: rest };
  const rule = isInThread && !first.includes("/") ? undefined : ruleNamed(first.toLowerCase());
  if (rule !== undefined) return { id: undefined, rule, reason: rest };
  return { id: undefined, rule: undefined, reason: words };
}

/** The one command within two slips of the keyboard. */
function nearest(word: string): CommandName | undefined {
  if (word.length > 12) return undefined;
  return commandNames.find((name) => distance(word, name) <= 2);
}

/** How many letters must be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
