// A page that lacks something is refused with the file and the line.

import { expect, test } from "vitest";
import {
  makeRulebook,
  pageSections,
  type RuleFolder,
  readPage,
} from "../../src/analysis/rulebook.ts";

const front = `---
title: Too many cooks
severity: low
confidence: high
cwe: [CWE-1]
since: 0.1.0
---
`;
const summary = "More hands than the work needs.";
const sections = pageSections.map((title) => `## ${title}\n\nWords.\n`).join("\n");
const page = `${front}\n${summary}\n\n${sections}`;

function aFolder(changes: Partial<RuleFolder> = {}): RuleFolder {
  return {
    name: "design/too-many-cooks",
    rule: { check: () => [] },
    readme: page,
    examples: [
      { path: "bad.py", text: "cooks = 9\n" },
      { path: "good.py", text: "cooks = 1\n" },
    ],
    ...changes,
  };
}

test("a page becomes its front matter, its sentence, its text and its examples", () => {
  expect(readPage(aFolder())).toEqual({
    faults: [],
    page: {
      name: "design/too-many-cooks",
      title: "Too many cooks",
      severity: "low",
      confidence: "high",
      cwe: ["CWE-1"],
      since: "0.1.0",
      summary,
      body: `${summary}\n\n${sections}`.trim(),
      bad: [{ path: "bad.py", text: "cooks = 9\n" }],
      good: [{ path: "good.py", text: "cooks = 1\n" }],
    },
  });
});

test("a folder of several files is an example too, sorted by path", () => {
  const examples = ["good.py", "bad/b.py", "bad/a.py"].map((path) => ({ path, text: "" }));

  const paths = readPage(aFolder({ examples })).page?.bad.map((example) => example.path);

  expect(paths).toEqual(["bad/a.py", "bad/b.py"]);
});

test("lines of Windows are read like others", () => {
  expect(readPage(aFolder({ readme: page.replaceAll("\n", "\r\n") })).faults).toEqual([]);
});

const path = "rules/design/too-many-cooks/README.md";
const sectionList = `the sections must be ${pageSections.map((title) => `"${title}"`).join(", ")}, in this order`;

test.each([
  ["no page", undefined, `${path}: is missing`],
  [
    "no front matter",
    summary,
    `${path}:1: the page must begin with front matter between two lines "---"`,
  ],
  [
    "a word that is no severity",
    page.replace("severity: low", "severity: bad"),
    `${path}:3: "severity" must be high, medium or low`,
  ],
  [
    "a key that is missing",
    page.replace("since: 0.1.0\n", ""),
    `${path}:1: "since" must be a version like 0.1.0`,
  ],
  [
    "a key that nobody knows",
    page.replace("since:", "author: me\nsince:"),
    `${path}:6: "author" is nothing a page has`,
  ],
  ["a CWE without its prefix", page.replace("CWE-1", "1"), `${path}:5: "cwe" must be like CWE-89`],
  [
    "two sentences before the sections",
    page.replace(summary, "One. Two."),
    `${path}:8: one sentence must stand before the first section`,
  ],
  [
    "a section that is missing",
    page.replace("## When it is fine\n", "Words.\n"),
    `${path}:11: ${sectionList}`,
  ],
  [
    "an empty section",
    page.replace("## How to fix it\n\nWords.\n", "## How to fix it\n"),
    `${path}:15: "How to fix it" says nothing`,
  ],
])("%s is a fault with its line", (_title, readme, fault) => {
  expect(readPage(aFolder({ readme }))).toEqual({ page: undefined, faults: [fault] });
});

test("front matter that is no YAML is a fault with its line", () => {
  const { faults } = readPage(aFolder({ readme: page.replace("cwe: [CWE-1]", "cwe: [CWE-1") }));

  expect(faults).toEqual([expect.stringMatching(new RegExp(`^${path}:[56]: `, "u"))]);
});

test("an example that is missing, or there twice, is a fault", () => {
  const examples = ["bad.py", "bad/a.py"].map((name) => ({ path: name, text: "" }));

  expect(readPage(aFolder({ examples })).faults).toEqual([
    "rules/design/too-many-cooks: must have bad.py, or a folder bad/, and not both",
    "rules/design/too-many-cooks: must have good.py, or a folder good/, and not both",
  ]);
});

test("a rulebook names every fault of every page at once", () => {
  const folders = [
    aFolder({ readme: undefined }),
    aFolder({ name: "Design/Cooks", readme: page.replace("low", "bad") }),
  ];

  expect(() => makeRulebook(folders)).toThrow(
    [
      "The rulebook has faults:",
      `${path}: is missing`,
      'rules/index.ts: "Design/Cooks" is no name of a rule; write security/... or design/...',
      'rules/Design/Cooks/README.md:3: "severity" must be high, medium or low',
    ].join("\n"),
  );
});

test("two rules may not share the last word of their names", () => {
  const folders = [aFolder(), aFolder({ name: "security/too-many-cooks" })];

  expect(() => makeRulebook(folders)).toThrow('would share the name "too-many-cooks"');
});
