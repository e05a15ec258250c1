// The rules check themselves: list, folders and pages agree, and every example holds what it says.
//
// An example announces what is to be seen in comments at the end of a line: `# finding: words of the
// message`, `# source` where the data comes in, `# missed: why` for what we know we do not see, and
// `# noise: why` for a false alarm we know of.

import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import type { DependencyChange } from "../src/analysis/dependencies/dependency-change.ts";
import type { Finding } from "../src/analysis/finding.ts";
import type { ExampleFile } from "../src/analysis/rulebook.ts";
import { loadEngine } from "../src/load-engine.ts";

const engine = await loadEngine();
const pages = engine.rulebook.entries.map((entry) => entry.page);

test("rules/index.ts lists every folder of a rule, once", async () => {
  const folders = await Promise.all(
    ["design", "security"].map(async (family) =>
      (await readdir(`rules/${family}`)).map((folder) => `${family}/${folder}`),
    ),
  );

  expect(rules.map(([name]) => name).toSorted()).toEqual(folders.flat().toSorted());
});

test("the rulebook has a page for every rule, in the order of the list", () => {
  expect(pages.map((page) => page.name)).toEqual(rules.map(([name]) => name));
});

test("a rule is found by its name and by the last word of it", () => {
  const found = ["security/sql-injection", "sql-injection", "injection"].map(
    (name) => engine.rulebook.find(name)?.page.name,
  );

  expect(found).toEqual(["security/sql-injection", "security/sql-injection", undefined]);
});

describe.each(pages)("$name", ({ name, bad, good }) => {
  const wrong = analyze(name, bad, "bad");
  const right = analyze(name, good, "good");

  test("the wrong example is reported where it says so, in these words, and nowhere else", () => {
    const announced = wrong.announced("finding");
    const own = wrong.findings.filter((finding) => finding.rule === name);

    expect(announced).not.toEqual([]);
    expect(inWordsOf(announced, own)).toEqual(announced.map(inOneLine).toSorted());
  });

  test("the traces of the wrong example begin where it says that data comes in", () => {
    const announced = wrong.announced("source").map(placeOf);
    const own = wrong.findings.filter((finding) => finding.rule === name);
    const begun = own.flatMap(({ trace }) => trace[0] ?? []);
    // Other rules tell a story too, but only data flow begins at a source.
    const isDataFlow = begun.some((step) => step.words.startsWith("comes from"));
    const places = begun.map(({ place }) => `${place.path}:${place.startLine}`);

    expect(isDataFlow ? unique(places) : []).toEqual(announced.toSorted());
  });

  test("no rule at all has anything to say of the right example, save the noise it admits", () => {
    const noise = right.announced("noise").map(placeOf);
    const findings = right.findings.map(
      (finding) => `${placeOf(aPlace(finding))} ${finding.rule}: ${finding.message}`,
    );

    expect(findings.filter((text) => !noise.some((place) => text.startsWith(`${place} `)))).toEqual(
      [],
    );
    expect(unique(right.findings.map((finding) => placeOf(aPlace(finding))))).toEqual(
      noise.toSorted(),
    );
  });

  test("both examples can be read, and each holds only announcements of its own kind", () => {
    expect([...wrong.problems, ...right.problems]).toEqual([]);
    expect(wrong.announced("noise")).toEqual([]);
    expect(
      (["finding", "source", "missed"] as const).flatMap((kind) => right.announced(kind)),
    ).toEqual([]);
  });
});

type Kind = "finding" | "source" | "missed" | "noise";

interface Announcement {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly kind: Kind;
  readonly words: string;
}

/** An example runs as a project of its own: the folder it stands in is the root. */
function analyze(rule: string, example: readonly ExampleFile[], folder: "bad" | "good") {
  const files = example.map(({ path, text }) => ({ path: path.replace(`${folder}/`, ""), text }));
  const announcements = files.flatMap(readAnnouncements);
  const dependencies = dependenciesOf(rule)[folder];
  const { findings, problems } = engine.analyze(files, { dependencies });
  return {
    problems,
    // What is of little confidence is not said in a review.
    findings: findings.filter(({ confidence }) => confidence !== "low"),
    announced: (kind: Kind) => announcements.filter((announcement) => announcement.kind === kind),
  };
}

/** What was changed about packages, for the examples of a rule that asks for that. */
function dependenciesOf(rule: string): Record<"bad" | "good", readonly DependencyChange[]> {
  const path = `rules/${rule}/dependencies.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { bad: [], good: [] };
}

function readAnnouncements({ path, text }: ExampleFile): readonly Announcement[] {
  return text.split("\n").flatMap((code, index) =>
    Array.from(
      code.matchAll(
        /# (?<kind>finding|source|missed|noise)(?:: (?<words>.*?))?(?=\s*$| # (?:finding|source|missed|noise))/gu,
      ),
      ({ groups }) => ({
        path,
        line: index + 1,
        kind: groups?.kind as Kind,
        words: groups?.words ?? "",
      }),
    ),
  );
}

/** What was found, each in the words announced for its line where its message holds them. */
function inWordsOf(
  announced: readonly Announcement[],
  findings: readonly Finding[],
): readonly string[] {
  const left = [...announced];
  const texts = findings.map((finding) => {
    const place = aPlace(finding);
    const index = left.findIndex(
      (announcement) =>
        placeOf(announcement) === placeOf(place) &&
        announcement.words !== "" &&
        finding.message.toLowerCase().includes(announcement.words.toLowerCase()),
    );
    const [match] = index < 0 ? [] : left.splice(index, 1);
    return inOneLine({ ...place, words: match?.words ?? finding.message });
  });
  return texts.toSorted();
}

function aPlace({ place }: Finding): { readonly path: string; readonly line: number } {
  return { path: place.path, line: place.startLine };
}

function inOneLine(announcement: Pick<Announcement, "path" | "line" | "words">): string {
  return `${placeOf(announcement)}: ${announcement.words}`;
}

function placeOf({ path, line }: Pick<Announcement, "path" | "line">): string {
  return `${path}:${line}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
