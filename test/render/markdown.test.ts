// Hostile text becomes Markdown that only shows it.

import { expect, test } from "vitest";
import {
  code,
  codeBlock,
  codeInTable,
  encodePath,
  link,
  message,
  shorten,
  text,
} from "../../src/render/markdown.ts";
import { random } from "../random.ts";
import { blocksOf, codeSpansOf, expectHarmless, hostileText, textOf } from "./hostile.ts";

test.each([
  ["@octocat", "@&#8203;octocat"],
  ["fixes #12", "fixes \\#&#8203;12"],
  ["GH-7", "GH-&#8203;7"],
  ["https://e.example", "https:&#8203;//e.example"],
  ["www.e.example", "www&#8203;.e.example"],
  ["a | b", "a &#124; b"],
  ["<img src=x>", "&lt;img src=x&gt;"],
  ["$x$", "<span>$</span>x<span>$</span>"],
  ["![a](b)", "\\!\\[a\\](b)"],
  ["- a", "\\- a"],
  ["12. a", "12&#8203;. a"],
  ["a\n\n b", "a b"],
  ["\u202eevil", "\\\\u202eevil"],
  ["plain words, and a (bracket).", "plain words, and a (bracket)."],
])("text %j is written %j", (hostile, written) => {
  expect(text(hostile)).toBe(written);
});

test.each([
  ["a", "`a`"],
  ["a`b", "``a`b``"],
  ["`a", "`` `a ``"],
  ["``", "``` `` ```"],
  ["a\n  b", "`a b`"],
  [" ", ""],
  ["\u0000", "`\\u0000`"],
])("code %j is written %j", (hostile, written) => {
  expect(code(hostile)).toBe(written);
});

test("code in a table keeps its bar without ending the cell", () => {
  const table = `| a | b |\n|---|---|\n| ${codeInTable("x | \\| y")} | z |`;

  expect(blocksOf(table).filter((type) => type === "td_open")).toHaveLength(2);
  expect(textOf(table)).toContain("x | \\| y");
});

test("a fence is longer than any fence inside", () => {
  const block = codeBlock("a\n````\n@octocat\n", "python");

  expect(block).toBe("`````python\na\n````\n@octocat\n\n`````");
  expect(blocksOf(block)).toEqual(["fence"]);
});

test("a message splits at its backticks", () => {
  expect(message("`a*b` is *not* safe; use `c`.")).toBe("`a*b` is \\*not\\* safe; use `c`.");
});

test("a backtick without a partner is text", () => {
  expect(message("`a` and `b")).toBe("`a` and \\`b");
});

test("two codes side by side stay two", () => {
  expect(codeSpansOf(message("`a``b`"))).toEqual(["a", "b"]);
});

test("nothing in an address ends the link", () => {
  const written = link(text("L1"), "https://e.example/a (b)/<c>\\d`|\n");

  expect(written).toBe("[L1](https://e.example/a%20%28b%29/%3Cc%3E%5Cd%60%7C%0A)");
});

test("a path is encoded part by part", () => {
  expect(encodePath("app/a b#c?d/(é)[x].py")).toBe("app/a%20b%23c%3Fd/%28%C3%A9%29%5Bx%5D.py");
  expect(encodePath("\ud800.py")).toBe("%EF%BF%BD.py");
});

test("text is cut between characters", () => {
  expect(shorten("😀😀😀", 2)).toBe("😀…");
  expect(shorten("abc", 3)).toBe("abc");
});

test("no hostile text mentions, links, loads, formats or hides anything", () => {
  const dice = random(1);
  for (let round = 0; round < 1_000; round += 1) {
    const hostile = hostileText(dice);
    const written = [
      `a ${text(hostile)} b`,
      text(hostile),
      `a ${code(hostile)} b`,
      `a ${message(hostile)} b`,
      message(hostile),
      `a ${link(text(hostile), `https://ours.example/${encodePath(hostile)}`)} b`,
      `a ${link(code(hostile), `https://ours.example/${hostile}`)} b`,
    ];
    for (const one of written) {
      expectHarmless(one, { linksTo: ["https://ours.example/"] });
      if (one !== "")
        expect(blocksOf(one)).toEqual(["paragraph_open", "inline", "paragraph_close"]);
    }
    const row = `| a | b |\n|---|---|\n| ${message(hostile, codeInTable)} | ${text(hostile)} |`;
    expectHarmless(row, { linksTo: [] });
    expect(blocksOf(row)).toEqual(blocksOf("| a | b |\n|---|---|\n| c | d |"));
    expect(blocksOf(codeBlock(hostile))).toEqual(["fence"]);
  }
});

test("hostile text of great length is written on one line all the same", () => {
  for (const part of ["`", "@", ":", "a:", "[", "<", "\n", "www.", "\\", "😀"]) {
    const long = part.repeat(200_000);

    const lines = `${text(long)}${message(long)}${code(long)}`.split("\n");
    expect(lines).toHaveLength(1);
  }
});
