// What a comment asks of us: `/pyward review`, at the beginning of a line that is nobody else's words.

import MarkdownIt, { type Token } from "markdown-it";

export type Command =
  | { readonly name: "review" }
  | { readonly name: "help" }
  /** `word` is hostile text; `meant` is the command that it nearly is. */
  | { readonly name: "unknown"; readonly word: string; readonly meant: CommandName | undefined };

export type CommandName = "review" | "help";

const commandNames: readonly CommandName[] = ["review", "help"];

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
  let beginsLine = true;
  for (const { type, content } of inline) {
    if (beginsLine && type === "text") {
      const command = readLine(content);
      if (command !== undefined) return command;
    }
    beginsLine =
      type === "softbreak" ||
      type === "hardbreak" ||
      (beginsLine && type === "text" && content === "");
  }
  return undefined;
}

function readLine(line: string): Command | undefined {
  const found = /^\s*\/pyward(?:\s+(\S+)|\s*$)/iu.exec(line);
  if (found === null) return undefined;
  const word = (found[1] ?? "help").toLowerCase();
  const name = commandNames.find((known) => known === word);
  if (name !== undefined) return { name };
  return { name: "unknown", word: Array.from(word).slice(0, 40).join(""), meant: nearest(word) };
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
