import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareAfterFix, compareWithExpected } from "./check-expectation.ts";
import { readDemoArguments } from "./demo-arguments.ts";
import { readLocalRange } from "./local-repository.ts";
import { aCheck, aThread, aView } from "./makers.ts";
import { describeReview } from "./print-review.ts";
import { expected, shop } from "./shop.ts";

describe("arguments", () => {
  test.each([
    [["--port", "99999"], "--port must be a number"],
    [["--port", "x"], "--port must be a number"],
    [["--base", "main"], "need --repo"],
    [["--repo", "."], "needs --base and --head"],
    [["--unknown"], "--unknown"],
  ])("%j is answered with a sentence", (args, words) => {
    const read = readDemoArguments(args);

    expect(read).toEqual({ ok: false, fault: expect.stringContaining(words) });
  });

  test("a range of one's own is taken", () => {
    const read = readDemoArguments(["--repo", ".", "--base", "a", "--head", "b", "--once"]);

    expect(read).toEqual({
      ok: true,
      value: {
        port: 4000,
        once: true,
        help: false,
        range: { repo: ".", base: "a", head: "b" },
      },
    });
  });
});

describe("a local repository", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "pyward-demo-test-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.c", ...args]);
    git("init", "-q", "-b", "main");
    git("commit", "-q", "--allow-empty", "-m", "first");
    git("commit", "-q", "--allow-empty", "-m", "second");
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("commits are found by any name, and the branches get fitting ones", async () => {
    const range = await readLocalRange({ repo: folder, base: "HEAD~1", head: "main" });

    expect(range).toMatchObject({ baseName: "head-1", headName: "main", title: "second" });
    expect(range.head).toMatch(/^[0-9a-f]{40}$/u);
  });

  test.each([
    [{ repo: "/no/such/place", base: "a", head: "b" }, "is no git repository"],
    [{ repo: "", base: "nothing", head: "main" }, 'There is no commit "nothing"'],
    [{ repo: "", base: "main", head: "--output=x" }, 'There is no commit "--output=x"'],
  ])("%j is answered with a sentence", async (asked, words) => {
    await expect(readLocalRange({ ...asked, repo: asked.repo || folder })).rejects.toThrow(words);
  });
});

describe("the expectation of the bundled pull request", () => {
  const files = shop.change.files;
  const threads = expected.map(({ rule, path, code }, index) =>
    aThread({
      id: `T${index}`,
      path,
      line: lineOf(files[path] ?? "", code),
      body: `**Fault** [why](http://pyward.test/rules/${rule})`,
    }),
  );

  test("every line that something is to be said of exists, and its fix removes it", () => {
    const fixed: Readonly<Record<string, string>> = shop.fix.files;
    for (const { path, code } of expected) {
      expect([path, lineOf(files[path] ?? "", code)]).not.toEqual([path, 0]);
      expect(fixed[path]).not.toBe(files[path]);
    }
  });

  test("is met by exactly these comments and a failing check", () => {
    const view = aView({ threads, checkRuns: [aCheck()] });

    expect(compareWithExpected(view, files, expected)).toEqual([]);
  });

  test("tells what is missing, what is too much and what is wrong", () => {
    const [first, ...others] = threads;
    const view = aView({
      threads: [...others, aThread({ path: "shop/app.py", line: 1 }), ...others.slice(0, 1)],
      checkRuns: [aCheck({ conclusion: "success" })],
    });

    expect(first).toBeDefined();
    expect(compareWithExpected(view, files, expected)).toEqual([
      expect.stringMatching(/^Nothing was said of design\/missing-index at shop\/models.py:38/u),
      expect.stringMatching(/^Something was said: a rule without a page at shop\/app.py:1/u),
      expect.stringMatching(/^It was said twice: security\/unsafe-deserialization/u),
      "The check is success and should be failure.",
    ]);
  });

  test("after the fix nothing may be said again", () => {
    const before = aView({ threads, checkRuns: [aCheck()] });
    const success = aCheck({ conclusion: "success" });

    expect(compareAfterFix(aView({ threads, checkRuns: [success] }), before)).toEqual([]);
    expect(
      compareAfterFix(aView({ threads: [...threads, aThread({ id: "new" })] }), before),
    ).toEqual([
      expect.stringContaining("Something new was said"),
      "The check is missing and should be success.",
    ]);
  });
});

test("a review as text has the places, the words and the check", () => {
  const body =
    "<!-- pyward -->\n**Fault** · high\n\n`x` becomes SQL.\n\n<sub>path: `x` ([L1](http://gh/x#L1))</sub>\n\n<sub>[why](http://app/rules/security/x)</sub>";
  const text = describeReview(aView({ threads: [aThread({ body })], checkRuns: [aCheck()] }), {
    page: "http://127.0.0.1:4000",
    rules: "http://app/rules",
  });

  expect(text).toContain("search.py:3\n  Fault · high\n  `x` becomes SQL.\n  path: `x` (L1)");
  expect(text).toContain("why: http://app/rules/security/x");
  expect(text).toContain('failure, "1 new finding, 1 must be fixed"');
  expect(text).toContain("http://127.0.0.1:4000");
});

test("what was said before takes one line", () => {
  const earlier = aView({ threads: [aThread()] });
  const text = describeReview(
    aView({ threads: [aThread({ isOutdated: true })], checkRuns: [aCheck()] }),
    { page: undefined, rules: "http://app/rules" },
    { earlier },
  );

  expect(text).toContain(
    "No new comments.\n\nSaid before: search.py:3  (outdated)  Fault · high\n",
  );
});

test("control characters of a pull request do not reach the terminal", () => {
  const text = describeReview(
    aView({ title: "a\u001b[31mb", threads: [aThread({ body: "x\u001b]0;y\u0007z" })] }),
    { page: undefined, rules: "http://app/rules" },
  );

  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

function lineOf(text: string, code: string): number {
  return text.split("\n").findIndex((line) => line.trim() === code) + 1;
}
