// What a config file may say, and what is told of one that says something else.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configJsonSchema } from "../../src/review/config-file.ts";
import { type ConfigWords, readConfigFile } from "../../src/review/read-config-file.ts";

const words: ConfigWords = {
  rules: ["security/sql-injection", "security/hardcoded-secret", "design/missing-index"],
  models: { sanitizer: ["html", "sql"], source: ["http-body"], sink: ["sql"], guard: ["url"] },
};

const read = (text: string, mayEnforce = false) => readConfigFile(text, { words, mayEnforce });

function problemsOf(text: string) {
  const result = read(text);
  return result.ok ? [] : result.problems.map(({ line, message }) => `${line}: ${message}`);
}

const sample = `# .github/pyward.yml
fail-on: high            # high | medium | low | never
rules:
  design/missing-index: monitor        # block | comment | monitor | off
  security/hardcoded-secret: block
paths:
  - match: "scripts/**"
    rules: { design/*: off }
ignore: ["**/migrations/0001_*.py", "vendor/**"]
models:
  - sanitizer: acme.web.clean(text!) -> html
  - offload: acme.tasks.in_thread(function!)
`;

test("the sample is read", () => {
  expect(read(sample)).toMatchObject({
    ok: true,
    file: {
      settings: {
        "fail-on": "high",
        rules: { "design/missing-index": "monitor", "security/hardcoded-secret": "block" },
        paths: [{ match: "scripts/**", rules: { "design/*": "off" } }],
      },
      models: [
        { kind: "sanitizer", signature: "acme.web.clean(text!)", concept: "html" },
        { kind: "offload", signature: "acme.tasks.in_thread(function!)", concept: "" },
      ],
    },
  });
});

test.each([
  ["", "# nothing yet\n", "{}", "\u{feff}fail-on: low\n"],
])("a file that says little is fine: %j", (text) => {
  expect(read(text).ok).toBe(true);
});

test.each([
  [
    "a rule with a slip",
    "rules:\n  security/*: block\n  desing/missing-index: off\n",
    '3: "desing/missing-index" is no rule; did you mean "design/missing-index"?',
  ],
  [
    "a rule within a path's settings",
    'paths:\n  - match: "a/**"\n    rules:\n      sql-injektion: off\n',
    '4: "sql-injektion" is no rule; did you mean "security/sql-injection"?',
  ],
  [
    "a glob that fits no rule",
    "rules:\n  designs/*: off\n",
    '2: "designs/*" fits no rule; `pyward rules` lists them.',
  ],
  [
    "an unknown setting",
    "fail-on: high\nfail_on: low\n",
    '2: "fail_on" is no setting; did you mean "fail-on"?',
  ],
  [
    "an unknown setting further in",
    "comments:\n  max: 3\n  maxperrule: 2\n",
    '3: "maxperrule" is no setting of "comments"; did you mean "max-per-rule"?',
  ],
  [
    "a value with a slip",
    "\nfail-on: hgh\n",
    '2: "fail-on": "hgh" is none of its values; did you mean "high"?',
  ],
  [
    "a value far from any",
    "rules:\n  sql-injection: please\n",
    '2: "rules.sql-injection": "please" is none of its values; write block, comment, summary, monitor, off.',
  ],
  ["a text where a list belongs", "ignore: vendor/**\n", '1: "ignore" must be a list.'],
  ["a list where settings belong", "- a\n", '1: "the file" must be a map of settings.'],
  ["a number too large", "comments: { max: 5000 }\n", '1: "comments.max" must be at most 100.'],
  [
    "a backslash in a glob",
    'ignore:\n  - "a/**"\n  - "src\\\\gen"\n',
    '3: The glob "src\\gen" holds a backslash; write / between folders.',
  ],
  [
    "a glob of too many stars",
    `ignore: ["${"*a".repeat(20)}"]\n`,
    expect.stringContaining("more than 8 stars"),
  ],
  [
    "a model of an unknown class",
    "models:\n  - sanitizer: acme.web.clean(text!) -> htlm\n",
    '2: "sanitizer": "acme.web.clean(text!) -> htlm" ends in "htlm", which is no known word; did you mean "html"?',
  ],
  [
    "a model without an arrow",
    "models:\n  - sink: acme.db.run(sql!)\n",
    '2: "sink": "acme.db.run(sql!)" lacks the arrow and what comes of it; write it like `acme.db.run(sql!) -> sql`.',
  ],
  [
    "a model that marks nothing",
    "models:\n  - source: acme.web.read() -> http-body\n  - guard: acme.net.ok(url) -> url\n",
    '3: "guard": "acme.net.ok(url) -> url" marks no argument with `!`; write it like `acme.net.is_ours(url!) -> url`.',
  ],
  [
    "a model that is no signature",
    "models:\n  - clean: acme web clean\n",
    '2: "clean": "acme web clean" is no signature; write it like `acme.text.length()`.',
  ],
  [
    "a model of an unknown kind",
    "models:\n  - sanitiser: acme.web.clean(text!) -> html\n",
    '2: "sanitiser" is no setting of "models[0]"; did you mean "sanitizer"?',
  ],
  [
    "enforcing from a repository",
    "fail-on: low\nenforced:\n  fail-on: high\n",
    '2: "enforced" counts only in the organisation\'s repository ".github"; move it there.',
  ],
  [
    "a repository's address",
    "extends: https://github.com/acme/x\n",
    '1: "extends" must be like acme/policies.',
  ],
  ["what is no YAML", 'rules:\n  "a: b\n', expect.stringMatching(/^\d: This is no YAML: /u)],
  [
    "a key given twice",
    "fail-on: low\nfail-on: high\n",
    expect.stringContaining("2: This is no YAML"),
  ],
])("%s is told with its line", (_, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test("an organisation may enforce", () => {
  expect(read("enforced:\n  rules: { security/*: block }\n", true).ok).toBe(true);
});

test("every problem is told, in the order of the lines", () => {
  const text = "ignore: x\nrules:\n  a: b\nfale-on: low\n";

  expect(problemsOf(text).map((problem) => problem.charAt(0))).toEqual(["1", "3", "4"]);
});

test("a bomb of aliases costs nothing", () => {
  const layers = Array.from(
    { length: 30 },
    (_, at) =>
      `a${at}: &a${at} [${Array(9)
        .fill(`*a${at - 1}`)
        .join(",")}]`,
  );
  const text = ["a0: &a0 [x]", ...layers.slice(1)].join("\n");

  expect(read(text)).toMatchObject({ ok: false });
});

test("the schema in the repository is made of today's shape", () => {
  const path = new URL("../../schema/pyward.schema.json", import.meta.url);

  const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
  expect(kept, "run `node scripts/write-schema.ts`").toEqual(JSON.parse(configJsonSchema()));
});

test("an alias that stands within what it stands for is a mistake like others", () => {
  expect(problemsOf("ignore: &a [*a]\n")).toEqual([expect.stringMatching(/^1: .*ignore/u)]);
  expect(problemsOf("fail-on: &a [*a]\n")).toEqual([expect.stringContaining("holds itself")]);
});
