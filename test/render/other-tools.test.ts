import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseOtherTools } from "../../src/analysis/other-tools.ts";
import { readOtherTools, readRulebook } from "../../src/read-rulebook.ts";
import { otherToolsMarkdown } from "../../src/render/other-tools.ts";
import { readNoqa, readNosec } from "../../src/review/other-linters.ts";

const [tools, rulebook] = await Promise.all([readOtherTools(), readRulebook()]);
const rows = tools.flatMap((tool) => tool.rules.map((rule) => ({ tool: tool.name, ...rule })));

test("Bandit, Ruff and CodeQL are told about, each rule once", () => {
  const ids = rows.map(({ id }) => id);

  expect(tools.map(({ name }) => name)).toEqual(["Bandit", "Ruff", "CodeQL"]);
  expect(ids).toHaveLength(new Set(ids).size);
  expect(ids.length).toBeGreaterThan(200);
});

test("every rule of ours that is named exists, under its full name", () => {
  const named = rows.flatMap(({ rules }) => rules);

  expect(named.filter((name) => rulebook.find(name)?.page.name !== name)).toEqual([]);
});

test("what none of our rules looks for says why", () => {
  expect(rows.filter(({ rules, note }) => rules.length === 0 && note === undefined)).toEqual([]);
});

test("a comment for a rule of Bandit or Ruff is heard by the rules that answer to it", () => {
  const unheard = rows.flatMap(({ tool, id, rules }) => {
    if (tool === "CodeQL") return [];
    const heard =
      (tool === "Bandit" ? readNosec(`# nosec ${id}`) : readNoqa(`# noqa: ${id}`)) ?? [];
    return rules
      .filter((name) => !heard.includes(name.slice(name.indexOf("/") + 1)))
      .map((name) => `${id} does not silence ${name}`);
  });

  expect(unheard).toEqual([]);
});

test("docs/other-tools.md tells the same", () => {
  const kept = readFileSync(new URL("../../docs/other-tools.md", import.meta.url), "utf8");

  expect(kept, "run `node scripts/write-other-tools.ts`").toBe(otherToolsMarkdown(tools, rulebook));
});

test("a note that is not defined is refused", () => {
  const text =
    "notes: {}\ntools: [{ name: T, list: https://t.example, rules: [{ id: T1, rules: [], note: no }] }]";

  expect(() => parseOtherTools(text)).toThrow('T1 has the note "no", which is not there');
});
