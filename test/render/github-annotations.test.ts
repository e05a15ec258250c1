// Workflow commands, whose escapes keep code under review from giving commands of its own.

import { expect, test } from "vitest";
import { renderGithubAnnotations } from "../../src/render/github-annotations.ts";
import { aPlace, aProblem, aReviewed } from "../makers.ts";
import { aReport } from "./a-report.ts";

test("a finding becomes a command with its place, its rule and its path", () => {
  const step = { place: aPlace({ path: "b.py", line: 3 }), code: "input()", words: "is typed" };
  const report = aReport({
    findings: [aReviewed({ path: "a.py", line: 7, message: "Bind it.", trace: [step] })],
  });

  expect(renderGithubAnnotations(report)).toBe(
    "::error file=a.py,line=7,endLine=7,col=1,endColumn=11,title=SQL injection (security/sql-injection)::Bind it.%0Ab.py:3: input() (is typed)\n",
  );
});

test("severities become error, warning and notice", () => {
  const findings = (["high", "medium", "low"] as const).map((severity) => aReviewed({ severity }));

  const names = renderGithubAnnotations(aReport({ findings })).match(/^::\w+/gmu);

  expect(names).toEqual(["::error", "::warning", "::notice"]);
});

test("a finding over several lines has no columns, which GitHub would refuse", () => {
  const report = aReport({ findings: [aReviewed({ path: "a.py", line: 1, endLine: 2 })] });

  expect(renderGithubAnnotations(report)).toMatch(/^::error file=a\.py,line=1,endLine=2,title=/u);
});

test("a file that could not be read is a notice", () => {
  const report = aReport({
    problems: [aProblem({ path: "a.py", line: 3, message: "Too large." })],
  });

  expect(renderGithubAnnotations(report)).toBe("::notice file=a.py,line=3::Too large.\n");
});

test("no name and no code can begin another command or end a property", () => {
  const report = aReport({
    findings: [
      aReviewed({
        path: "a,line=1::\n::warning::x.py",
        message: "100%\r\n::stop-commands::x\u001b[0m",
      }),
    ],
  });

  const text = renderGithubAnnotations(report);

  expect(text.split("\n")).toHaveLength(2);
  expect(text).toContain("file=a%2Cline=1%3A%3A%0A%3A%3Awarning%3A%3Ax.py,line=1,");
  expect(text).toContain("::100%25%0D%0A::stop-commands::x\u{fffd}[0m\n");
});
