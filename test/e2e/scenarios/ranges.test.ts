// 1.3, ranges: a finding of several lines stands on those that GitHub shows, and one beyond them elsewhere.

import { expect } from "vitest";
import type { Engine } from "../../../src/analysis/analyze.ts";
import { aRulebook, aRulePage } from "../../makers.ts";
import { scenarios, viewOf } from "./scenario.ts";

const rule = "security/sql-injection";

/** From a line with `FROM` to the next one with `TO` is one finding, unless the file begins with `SAFE`. */
const engine: Engine = {
  rulebook: aRulebook([aRulePage({ name: rule, title: "SQL injection" })]),
  analyze: (files) => ({
    findings: files.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      const [start, end] = [lines.indexOf("FROM"), lines.indexOf("TO")];
      if (start < 0 || end < 0 || lines[0] === "SAFE") return [];
      const columns = { startColumn: 1, endColumn: 3 };
      return [
        {
          ...{ rule, severity: "high", confidence: "high", message: "It is long; shorten it." },
          place: { path, startLine: start + 1, endLine: end + 1, ...columns },
          ...{ symbol: "<module>", code: "FROM TO", trace: [] },
        } as const,
      ];
    }),
    problems: [],
  }),
};

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `x${from + index}`);
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

scenarios(
  (scenario) => {
    scenario("1.3 ranges: all lines of a finding, where they are of one hunk", async (stage) => {
      const pull = await stage.open(
        { "a.py": text(numbered(1, 9)) },
        { "a.py": text([...numbered(1, 4), "FROM", "x", "TO", ...numbered(5, 9)]) },
      );

      const { threads } = await viewOf(stage.world, pull.repository, pull.number);
      expect(threads).toMatchObject([{ path: "a.py", startLine: 5, line: 7 }]);
      expect((await stage.page(pull)).said).toBe(1);
    });

    scenario("1.3 ranges: one that leaves its hunk is cut at its end", async (stage) => {
      const end = [...numbered(5, 30), "TO"];
      const pull = await stage.open(
        { "a.py": text([...numbered(1, 4), ...end]) },
        { "a.py": text([...numbered(1, 4), "FROM", ...end]) },
      );
      await stage.push(pull, { "b.py": "x = 1\n" });

      const { threads } = await viewOf(stage.world, pull.repository, pull.number);
      expect(threads).toMatchObject([{ path: "a.py", startLine: 5, line: 8 }]);
      expect((await stage.page(pull)).said).toBe(1);
    });

    scenario(
      "1.3 off the diff: what a change elsewhere brings to light says where it is",
      async (stage) => {
        const rest = [...numbered(1, 20), "FROM", "x", "TO", ...numbered(21, 40)];
        const pull = await stage.open(
          { "a.py": text(["SAFE", ...rest]) },
          { "a.py": text(["other", ...rest]) },
        );

        const { threads } = await viewOf(stage.world, pull.repository, pull.number);
        expect(threads).toMatchObject([{ path: "a.py", subject: "file" }]);
        expect(threads[0]?.comments[0]?.body).toContain("*This change makes [line 22](");
        expect(await stage.page(pull)).toMatchObject({
          checks: ["failure: 1 new finding, 1 must be fixed"],
          ...{ below: [], said: 1 },
        });
      },
    );
  },
  { engine },
);
