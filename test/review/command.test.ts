// What a comment asks of us.

import { expect, test } from "vitest";
import { parseCommand } from "../../src/review/command.ts";

test.each([
  ["alone", "/pyward review"],
  ["in other case and spacing", "  /PyWard   Review please"],
  ["after other lines", "thanks for looking\n/pyward review"],
  ["with CRLF", "thanks\r\n\r\n/pyward review\r\n"],
  ["after a quote and a blank line", "> what of this?\n\n/pyward review"],
  ["after a closed fence", "```py\nx = 1\n```\n/pyward review"],
  ["in a list", "- /pyward review"],
])("a command is heard %s", (_, body) => {
  expect(parseCommand(body)).toEqual({ name: "review" });
});

test.each([
  ["in a quote", "> /pyward review"],
  ["in a quote that goes on", "> as was said\n/pyward review"],
  ["in a fence", "```\n/pyward review\n```"],
  ["in a fence of tildes", "~~~~\n~~~\n/pyward review\n~~~~"],
  ["in a long fence that holds a short one", "````\n```\n/pyward review\n```\n````"],
  ["in a fence that never ends", "```\n/pyward review"],
  ["in a fence within a list", "- a\n\n  ```\n  /pyward review\n  ```"],
  ["in indented code", "    /pyward review"],
  ["in a code span", "`/pyward review`"],
  ["in a code span over lines", "`a\n/pyward review\n`"],
  ["in an HTML comment", "<!--\n/pyward review\n-->"],
  ["behind an HTML comment", "<!-- x --> /pyward review"],
  ["in preformatted HTML", "<pre>\n/pyward review\n</pre>"],
  ["in the middle of a line", "please /pyward review"],
  ["in bold", "**/pyward review**"],
  ["as part of a longer word", "/pywardx review"],
  ["in a path", "src/pyward review"],
])("no command is heard %s", (_, body) => {
  expect(parseCommand(body)).toBeUndefined();
});

test("the name alone asks for help", () => {
  expect(parseCommand("/pyward")).toEqual({ name: "help" });
});

test("the first command counts", () => {
  expect(parseCommand("/pyward help\n/pyward review")).toEqual({ name: "help" });
});

test("a slip of the keyboard is understood", () => {
  expect(parseCommand("/pyward revew")).toEqual({
    name: "unknown",
    word: "revew",
    meant: "review",
  });
});

test("another word is told back, shortened", () => {
  const word = "x".repeat(40);

  expect(parseCommand(`/pyward ${word}yyy`)).toEqual({ name: "unknown", word, meant: undefined });
});

test("a hostile comment of the greatest length is read", () => {
  const hostile = ["> ", "[", "*a ", "`", "<!--", "- ", "![", "<a ", "1) ", "a**b"];
  for (const part of hostile) {
    const noise = part.repeat(Math.floor(65_000 / part.length));

    expect(parseCommand(`/pyward help\n\n${noise}`)).toEqual({ name: "help" });
  }
});

test("what GitHub would not take as a comment is not read", () => {
  expect(parseCommand(`/pyward review\n${"x".repeat(70_000)}`)).toBeUndefined();
});
