// What a change introduces, and what was there before.

import { expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import type { ChangeSet, Project } from "../../src/review/change-set.ts";
import { defaultConfig } from "../../src/review/config.ts";
import { review } from "../../src/review/review.ts";
import { aChange, aChangedFile, aFinding, anEngine, aRulebook } from "../makers.ts";

const nothingElse: Project = { files: [] };

function reviewed(change: ChangeSet, project = nothingElse, engine = anEngine()) {
  return review(change, project, engine, defaultConfig);
}

const linesOf = (findings: ReturnType<typeof reviewed>["introduced"]) =>
  findings.map(({ finding }) => `${finding.place.path}:${finding.place.startLine}`);

test("what a new line brings is introduced", () => {
  const change = aChange([
    aChangedFile({ baseText: "a = 1\n", headText: "a = 1\ndanger(a)\n", added: [2] }),
  ]);

  const { introduced, existing } = reviewed(change);

  expect(linesOf(introduced)).toEqual(["app.py:2"]);
  expect(existing).toEqual([]);
});

test("what merely moved down was there before", () => {
  const change = aChange([
    aChangedFile({
      baseText: "danger(a)\n",
      headText: "import x\n\n\ndanger(a)\n",
      added: [1, 2, 3],
    }),
  ]);

  const { introduced, existing } = reviewed(change);

  expect(introduced).toEqual([]);
  expect(linesOf(existing)).toEqual(["app.py:4"]);
});

test("what is found on an untouched line for the first time is introduced", () => {
  const engine = {
    rulebook: aRulebook(),
    analyze: (files: readonly { path: string; text: string }[]) => ({
      findings: files.some(({ text }) => text.includes("import pickle"))
        ? [aFinding({ path: "app.py", line: 90 })]
        : [],
      problems: [],
    }),
  };
  const change = aChange([
    aChangedFile({ baseText: "import json as pickle", headText: "import pickle", added: [1] }),
  ]);

  const { introduced } = review(change, nothingElse, engine, defaultConfig);

  expect(linesOf(introduced)).toEqual(["app.py:90"]);
});

test("an old function that the change gives a visitor's text is introduced, though its file is untouched", async () => {
  const books = `import sqlite3

def find(title):
    return sqlite3.connect("shop.db").execute("SELECT 1 FROM book WHERE title = '" + title + "'")
`;
  const project = { files: [{ path: "books.py", text: books }] };
  const change = aChange([
    aChangedFile({
      path: "app.py",
      baseText: "import flask\n\napp = flask.Flask(__name__)\n",
      headText: `import flask
import books

app = flask.Flask(__name__)

@app.get("/books")
def show():
    return list(books.find(flask.request.args["title"]))
`,
      added: [2, 5, 6, 7, 8],
    }),
  ]);

  const { introduced } = review(change, project, await loadEngine(), defaultConfig);

  expect(linesOf(introduced)).toEqual(["books.py:4"]);
});

test("of two equal calls in one function the one on the new line is introduced", () => {
  const change = aChange([
    aChangedFile({ baseText: "b\ndanger(a)\n", headText: "danger(a)\nb\ndanger(a)\n", added: [1] }),
  ]);

  const { introduced, existing } = reviewed(change);

  expect(linesOf(introduced)).toEqual(["app.py:1"]);
  expect(linesOf(existing)).toEqual(["app.py:3"]);
  expect(introduced[0]?.fingerprint).not.toBe(existing[0]?.fingerprint);
});

test("the fingerprint of what is introduced stays the same when lines move in a later push", () => {
  const pushes = ["danger(a)\n", "import x\n\ndanger(a)\n"].map((headText) =>
    reviewed(aChange([aChangedFile({ baseText: "", headText, added: [1, 2, 3] })])),
  );

  const [first, second] = pushes.map(({ introduced }) => introduced[0]?.fingerprint);
  expect(first).toMatch(/^[0-9a-f]{16}$/u);
  expect(second).toBe(first);
});

test("a renamed file keeps its old findings", () => {
  const change = aChange([
    aChangedFile({
      path: "new.py",
      previousPath: "old.py",
      status: "renamed",
      baseText: "danger(a)\n",
      headText: "danger(a)\ndanger(b)\n",
      added: [2],
    }),
  ]);
  const engine = anEngine();

  const { introduced, existing } = reviewed(change, nothingElse, engine);

  expect(linesOf(introduced)).toEqual(["new.py:2"]);
  expect(linesOf(existing)).toEqual(["new.py:1"]);
  expect(engine.asked).toEqual([["new.py"], ["old.py"]]);
});

test("a file that was no Python file before is looked at as a new one", () => {
  const change = aChange([
    aChangedFile({
      path: "run.py",
      previousPath: "run.txt",
      status: "renamed",
      baseText: "danger(1)\n",
      headText: "danger(1)\n",
    }),
  ]);

  expect(linesOf(reviewed(change).introduced)).toEqual(["run.py:1"]);
});

test("two files that swap their names keep their own findings", () => {
  const swap = (path: string, previousPath: string, text: string) =>
    aChangedFile({ path, previousPath, status: "renamed", baseText: text, headText: text });
  const change = aChange([
    swap("a.py", "b.py", "danger(1)\n"),
    swap("b.py", "a.py", "danger(2)\n"),
  ]);

  expect(reviewed(change).introduced).toEqual([]);
});

test("a new file under a renamed file's old name has new findings", () => {
  const change = aChange([
    aChangedFile({
      path: "new.py",
      previousPath: "old.py",
      status: "renamed",
      baseText: "danger(1)\n",
      headText: "danger(1)\n",
    }),
    aChangedFile({
      path: "old.py",
      status: "added",
      baseText: undefined,
      headText: "danger(2)\n",
      added: [1],
    }),
  ]);

  expect(linesOf(reviewed(change).introduced)).toEqual(["old.py:1"]);
});

test("renaming the function around an untouched line introduces nothing", () => {
  const change = aChange([
    aChangedFile({
      baseText: "def find():\n  danger(a)\n",
      headText: "def search():\n  danger(a)\n",
      added: [1],
    }),
  ]);

  expect(reviewed(change).introduced).toEqual([]);
});

test("a function that moved to another file introduces nothing", () => {
  const text = "def find():\n  danger(a)\n";
  const change = aChange([
    aChangedFile({ path: "a.py", baseText: text, headText: "", added: [] }),
    aChangedFile({ path: "b.py", baseText: "", headText: text, added: [1, 2] }),
  ]);

  expect(reviewed(change).introduced).toEqual([]);
});

test("one moved finding does not excuse two", () => {
  const text = "def find():\n  danger(a)\n";
  const change = aChange([
    aChangedFile({ path: "a.py", baseText: text, headText: "" }),
    aChangedFile({ path: "b.py", baseText: "", headText: text, added: [1, 2] }),
    aChangedFile({ path: "c.py", baseText: "", headText: text, added: [1, 2] }),
  ]);

  expect(linesOf(reviewed(change).introduced)).toEqual(["c.py:2"]);
});

test("what an ignore comment answers for is suppressed, with its reason", () => {
  const headText = "danger(a)  # pyward: ignore[sql-injection] only digits\n";
  const change = aChange([aChangedFile({ headText, added: [1] })]);

  const { introduced, suppressed } = reviewed(change);

  expect(introduced).toEqual([]);
  expect(suppressed).toMatchObject([
    { reason: "only digits", finding: { rule: "security/sql-injection" } },
  ]);
});

test("taking an ignore comment away introduces its finding", () => {
  const change = aChange([
    aChangedFile({
      baseText: "danger(a)  # pyward: ignore[sql-injection] only digits\n",
      headText: "danger(a)\n",
      added: [1],
    }),
  ]);

  expect(linesOf(reviewed(change).introduced)).toEqual(["app.py:1"]);
});

test("where the merge base could not be read, only added lines are blamed", () => {
  const change = aChange([
    aChangedFile({ baseText: undefined, headText: "danger(1)\ndanger(2)\n", added: [2] }),
  ]);

  const { introduced, existing } = reviewed(change);

  expect(linesOf(introduced)).toEqual(["app.py:2"]);
  expect(linesOf(existing)).toEqual(["app.py:1"]);
});

test("a file that parses again is not blamed for what it held", () => {
  const engine = anEngine();
  const change = aChange([
    aChangedFile({ baseText: "broken(\n", headText: "fixed\ndanger(1)\n", added: [1] }),
  ]);

  expect(reviewed(change, nothingElse, engine).introduced).toEqual([]);
});

test("problems are those of changed files at the head", () => {
  const change = aChange([
    aChangedFile({ path: "a.py", baseText: "", headText: "broken(\n" }),
    aChangedFile({ path: "b.py", baseText: "broken(\n", headText: "" }),
    aChangedFile({
      path: "c.py",
      headText: undefined,
      unread: "The file is larger than 1 MB.",
      unreadKind: "too-large",
    }),
    aChangedFile({ path: "d.png", headText: undefined, unread: undefined, hunks: undefined }),
  ]);
  const project = { files: [{ path: "old/print.py", text: "broken(" }] };

  const { problems } = reviewed(change, project);

  expect(problems).toEqual([
    { path: "a.py", kind: "syntax-error", message: "It does not parse." },
    { path: "c.py", kind: "too-large", message: "The file is larger than 1 MB." },
  ]);
});

test("old findings of unchanged files are not counted", () => {
  const project = { files: [{ path: "other.py", text: "danger(1)" }] };

  const { introduced, existing, coverage } = reviewed(aChange(), project);

  expect([introduced, existing]).toEqual([[], []]);
  expect(coverage).toEqual({ changedFiles: 1, pythonFiles: 1, contextFiles: 1 });
});

test("a change without Python files asks the engine nothing", () => {
  const engine = anEngine();
  const change = aChange([
    aChangedFile({ path: "README.md" }),
    aChangedFile({ path: "types.pyi" }),
  ]);

  const { coverage } = reviewed(change, { files: [{ path: "a.py", text: "danger" }] }, engine);

  expect(engine.asked).toEqual([]);
  expect(coverage).toEqual({ changedFiles: 2, pythonFiles: 0, contextFiles: 0 });
});

test("a head without findings is compared with nothing", () => {
  const engine = anEngine();

  reviewed(aChange(), nothingElse, engine);

  expect(engine.asked).toEqual([["app.py"]]);
});

test("a removed file is no longer part of the head, and its copy in the project is not read", () => {
  const engine = anEngine();
  const change = aChange([
    aChangedFile({
      path: "gone.py",
      status: "removed",
      baseText: "danger(1)",
      headText: undefined,
    }),
    aChangedFile({ headText: "danger(2)", added: [1] }),
  ]);

  const { introduced } = reviewed(change, { files: [{ path: "gone.py", text: "" }] }, engine);

  expect(engine.asked).toEqual([["app.py"], ["gone.py", "app.py"]]);
  expect(linesOf(introduced)).toEqual(["app.py:1"]);
});

test("the gravest finding comes first, then path and line", () => {
  const found = [
    aFinding({ path: "b.py", line: 2, severity: "low" }),
    aFinding({ path: "b.py", line: 9, severity: "high" }),
    aFinding({ path: "a.py", line: 7, severity: "medium" }),
    aFinding({ path: "b.py", line: 4, severity: "high", code: "x" }),
  ];
  const engine = {
    rulebook: aRulebook(),
    analyze: (files: readonly { path: string }[]) => ({
      findings: files.length > 1 ? found : [],
      problems: [],
    }),
  };
  const change = aChange([
    aChangedFile({ path: "a.py", baseText: undefined, status: "added" }),
    aChangedFile({ path: "b.py" }),
  ]);

  const { introduced } = review(change, nothingElse, engine, defaultConfig);

  expect(linesOf(introduced)).toEqual(["b.py:4", "b.py:9", "a.py:7", "b.py:2"]);
});

test("configuration of the change is read beside Python, and nothing around it", () => {
  const engine = {
    rulebook: aRulebook(),
    analyze: (files: readonly { path: string }[]) => ({
      findings: files.map(({ path }) => aFinding({ path, line: 1 })),
      problems: [],
    }),
  };
  const change = aChange([
    aChangedFile({ path: ".env", status: "added", headText: "A=1\n", added: [1] }),
    aChangedFile({ path: "notes.md", status: "added", headText: "a\n", added: [1] }),
    { ...aChangedFile({ path: "shop.p12", status: "added", added: [] }), headText: undefined },
  ]);
  const project = { files: [{ path: "app.py", text: "a = 1\n" }] };

  const { introduced, coverage } = review(change, project, engine, defaultConfig);

  expect(linesOf(introduced)).toEqual([".env:1", "shop.p12:1"]);
  expect([coverage.pythonFiles, coverage.contextFiles]).toEqual([0, 0]);
});

test("a secret that a later commit of the change took away is told, one from before the change is not", async () => {
  const engine = await loadEngine();
  const leak = 'MAIL_PASSWORD = "b4rcode&Scanner"\n';
  const old = 'SMS_PASSWORD = "Gr33n-Forklift"\n';
  const change = {
    ...aChange([aChangedFile({ baseText: old, headText: "a = 1\n", added: [1] })]),
    passing: [{ commit: "c".repeat(40), path: "app.py", text: `${old}${leak}` }],
  };

  const { introduced } = review(change, nothingElse, engine, defaultConfig);

  expect(introduced.map(({ finding }) => finding.message.slice(0, 42))).toEqual([
    "Line 2 of `app.py` in commit `ccccccc`: a ",
  ]);
  expect(JSON.stringify(introduced)).not.toContain("b4rcode");
});
