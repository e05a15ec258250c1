// The engine on small programs, one subject a file: what is announced is found, and nothing else.

import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { readCases } from "./read-cases.ts";

const engine = await loadEngine();
const folder = new URL("cases/", import.meta.url);
const subjects = await Promise.all(
  (await readdir(folder)).toSorted().map(async (name) => ({
    name,
    cases: readCases(await readFile(new URL(name, folder), "utf8")),
  })),
);

describe.each(subjects)("$name", ({ cases }) => {
  test.each(cases)("$title", ({ files, announced }) => {
    const { findings, problems } = engine.analyze(files);

    // A case may hold code that does not parse; nothing may go wrong with it.
    expect(problems.filter(({ kind }) => kind !== "syntax-error")).toEqual([]);
    const found = findings
      .map(({ place, rule }) => ({ line: place.startLine, rule: rule.replace(/^.*\//u, "") }))
      .toSorted((a, b) => a.line - b.line);
    const told = new Map(announced.map(({ line, rule }) => [line, rule]));
    expect(found.map(({ line, rule }) => ({ line, rule: told.get(line) && rule }))).toEqual(
      announced,
    );
  });
});
