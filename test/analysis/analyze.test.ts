import { describe, expect, test } from "vitest";
import { analysisOf } from "./an-analysis.ts";

const vulnerable = `import sqlite3
from flask import request

class Shop:
    def search(self):
        title = request.args["title"]
        query = build(title)
        return sqlite3.connect("shop.db").execute(  # slow
            query,
        )

def build(title):
    return "SELECT * FROM book WHERE title = '" + title + "'"
`;

describe("a finding", () => {
  const [finding, ...others] = analysisOf(vulnerable).findings;

  test("is one, however many ways lead to it", () => {
    expect(others).toEqual([]);
    expect(finding?.rule).toBe("security/sql-injection");
  });

  test("stands on the call, with the symbol around it and that symbol's place", () => {
    expect(finding?.place).toEqual({
      path: "app.py",
      startLine: 8,
      startColumn: 16,
      endLine: 10,
      endColumn: 10,
    });
    expect(finding?.symbol).toBe("Shop.search");
    expect(finding?.symbolPlace).toMatchObject({ startLine: 5, endLine: 10 });
  });

  test("has code that neither a comment nor a line break changes", () => {
    expect(finding?.code).toBe('sqlite3.connect("shop.db").execute(query)');
  });

  test("shows the path: where the data comes in, through which code, and where it arrives", () => {
    expect(finding?.trace.map((step) => [step.place.startLine, step.code])).toEqual([
      [6, 'title = request.args["title"]'],
      [7, "build(title)"],
      [7, "query = build(title)"],
      [8, 'sqlite3.connect("shop.db").execute( # slow query, )'],
    ]);
    expect(finding?.trace.at(0)?.words).toBe("comes from the visitor");
    expect(finding?.trace.at(-1)?.words).toBe("runs as SQL");
  });

  test("names the user's own code in its message", () => {
    expect(finding?.message).toContain('`request.args["title"]`');
  });
});

test("what the person at the terminal sends weighs less than what a visitor sends", () => {
  const [finding] = analysisOf('import os, sys\nos.system("tar " + sys.argv[1])\n').findings;
  expect(finding).toMatchObject({
    rule: "security/command-injection",
    severity: "medium",
    confidence: "high",
  });
});

test("an unknown call on the way makes a finding less sure", () => {
  const [finding] = analysisOf(`import os
from flask import request
from somewhere import shape

os.system(shape(request.args["name"]))
`).findings;
  expect(finding).toMatchObject({ rule: "security/command-injection", confidence: "medium" });
});

describe("a file that cannot be read", () => {
  const clean = "import os\n";

  test("is told with its line, and what stands around the fault is looked at", () => {
    const { findings, problems } = analysisOf({
      "broken.py": `def f(:\n  pass\n\n${vulnerable}`,
      "clean.py": clean,
    });
    expect(problems).toEqual([
      expect.objectContaining({ path: "broken.py", kind: "syntax-error", line: 1 }),
    ]);
    expect(findings.map((finding) => finding.place.path)).toEqual(["broken.py"]);
  });

  test("costs itself alone when it is too large", () => {
    const { findings, problems } = analysisOf({
      "app.py": vulnerable,
      "data.py": `x = "${"a".repeat(1_100_000)}"`,
    });
    expect(problems).toEqual([expect.objectContaining({ path: "data.py", kind: "too-large" })]);
    expect(findings).toHaveLength(1);
  });

  test("costs itself alone when it nests without end, is no text, or is empty", () => {
    const { findings, problems } = analysisOf({
      "nested.py": `x = ${"(".repeat(100_000)}1${")".repeat(100_000)}\n`,
      "nul.py": "a = 1\u0000\u0000\nb = 2\n",
      "invalid.py": "a = '\ufffd\ufffd'\n",
      "empty.py": "",
      "app.py": vulnerable,
    });
    expect(problems.filter((problem) => problem.kind === "crashed")).toEqual([]);
    expect(findings.map((finding) => finding.place.path)).toEqual(["app.py"]);
  });
});

test("code that would run for ever is looked at in part, and the rest of the file whole", () => {
  const branches = Array.from(
    { length: 3000 },
    (_, at) => `    if f(${at}): x = [x, ${at}]\n    while x: x = (x, f(x))`,
  ).join("\n");
  const { findings, problems } = analysisOf(`${vulnerable}\ndef endless(x, f):\n${branches}\n`);
  expect(findings).toHaveLength(1);
  expect(problems.every((problem) => problem.kind === "too-complex")).toBe(true);
});

test("functions that call each other in every way come to an end", () => {
  const functions = Array.from(
    { length: 60 },
    (_, at) =>
      `def f${at}(x):\n    if x:\n        return f${(at + 1) % 60}(x) + f${(at * 7) % 60}(x)\n    return f${(at + 13) % 60}(x + "a")\n`,
  ).join("\n");
  const text = `import os\nfrom flask import request\n\n${functions}\nos.system(f0(request.args["x"]))\n`;
  expect(analysisOf(text).findings).toHaveLength(1);
});

test("the same files give the same bytes, in whatever order the engine met others before", () => {
  const files = { "a.py": vulnerable, "b.py": "from a import Shop\nShop().search()\n" };
  const first = JSON.stringify(analysisOf(files));
  analysisOf("x = 1\n");
  expect(JSON.stringify(analysisOf(files))).toBe(first);
});
