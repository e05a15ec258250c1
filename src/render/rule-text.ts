// The page of a rule as text for a terminal, made of the very README and examples of its folder.

import MarkdownIt from "markdown-it";
import { createColors } from "picocolors";
import type { ExampleFile, RulePage } from "../analysis/rulebook.ts";
import { escapeControls, wrapWords } from "./terminal-text.ts";

export interface RuleTextSettings {
  readonly color: boolean;
  /** Columns that a line of prose should not exceed. */
  readonly width: number;
}

/** Title and facts, the README's text, and wrong and right code after its first section. */
export function renderRuleText(page: RulePage, settings: RuleTextSettings): string {
  const colors = createColors(settings.color);
  const facts = [page.name, page.severity, `confidence ${page.confidence}`, ...page.cwe];
  const [opening = [], first = [], ...rest] = readSections(page.body, settings);
  const blocks = [
    `${colors.bold(page.title)}\n${colors.dim(facts.join(" · "))}`,
    ...opening,
    ...first,
    ...page.bad.map((file) => exampleBlock("Wrong", file, settings)),
    ...page.good.map((file) => exampleBlock("Right", file, settings)),
    ...rest.flat(),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function exampleBlock(heading: string, { path, text }: ExampleFile, { color }: RuleTextSettings) {
  const colors = createColors(color);
  return `${colors.bold(heading)} ${colors.dim(path)}\n\n${indent(text.trimEnd())}`;
}

const markdown = new MarkdownIt({ html: false, linkify: false });

type Token = ReturnType<typeof markdown.parse>[number];

/** Blocks of text, grouped by heading; the first group stands before any. */
function readSections(body: string, { color, width }: RuleTextSettings): string[][] {
  const colors = createColors(color);
  const sections: string[][] = [[]];
  const push = (block: string): void => void sections.at(-1)?.push(block);
  const tokens = markdown.parse(body, {});
  let depth = 0;
  let cells: string[] | undefined;
  for (const [index, token] of tokens.entries()) {
    const { type } = token;
    if (type.endsWith("_list_open")) depth += 1;
    else if (type.endsWith("_list_close")) depth -= 1;
    else if (type === "tbody_open") cells = [];
    else if (type === "tbody_close") cells = undefined;
    else if (type === "tr_close" && cells !== undefined) {
      push(hangingLines(`${cells[0] ?? ""}: ${cells.slice(1).join("; ")}`, "• ", "  ", width));
      cells = [];
    } else if (type === "fence" || type === "code_block") push(indent(token.content.trimEnd()));
    else if (type === "inline") {
      const text = inlineText(token.children ?? []);
      const opener = tokens[index - 1]?.type;
      if (opener === "heading_open") {
        sections.push([colors.bold(text)]);
        continue;
      }
      // The heads of a table say little where it becomes a list.
      if (opener === "th_open") continue;
      if (opener === "td_open") {
        cells?.push(text);
        continue;
      }
      const isItem = tokens[index - 2]?.type === "list_item_open";
      const hang = "  ".repeat(depth);
      const first = isItem ? `${hang.slice(2)}• ` : hang;
      push(hangingLines(text, first, hang, width));
    }
  }
  return sections.map(joinItems);
}

function hangingLines(text: string, first: string, hang: string, width: number): string {
  const lines = wrapWords(text, Math.max(20, width - hang.length));
  return lines.map((line, at) => (at === 0 ? first : hang) + line).join("\n");
}

/** Items of one list stand close together. */
function joinItems(blocks: readonly string[]): string[] {
  const joined: string[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    const follows = /^ *• /u.test(block) && before !== undefined && /^ *• /u.test(before);
    if (follows) joined[joined.length - 1] = `${before}\n${block}`;
    else joined.push(block);
  }
  return joined;
}

/** Code keeps its backticks; the address of a link stands after its words. */
function inlineText(tokens: readonly Token[]): string {
  const addresses: string[] = [];
  const parts = tokens.map((token) => {
    if (token.type === "code_inline") return `\`${token.content}\``;
    if (token.type === "softbreak" || token.type === "hardbreak") return " ";
    if (token.type === "link_open") {
      addresses.push(String(token.attrGet("href") ?? ""));
      return "";
    }
    if (token.type === "link_close") return ` (${addresses.pop() ?? ""})`;
    return token.content;
  });
  return escapeControls(parts.join(""));
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${escapeControls(line)}`))
    .join("\n");
}
