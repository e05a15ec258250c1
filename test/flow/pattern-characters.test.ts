// What a pattern lets through decides for which sinks its match is harmless.

import { expect, test } from "vitest";
import { bitsOfMatched } from "../../src/flow/guards/pattern-characters.ts";
import { readModels as makeModels } from "../../src/flow/models.ts";
import { readModels } from "../../src/read-rulebook.ts";

const models = makeModels(await readModels());

/** The classes of these for which a text that the pattern matches as a whole is harmless. */
function clearedBy(pattern: string): readonly string[] {
  const bits = bitsOfMatched(models, pattern);
  return ["sql", "html", "shell", "path", "url", "redirect", "log", "code"].filter(
    (concept) => (bits & models.bit(concept)) !== 0,
  );
}

test.each([
  ["[0-9]+", ["sql", "html", "shell", "path", "url", "redirect", "log", "code"]],
  ["[a-z]+", ["sql", "html", "shell", "path", "url", "redirect", "log"]],
  ["[a-z0-9.-]+", ["sql", "html", "shell", "path", "redirect", "log"]],
  ["[a-z/]+", ["sql", "html", "shell", "log"]],
  [String.raw`[0-9+\-*/ ().]+`, ["html", "log", "code"]],
  [String.raw`\w+@\w+`, ["sql", "html", "shell", "path", "redirect", "log"]],
  [String.raw`\d{4}-\d{2}`, ["sql", "html", "shell", "path", "url", "redirect", "log", "code"]],
  ["(?:red|green)(?P<number>[0-9])?", ["sql", "html", "shell", "path", "url", "redirect", "log"]],
  ["[^<>]+", []],
  [`[^<>"']+`, ["html"]],
  // A carriage return begins a line too.
  [".+", []],
  [String.raw`[\s\S]+`, []],
  [String.raw`[a-z\n]+`, ["sql", "html", "path", "url", "redirect"]],
])("what %s matches is harmless for %j", (pattern, classes) => {
  expect(clearedBy(pattern)).toEqual(classes);
});

test.each([
  "(?=x).+",
  "(?i:x)",
  "[a-z",
  String.raw`\p{L}+`,
  String.raw`(a)\1`,
])("a pattern that is not read clears nothing: %s", (pattern) => {
  expect(bitsOfMatched(models, pattern)).toBe(0);
});
