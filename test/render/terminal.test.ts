// What a person reads at a terminal.

import { describe, expect, test } from "vitest";
import { renderTerminal } from "../../src/render/terminal.ts";
import { columnsOf, escapeControls, spotLine } from "../../src/render/terminal-text.ts";
import { aPlace, aProblem, aReviewed } from "../makers.ts";
import { aReport, aTerminal } from "./a-report.ts";

const books = `import sqlite3
from flask import request


@app.get("/books")
def books():
    title = request.args["title"]
    query = build_query(title)
    rows = connection.execute(query)
    return {"books": rows.fetchall()}
`;

const place = (path: string, line: number, column: number, length: number) =>
  aPlace({ path, line, column, endColumn: column + length });

const traced = aReviewed({
  place: place("app/books.py", 9, 12, 25),
  trace: [
    {
      place: place("app/books.py", 7, 13, 21),
      code: 'request.args["title"]',
      words: "comes from the visitor",
    },
    {
      place: place("app/queries.py", 31, 12, 30),
      code: "f\"SELECT * FROM book WHERE title = '{title}'\"",
      words: "becomes part of the text",
    },
    {
      place: place("app/books.py", 9, 12, 25),
      code: "connection.execute(query)",
      words: "runs as SQL",
    },
  ],
});

describe("a finding", () => {
  test("shows each step of the path with its line, and steps elsewhere with their file", () => {
    const report = aReport({ findings: [traced] });

    expect(renderTerminal(report, aTerminal({ files: { "app/books.py": books } }))).toBe(
      `app/books.py:9:12  high  SQL injection  security/sql-injection
   7 │ title = request.args["title"]                  ← comes from the visitor
     ┊ f"SELECT * FROM book WHERE title = '{title}'"  ← becomes part of the text (app/queries.py:31)
   9 │ rows = connection.execute(query)               ← runs as SQL
     ╰─ \`title\` becomes part of the SQL that \`db.execute\` runs; bind it as a parameter.

1 new finding (1 high) · 14 files changed, 61 read · 0.4 s
`,
    );
  });

  test("without a path shows its own line", () => {
    const report = aReport({ findings: [aReviewed({ path: "a.py", line: 2 })] });

    const text = renderTerminal(
      report,
      aTerminal({ files: { "a.py": "x = 1\r\n  danger()\r\n" } }),
    );

    expect(text.split("\n")[1]).toBe("   2 │ danger()");
  });

  test("of a file that is not at hand shows the code that was found", () => {
    const report = aReport({ findings: [aReviewed({ path: "a.py", line: 2 })] });

    expect(renderTerminal(report, aTerminal()).split("\n")[1]).toBe("   2 │ db.execute(query)");
  });

  test("whose steps follow each other on one line says them in one note", () => {
    const finding = aReviewed({
      path: "a.py",
      trace: ["comes from the visitor", "goes on", "goes on", "runs as SQL"].map((words) => ({
        place: place("a.py", 1, 1, 5),
        code: "",
        words,
      })),
    });

    const text = renderTerminal(
      aReport({ findings: [finding] }),
      aTerminal({ files: { "a.py": "db.execute(request.args)" } }),
    );

    expect(text.split("\n").slice(1, 3)).toEqual([
      "   1 │ db.execute(request.args)  ← comes from the visitor, goes on, runs as SQL",
      expect.stringContaining("╰─"),
    ]);
  });

  test("with a long path shows its beginning and its end, unless all is asked for", () => {
    const trace = Array.from({ length: 20 }, (_, index) => ({
      place: aPlace({ path: "a.py", line: index + 1 }),
      code: "x",
      words: "goes on",
    }));
    const report = aReport({ findings: [aReviewed({ path: "a.py", line: 20, trace })] });

    expect(renderTerminal(report, aTerminal()).split("\n").slice(1, 10)).toEqual([
      "   1 │ x  ← goes on",
      "   2 │ x  ← goes on",
      "   3 │ x  ← goes on",
      "     ┊ … 12 more steps (--verbose)",
      "  16 │ x  ← goes on",
      "  17 │ x  ← goes on",
      "  18 │ x  ← goes on",
      "  19 │ x  ← goes on",
      "  20 │ x  ← goes on",
    ]);
    expect(renderTerminal(report, aTerminal({ verbose: true }))).toContain("   9 │ x  ← goes on");
  });

  test("aligns its notes behind wide characters and accents", () => {
    const files = { "a.py": 'a = f("日本語")\nb = f("e\u0301")' };
    const finding = aReviewed({
      path: "a.py",
      trace: [1, 2].map((line) => ({ place: place("a.py", line, 1, 1), code: "", words: "step" })),
    });

    const text = renderTerminal(aReport({ findings: [finding] }), aTerminal({ files }));

    const columns = text
      .split("\n")
      .slice(1, 3)
      .map((row) => columnsOf(row.slice(0, row.indexOf("←"))));
    expect(columns[0]).toBe(columns[1]);
  });

  test("keeps its long lines short around the spot", () => {
    const line = `${"x".repeat(500_000)}SPOT${"y".repeat(500_000)}`;
    const finding = aReviewed({ place: place("a.py", 1, 500_001, 4) });

    const text = renderTerminal(
      aReport({ findings: [finding] }),
      aTerminal({ files: { "a.py": line } }),
    );

    const row = text.split("\n")[1] ?? "";
    expect(row).toMatch(/│ …x+SPOTy+…$/u);
    expect(row.length).toBeLessThanOrEqual(104);
  });

  test("never hands a control character of the code to the terminal", () => {
    const evil = "x = '\u001b]0;owned\u0007\u202e\u200b\u0085\u2028'\u001b[2J";
    const path = "a\u001b[31m\n.py";
    const finding = aReviewed({
      path,
      code: evil,
      message: `\`${evil}\` is shown.`,
      trace: [{ place: place("b\r.py", 1, 1, 400), code: evil, words: "step" }],
    });
    const report = aReport({
      findings: [finding],
      problems: [aProblem({ path, message: evil })],
      skipped: [{ path, kind: "ignored" }],
    });

    const text = renderTerminal(report, aTerminal({ verbose: true, files: { [path]: evil } }));

    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain("\\x1b]0;owned\\x07\\u202e\\u200b\\x85\\u2028");
    expect(text).toContain("a\\x1b[31m\\x0a.py:1:1");
  });

  test("has colours where they are wanted, and the same words", () => {
    const report = aReport({ findings: [traced] });
    const files = { "app/books.py": books };

    const colored = renderTerminal(report, aTerminal({ files, color: true }));

    expect(colored).toContain("\u001b[31mhigh\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
    const plain = colored.replace(/\u001b\[\d+m/gu, "");
    expect(plain).toBe(renderTerminal(report, aTerminal({ files })));
  });
});

describe("the last line", () => {
  test("says that nothing was found", () => {
    expect(renderTerminal(aReport(), aTerminal())).toBe(
      "No new findings · 14 files changed, 61 read · 0.4 s\n",
    );
  });

  test("counts what is not shown, and says how to see it", () => {
    const report = aReport({
      earlier: Array.from({ length: 12 }, () => aReviewed()),
      suppressed: [{ ...aReviewed(), reason: "" }],
    });

    expect(renderTerminal(report, aTerminal({ uncertain: 1 }))).toBe(
      "No new findings · 14 files changed, 61 read · 0.4 s · 12 earlier findings not shown (--all) · 1 uncertain finding not shown (--all) · 1 ignored in the code\n",
    );
  });

  test("of a scan tells its speed and what was skipped", () => {
    const report = aReport({
      command: "scan",
      findings: [aReviewed(), aReviewed({ severity: "low" })],
      coverage: { changedFiles: 0, pythonFiles: 4338, contextFiles: 0 },
      seconds: 20,
      skipped: [
        { path: "a/venv/", kind: "virtual-environment" },
        { path: "b/venv/", kind: "virtual-environment" },
        { path: "build/", kind: "ignored" },
      ],
    });

    expect(renderTerminal(report, aTerminal()).trimEnd().split("\n").at(-1)).toBe(
      "2 findings (1 high, 1 low) · 4,338 files · 20.0 s · 217 files/s · skipped: 2 virtual environments, 1 path ignored by git (--verbose)",
    );
  });

  test("says when no Python file changed", () => {
    const coverage = { changedFiles: 1, pythonFiles: 0, contextFiles: 0 };

    expect(renderTerminal(aReport({ coverage }), aTerminal())).toBe(
      "No new findings · 1 file changed, none of them Python · 0.4 s\n",
    );
  });

  test("is gone when quiet, and so are problems", () => {
    const report = aReport({ problems: [aProblem()] });

    expect(renderTerminal(report, aTerminal({ quiet: true }))).toBe("");
  });
});

test("a file that was not wholly read is told with its line", () => {
  const problem = aProblem({ path: "a.py", kind: "syntax-error", line: 3, message: "No sense." });

  expect(renderTerminal(aReport({ problems: [problem] }), aTerminal())).toBe(
    "a.py:3  No sense.\n\nNo new findings · 14 files changed, 61 read · 0.4 s · 1 file not wholly read\n",
  );
});

test("of many broken files ten are told, unless all are asked for", () => {
  const problems = Array.from({ length: 12 }, (_, index) => aProblem({ path: `${index}.py` }));
  const report = aReport({ problems });

  expect(renderTerminal(report, aTerminal())).toContain("… and 2 files more (--verbose)");
  expect(renderTerminal(report, aTerminal({ verbose: true }))).toContain("11.py");
});

test("earlier findings are marked as such when they are asked for", () => {
  const report = aReport({ earlier: [aReviewed()] });

  expect(renderTerminal(report, aTerminal({ earlier: true }))).toContain(
    "security/sql-injection · earlier\n",
  );
});

describe("a line cut around a spot", () => {
  test.each([
    { columns: 20, spot: [0, 3], shown: "abcdefghijklmnopqrs…" },
    { columns: 20, spot: [23, 26], shown: "…hijklmnopqrstuvwxyz" },
    { columns: 10, spot: [12, 14], shown: "…jklmnopq…" },
    { columns: 10, spot: [5, 7], shown: "abcdefghi…" },
    { columns: 9, spot: [2, 24], shown: "abcdefgh…" },
    { columns: 9, spot: [8, 24], shown: "ijklmnop…" },
    { columns: 40, spot: [3, 5], shown: "abcdefghijklmnopqrstuvwxyz" },
  ])("to $columns columns keeps $spot in sight", ({
    columns,
    spot: [start = 0, end = 0],
    shown,
  }) => {
    const { before, spot, after } = spotLine("abcdefghijklmnopqrstuvwxyz", start, end, columns);

    expect(before + spot + after).toBe(shown);
  });

  test("is never wider than it may be, whatever it holds", () => {
    const line = "日本語\u001b[31m\t😀e\u0301".repeat(20);
    for (let start = 0; start < line.length; start += 3) {
      for (const columns of [4, 17, 40]) {
        const { before, spot, after } = spotLine(line, start, start + 7, columns);
        expect(columnsOf(before + spot + after)).toBeLessThanOrEqual(columns);
      }
    }
  });
});

test("text without control characters stays as it is", () => {
  expect(escapeControls("naïve 日本語 ← 😀")).toBe("naïve 日本語 ← 😀");
});

test.each([
  ["plain", 5],
  ["日本語", 6],
  ["ｆｕｌｌ", 8],
  ["한글", 4],
  ["😀", 2],
  ["e\u0301", 1],
  ["naïve ← ü", 9],
])("%j takes %i columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});
