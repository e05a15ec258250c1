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
    const told = new Map(announced.map(({ line, rule }) => [line, rule]));
    // What is of little confidence is not said in a review. That a view waits for a program is told wherever it
    // runs one, so only cases that announce it by name are about it.
    const said = findings.filter(
      ({ confidence, message, place }) =>
        confidence !== "low" &&
        (!message.includes("if the program does not end") ||
          told.get(place.startLine) === "missing-timeout"),
    );
    const all = said.map(({ place, rule }) => ({
      line: place.startLine,
      rule: rule.replace(/^.*\//u, ""),
    }));
    // A query from outside that also holds up the event loop is told once in a case, and so is an upload whose
    // name leads out of the folder and brings its own ending.
    const isWait = (rule: string): boolean =>
      rule.endsWith("-in-async") || rule === "unsafe-upload";
    const others = new Set(all.flatMap(({ line, rule }) => (isWait(rule) ? [] : [line])));
    const found = all
      .filter(({ line, rule }) => !isWait(rule) || !others.has(line))
      .toSorted((a, b) => a.line - b.line);
    expect(found.map(({ line, rule }) => ({ line, rule: told.get(line) && rule }))).toEqual(
      announced,
    );
  });
});
