// Every library that is modelled, at work: what is announced at the end of a line is reported there
// by the rule of that name, and nothing else is. `missed` and `noise` are what we know to be wrong.

import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { loadEngine } from "../src/load-engine.ts";

const engine = await loadEngine();
const folder = new URL("libraries/", import.meta.url);

test.each(await readdir(folder))("%s", async (path) => {
  const text = await readFile(new URL(path, folder), "utf8");

  const { findings, problems } = engine.analyze([{ path, text }]);

  expect(problems).toEqual([]);
  expect(
    findings.map(({ place, rule }) => `${place.startLine} ${rule.replace(/^.*\//u, "")}`),
  ).toEqual(announced(text));
});

/** `12 sql-injection` for each line that ends in `# finding: sql-injection` or `# noise: ...`. */
function announced(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const rule = / {2}# (?:finding|noise): ([a-z-]+)$/u.exec(line)?.[1];
    return rule === undefined ? [] : [`${index + 1} ${rule}`];
  });
}
