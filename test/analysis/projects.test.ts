// Whole small projects, each a folder: what is announced of their databases is found, and nothing else.
//
// At the end of a line of Python or SQL stands `# finding: missing-index`, with words of the message
// after a comma where they matter; a second one on the same line after another `#`.

import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import type { SourceFile } from "../../src/python/source-file.ts";

const engine = await loadEngine();
const folder = new URL("projects/", import.meta.url);

/** What this is about; what other rules have to say of these projects is tested with them. */
const rules = new Set([
  "missing-index",
  "n-plus-one-query",
  "connection-per-request",
  "unbounded-query",
  "unsafe-migration",
  "irreversible-migration",
  "missing-timeout",
  "slow-work-in-request",
  "sync-database-in-async",
]);

const projects = await Promise.all(
  (await readdir(folder)).toSorted().map(async (name) => ({ name, files: await filesOf(name) })),
);

describe.each(projects)("$name", ({ files }) => {
  const announced = files.flatMap(announcedIn);
  const { findings, problems } = engine.analyze(files);

  test("is read whole", () => {
    expect(problems).toEqual([]);
  });

  test("has what it announces, and nothing else", () => {
    const found = findings.flatMap(({ rule, place, message }) => {
      const name = rule.replace(/^.*\//u, "");
      if (!rules.has(name)) return [];
      const at = `${place.path}:${place.startLine} ${name}`;
      const words = announced.find((each) => each.at === at && message.includes(each.words))?.words;
      return [`${at}: ${words ?? message}`];
    });

    expect(found.toSorted()).toEqual(
      announced.map(({ at, words }) => `${at}: ${words}`).toSorted(),
    );
  });
});

async function filesOf(name: string): Promise<readonly SourceFile[]> {
  const root = new URL(`${name}/`, folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.slice(root.pathname.length).replace(/^\//u, ""),
    );
  return Promise.all(
    paths
      .toSorted()
      .map(async (path) => ({ path, text: await readFile(new URL(path, root), "utf8") })),
  );
}

function announcedIn({ path, text }: SourceFile) {
  return text.split("\n").flatMap((line, index) =>
    Array.from(
      line.matchAll(/# finding: (?<rule>[a-z0-9-]+)(?:, (?<words>[^#]*))?/gu),
      ({ groups }) => ({
        at: `${path}:${index + 1} ${groups?.rule}`,
        words: groups?.words?.trim() ?? "",
      }),
    ),
  );
}
