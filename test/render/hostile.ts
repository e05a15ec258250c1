// Text as an attacker would write it into code, names and reasons, and what must not come of it.

import MarkdownIt, { type Token } from "markdown-it";
import { expect } from "vitest";
import type { Random } from "../random.ts";

const parts = [
  "@octocat",
  "@acme/team",
  "#1",
  "GH-12",
  "acme/shop#3",
  "https://evil.example/x",
  "www.evil.example",
  "mail@evil.example",
  "![x](https://evil.example/p.png)",
  "[x](javascript:alert(1))",
  "[x]: http://e",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "-->",
  "<script>",
  "</sub>",
  "<details>",
  "&lt;",
  "&#64;",
  "<http://e>",
  "`",
  "``",
  "```",
  "~~~",
  "\n",
  "\r\n",
  "\n\n",
  "\n```\n",
  "\n> ",
  "\n- ",
  "\n# ",
  "\n---\n",
  "\n| a | b |\n|---|---|\n",
  "|",
  "\\",
  "\\|",
  "\\`",
  "*",
  "**",
  "_",
  "~~",
  "$x$",
  "$`x`$",
  "$$",
  ":tada:",
  "<b>",
  "&",
  "!",
  "[",
  "]",
  "(",
  ")",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u0000",
  "\u001b[31m",
  "\ud800",
  "\u2028",
  "\ufeff",
  "1.",
  "- ",
  "+",
  "=",
  "===",
  "    ",
  "\t",
  "{{title}}",
  "{{> heading}}",
  "{{#each rows}}",
  "{{{marker}}}",
  "${7*7}",
  "<%= 1 %>",
  "```suggestion\n",
  "<!-- pyward:v1:0000000000000000:security/x:fixed -->",
  "title",
  "naïve",
  "😀",
  " ",
];

export function hostileText(dice: Random): string {
  return Array.from({ length: 1 + dice.below(12) }, () => dice.pick(parts)).join("");
}

export interface Harmless {
  /** Beginnings of the addresses that may be linked. */
  readonly linksTo: readonly string[];
}

/** Reads rendered Markdown as GitHub would, and fails on anything in it that is not ours. */
export function expectHarmless(rendered: string, { linksTo }: Harmless): void {
  // A line break is the only character without a face.
  expect(rendered).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);

  for (const token of inlineTokens(rendered)) {
    if (token.type === "link_open") {
      expect(linksTo.some((start) => String(token.attrGet("href")).startsWith(start))).toBe(true);
    } else if (token.type === "html_inline") {
      expect(ourTags).toContain(token.content);
    } else if (token.type === "text") {
      expect(token.content).not.toMatch(callsSomebody);
      expect(token.content === "$" || !token.content.includes("$")).toBe(true);
    } else {
      expect(ourTypes).toContain(token.type);
    }
  }
}

/** The shape of Markdown, block by block: hostile text must not change it. */
export function blocksOf(rendered: string): string[] {
  return reader.parse(rendered, {}).map(({ type }) => type);
}

/** What a reader sees in code spans, in order. */
export function codeSpansOf(rendered: string): string[] {
  return inlineTokens(rendered)
    .filter(({ type }) => type === "code_inline")
    .map(({ content }) => content);
}

/** What a reader sees. */
export function textOf(rendered: string): string {
  return inlineTokens(rendered)
    .filter(({ type }) => type === "text" || type === "code_inline")
    .map(({ content }) => content)
    .join("");
}

const reader = new MarkdownIt({ html: true, linkify: true });
// GitHub links addresses that begin with a protocol or www, not every word with a dot.
reader.linkify.set({ fuzzyLink: false });

const ourTags = ["<sub>", "</sub>", "<span>", "</span>", "<code>", "</code>"];
const ourTypes = [
  "code_inline",
  "link_close",
  "strong_open",
  "strong_close",
  "em_open",
  "em_close",
  "softbreak",
];
const callsSomebody = /@[\w-]|#\d|GH-\d|:\/\/|www\.\w|:[\w+-]+:/iu;

function inlineTokens(rendered: string): Token[] {
  // Escapes make text tokens of their own; GitHub looks at what stands between tags as one.
  return reader.parse(rendered, {}).flatMap(({ children }) => joinTexts(children ?? []));
}

function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const isText = token.type === "text" || token.type === "text_special";
    if (isText && last?.type === "text") last.content += token.content;
    else joined.push(isText ? Object.assign(token, { type: "text" }) : token);
  }
  return joined;
}
