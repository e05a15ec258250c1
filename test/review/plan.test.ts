// What is said where, and how the check ends.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import { nothingEarlier } from "../../src/review/earlier.ts";
import { hunkAt } from "../../src/review/patch.ts";
import { planReview } from "../../src/review/plan.ts";
import type { ReviewedFinding } from "../../src/review/reviewed-finding.ts";
import {
  aChange,
  aChangedFile,
  anEarlier,
  anEarlierComment,
  aPlace,
  aProblem,
  aReview,
  aReviewed,
} from "../makers.ts";
import { random } from "../random.ts";

interface Given {
  readonly introduced: readonly ReviewedFinding[];
  readonly change?: ReturnType<typeof aChange>;
  readonly earlier?: readonly string[];
  readonly config?: Partial<typeof defaultConfig>;
}

function plan({ introduced, change = everyLine, earlier = [], config = {} }: Given) {
  return planReview(
    aReview({ introduced }),
    change,
    anEarlier({
      comments: earlier.map((fingerprint, index) =>
        anEarlierComment({ fingerprint, comment: index + 1 }),
      ),
    }),
    { ...defaultConfig, ...config },
  );
}

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
const everyLine = aChange([aChangedFile({ added: hundred })]);
const many = (count: number, given: Parameters<typeof aReviewed>[0] = {}) =>
  hundred.slice(0, count).map((line) => aReviewed({ ...given, line }));

const anchorOf = (given: Given) => plan(given).say[0]?.anchor;

test("a finding on changed lines is told on its own lines", () => {
  expect(anchorOf({ introduced: [aReviewed({ line: 4, endLine: 6 })] })).toEqual({
    kind: "lines",
    exact: true,
    path: "app.py",
    startLine: 4,
    line: 6,
  });
});

test("a range that leaves its hunk is cut to it", () => {
  const change = aChange([aChangedFile({ added: [5, 6] })]);

  expect(anchorOf({ introduced: [aReviewed({ line: 6, endLine: 9 })], change })).toMatchObject({
    exact: true,
    startLine: 6,
    line: 6,
  });
});

test("a very long range is told on its first line", () => {
  expect(anchorOf({ introduced: [aReviewed({ line: 4, endLine: 60 })] })).toMatchObject({
    startLine: 4,
    line: 4,
  });
});

test("off the diff, a changed line on the data's path is taken, nearest to the sink", () => {
  const step = (path: string, line: number) => ({
    place: aPlace({ path, line }),
    code: "x",
    words: "",
  });
  const change = aChange([aChangedFile({ path: "views.py", added: [3, 4] })]);
  const finding = aReviewed({
    path: "db.py",
    line: 80,
    trace: [step("views.py", 3), step("views.py", 4), step("db.py", 80)],
  });

  expect(anchorOf({ introduced: [finding], change })).toEqual({
    kind: "lines",
    exact: false,
    path: "views.py",
    startLine: 4,
    line: 4,
  });
});

test("else the nearest changed line of the same function", () => {
  const change = aChange([aChangedFile({ added: [10, 40, 52] })]);
  const hunks = [10, 40, 52].flatMap((line) => aChangedFile({ added: [line] }).hunks ?? []);
  const apart = aChange([aChangedFile({ hunks })]);
  const finding = aReviewed({ line: 44, symbolPlace: aPlace({ line: 5, endLine: 50 }) });

  expect(anchorOf({ introduced: [finding], change: apart })).toMatchObject({
    exact: false,
    line: 40,
  });
  // In one hunk with its line the finding needs no stand-in.
  expect(anchorOf({ introduced: [finding], change })).toMatchObject({ exact: true, line: 44 });
});

test("a changed line of another function is no place for it", () => {
  const change = aChange([aChangedFile({ added: [10] })]);
  const finding = aReviewed({ line: 14, symbolPlace: aPlace({ line: 12, endLine: 20 }) });

  expect(anchorOf({ introduced: [finding], change })).toEqual({ kind: "file", path: "app.py" });
});

test("where the function is not known, the neighbourhood is twenty lines", () => {
  const change = aChange([aChangedFile({ added: [10] })]);

  expect(anchorOf({ introduced: [aReviewed({ line: 30 })], change })).toMatchObject({ line: 10 });
  expect(anchorOf({ introduced: [aReviewed({ line: 31 })], change })).toMatchObject({
    kind: "file",
  });
});

test.each([
  ["renamed without an edit", { hunks: [] }],
  ["too large for a diff", { hunks: undefined }],
])("in a file that is %s it is told on the file", (_, given) => {
  const change = aChange([aChangedFile(given)]);

  expect(anchorOf({ introduced: [aReviewed({ line: 3 })], change })).toMatchObject({
    kind: "file",
  });
});

test("in a file that did not change it is told in the summary", () => {
  const finding = aReviewed({ path: "other.py" });

  expect(plan({ introduced: [finding] })).toMatchObject({ say: [], summaryOnly: [finding] });
});

test("what was said is not said again", () => {
  const [first, second] = many(2);
  if (first === undefined || second === undefined) throw new Error("two findings are needed");

  const { say, leave, told, summaryOnly } = plan({
    introduced: [first, second],
    earlier: [first.fingerprint, "0".repeat(16)],
  });

  expect(say.map(({ reviewed }) => reviewed)).toEqual([second]);
  expect(leave.map(({ reviewed }) => reviewed)).toEqual([first]);
  expect(told).toHaveLength(2);
  expect(summaryOnly).toEqual([]);
});

test("one fingerprint makes one comment", () => {
  const twice = [1, 2].map((line) => aReviewed({ line, fingerprint: "f".repeat(16) }));

  expect(plan({ introduced: twice }).say).toHaveLength(1);
});

test("findings on the same line share one comment, which the gravest leads", () => {
  const grave = aReviewed({ line: 4, rule: "security/sql-injection" });
  const second = { rule: "design/sync-database-in-async", severity: "medium" } as const;
  const mild = aReviewed({ ...second, line: 4, fingerprint: "b".repeat(16) });
  const next = aReviewed({ ...second, line: 5 });

  const { say } = plan({ introduced: [grave, mild, next] });

  expect(say.map(({ reviewed, also }) => [reviewed, ...(also ?? [])])).toEqual([
    [grave, mild],
    [next],
  ]);
});

test("where the team wants it so, findings of one rule in one function share a comment", () => {
  const symbolPlace = aPlace({ line: 3, endLine: 20 });
  const [first, second] = [4, 9].map((line) => aReviewed({ line, symbolPlace }));
  const elsewhere = aReviewed({ line: 30, symbol: "other", symbolPlace: aPlace({ line: 29 }) });
  if (first === undefined || second === undefined) throw new Error("two findings are needed");
  const introduced = [first, second, elsewhere];

  const { say } = plan({ introduced, config: { commentPer: "function" } });

  expect(say.map(({ reviewed, also }) => [reviewed, ...(also ?? [])])).toEqual([
    [first, second],
    [elsewhere],
  ]);
  expect(plan({ introduced }).say).toHaveLength(3);
});

test("at most five comments on one rule, the others in the summary", () => {
  const { say, summaryOnly } = plan({ introduced: many(8) });

  expect([say.length, summaryOnly.length]).toEqual([5, 3]);
});

test("at most twenty comments in all, the gravest first", () => {
  const introduced = hundred
    .slice(0, 30)
    .map((line) => aReviewed({ line, rule: `security/r${line}` }));

  const { say, summaryOnly } = plan({ introduced });

  expect(say.map(({ reviewed }) => reviewed)).toEqual(introduced.slice(0, 20));
  expect(summaryOnly).toEqual(introduced.slice(20));
});

test("comments that still stand count, so that a push does not bring the next twenty", () => {
  const introduced = many(8);
  const earlier = introduced.slice(0, 5).map(({ fingerprint }) => fingerprint);

  expect(plan({ introduced, earlier })).toMatchObject({
    say: [],
    leave: introduced.slice(0, 5).map((reviewed) => ({ reviewed })),
  });
});

test("the same holds for the cap on all comments", () => {
  const introduced = hundred
    .slice(0, 30)
    .map((line) => aReviewed({ line, rule: `security/r${line}` }));
  const earlier = introduced.slice(0, 18).map(({ fingerprint }) => fingerprint);

  expect(plan({ introduced, earlier }).say).toHaveLength(2);
});

test("at most five comments on files, since each is a request", () => {
  const introduced = many(8).map((one, index) => ({
    ...one,
    finding: { ...one.finding, rule: `security/r${index}` },
  }));
  const change = aChange([aChangedFile({ hunks: [] })]);

  expect(plan({ introduced, change }).say).toHaveLength(5);
});

test("mild findings are told in the summary, unsure ones nowhere", () => {
  const mild = aReviewed({ severity: "low" });
  const unsure = aReviewed({ confidence: "low", line: 2 });

  expect(plan({ introduced: [unsure, mild] })).toMatchObject({
    say: [],
    told: [mild],
    summaryOnly: [mild],
    blocking: 0,
    title: "1 new finding",
  });
});

test.each([
  ["no finding", [], "success", "No new findings"],
  ["a high one", ["high"], "failure", "1 new finding, 1 must be fixed"],
  ["milder ones", ["medium", "low"], "success", "2 new findings"],
  ["both", ["high", "medium"], "failure", "2 new findings, 1 must be fixed"],
] as const)("with %s the check says so", (_, severities, conclusion, title) => {
  const introduced = severities.map((severity, index) => aReviewed({ severity, line: index + 1 }));

  expect(plan({ introduced })).toMatchObject({ conclusion, title });
});

test("what becomes of a finding is the config's word, whatever its severity", () => {
  const introduced = (["block", "comment", "summary", "monitor"] as const).map((mode, index) =>
    aReviewed({ mode, severity: "low", line: index + 1 }),
  );
  const planned = plan({ introduced });

  expect(planned.told.map(({ mode }) => mode)).toEqual(["block", "comment", "summary"]);
  expect(planned.say.map(({ reviewed }) => reviewed.mode)).toEqual(["block", "comment"]);
  expect(planned).toMatchObject({ blocking: 1, conclusion: "failure" });
});

test("a finding that was said before still makes the check fail", () => {
  const introduced = many(1);
  const earlier = introduced.map(({ fingerprint }) => fingerprint);

  expect(plan({ introduced, earlier })).toMatchObject({
    say: [],
    blocking: 1,
    conclusion: "failure",
  });
});

test.each([
  ["one", [aProblem()], "No new findings in what could be read; 1 file was too large"],
  [
    "several of a kind",
    [aProblem({ path: "a.py" }), aProblem({ path: "b.py" })],
    "No new findings in what could be read; 2 files were too large",
  ],
  [
    "the same file twice",
    [aProblem({ kind: "syntax-error", line: 1 }), aProblem({ kind: "syntax-error", line: 9 })],
    "No new findings in what could be read; 1 file does not parse",
  ],
  [
    "several kinds",
    [aProblem(), aProblem({ path: "b.py", kind: "crashed" })],
    "No new findings in what could be read; 2 files could not be wholly read",
  ],
] as const)("what could not be read is in the title: %s", (_, problems, title) => {
  expect(planReview(aReview({ problems }), everyLine, nothingEarlier, defaultConfig)).toMatchObject(
    {
      conclusion: "neutral",
      title,
    },
  );
});

test("a finding fails the check also where not all could be read", () => {
  const review = aReview({ introduced: many(1), problems: [aProblem()] });

  expect(planReview(review, everyLine, nothingEarlier, defaultConfig)).toMatchObject({
    conclusion: "failure",
    title: "1 new finding in what could be read, 1 must be fixed; 1 file was too large",
  });
});

test("a change without Python files succeeds", () => {
  const change = aChange([aChangedFile({ path: "README.md" })]);

  expect(planReview(aReview(), change, nothingEarlier, defaultConfig)).toMatchObject({
    conclusion: "success",
    title: "No Python files changed",
  });
});

test("whatever the diff, a comment on lines stands in one hunk of a file of the change", () => {
  const dice = random(5);
  for (let round = 0; round < 500; round += 1) {
    const added = hundred.filter(() => dice.below(8) === 0);
    const hunks = added.flatMap((line) =>
      dice.below(2) ? (aChangedFile({ added: [line] }).hunks ?? []) : [],
    );
    const change = aChange([aChangedFile({ hunks })]);
    const line = 1 + dice.below(100);
    const anchor = anchorOf({
      introduced: [aReviewed({ line, endLine: line + dice.below(30) })],
      change,
    });

    if (anchor?.kind !== "lines") continue;
    expect(anchor.startLine).toBeLessThanOrEqual(anchor.line);
    expect(hunkAt(hunks, anchor.startLine)).toBeDefined();
    expect(hunkAt(hunks, anchor.line)).toBe(hunkAt(hunks, anchor.startLine));
  }
});
