// What becomes of earlier comments, review after review.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import type { Decision } from "../../src/review/decision.ts";
import type { EarlierComment } from "../../src/review/earlier.ts";
import { withFingerprints } from "../../src/review/fingerprint.ts";
import { planReview } from "../../src/review/plan.ts";
import type { Review } from "../../src/review/review.ts";
import {
  aChange,
  aChangedFile,
  aFinding,
  anEarlier,
  anEarlierComment,
  aProblem,
  aReview,
  aReviewed,
} from "../makers.ts";

const change = aChange([aChangedFile({ added: [1, 2, 3, 4, 5, 6, 7, 8, 9] })]);
const finding = aReviewed({ line: 4 });
const { fingerprint } = finding;

interface Given {
  readonly review?: Partial<Review>;
  readonly comments?: readonly Partial<EarlierComment>[];
  readonly decisions?: readonly Decision[];
}

function plan({ review = {}, comments = [{}], decisions = [] }: Given) {
  const earlier = comments.map((given) => anEarlierComment({ fingerprint, ...given }));
  const whole = anEarlier({ comments: earlier, decisions });
  return planReview(aReview(review), change, whole, defaultConfig);
}

const ignoreIt: Decision = {
  subject: { kind: "finding", fingerprint, rule: "security/sql-injection", path: "app.py" },
  number: 1,
  by: "octocat",
  at: "2026-01-02T03:04:05Z",
  reason: "test data",
};

test("a comment whose finding is there is left alone", () => {
  expect(plan({ review: { introduced: [finding] } })).toMatchObject({
    say: [],
    close: [],
    reopen: [],
    leave: [{ reviewed: finding }],
  });
});

test("a comment whose finding is gone is closed as fixed, once", () => {
  expect(plan({}).close).toMatchObject([{ closing: { kind: "fixed" }, endsThread: true }]);
  expect(plan({ comments: [{ standing: "fixed" }] }).close).toEqual([]);
});

test("where people talk, the thread is theirs to end", () => {
  expect(plan({ comments: [{ hasReplies: true }] }).close).toMatchObject([{ endsThread: false }]);
});

test("a finding that is back opens its comment again and is not said anew", () => {
  const { say, reopen, blocking } = plan({
    review: { introduced: [finding] },
    comments: [{ standing: "fixed", isResolved: true }],
  });

  expect(say).toEqual([]);
  expect(reopen).toMatchObject([{ reviewed: finding, anchor: { kind: "lines", line: 4 } }]);
  expect(blocking).toBe(1);
});

test("a thread that a person resolved stays resolved, and its finding counts", () => {
  const resolved = { isResolved: true, resolvedBy: "mona" };

  expect(plan({ review: { introduced: [finding] }, comments: [resolved] })).toMatchObject({
    leave: [{ earlier: resolved }],
    reopen: [],
    conclusion: "failure",
  });
});

test.each([
  "syntax-error",
  "crashed",
  "out-of-time",
  "too-complex",
] as const)("what could not be read (%s) is not called fixed", (kind) => {
  expect(plan({ review: { problems: [aProblem({ kind })] } }).close).toEqual([]);
});

test("what the base has too by now is no matter of this change", () => {
  expect(plan({ review: { existing: [finding] } }).close).toMatchObject([
    { closing: { kind: "not-new" } },
  ]);
});

test("what the base holds in a file that the change does not touch any more is not called fixed", () => {
  const beyond = { standing: [finding], unseen: new Set<string>() };

  expect(plan({ review: { beyond } }).close).toMatchObject([{ closing: { kind: "not-new" } }]);
});

test("of a file that could not be read any more nothing is said", () => {
  const beyond = { standing: [], unseen: new Set(["app.py"]) };

  expect(plan({ review: { beyond } }).close).toEqual([]);
});

test("an ignore comment in the code is the answer that the comment shows", () => {
  const suppressed = [{ ...finding, reason: "test data" }];

  expect(plan({ review: { suppressed } }).close).toMatchObject([
    { closing: { kind: "ignored-in-code", reason: "test data" } },
  ]);
});

test("an ignored finding neither counts nor is said; its comment tells who ignored it", () => {
  const ignored = plan({ review: { introduced: [finding] }, decisions: [ignoreIt] });

  expect(ignored).toMatchObject({
    told: [],
    say: [],
    ignored: [{ reviewed: finding, decision: ignoreIt }],
    close: [{ closing: { kind: "ignored", decision: ignoreIt } }],
    conclusion: "success",
  });
});

test("a decision that is taken back opens the comment again", () => {
  const comments = [{ standing: "ignored" as const, isResolved: true }];

  expect(plan({ review: { introduced: [finding] }, comments }).reopen).toHaveLength(1);
});

test("comments and decisions follow a file to its new name", () => {
  const before = withFingerprints([
    aFinding({ path: "old.py", line: 4 }),
    aFinding({ path: "old.py", line: 6 }),
  ]);
  const introduced = withFingerprints([
    aFinding({ path: "app.py", line: 4 }),
    aFinding({ path: "app.py", line: 6 }),
  ]).map((each) => ({ ...each, mode: "block" as const }));
  const comments = before.map((each, index) => ({
    fingerprint: each.fingerprint,
    path: "old.py",
    comment: index,
  }));
  const second = { ...ignoreIt.subject, fingerprint: before[1]?.fingerprint ?? "", path: "old.py" };
  const decision = { ...ignoreIt, subject: second };

  expect(plan({ review: { introduced }, comments })).toMatchObject({ say: [], close: [] });
  const decided = plan({ review: { introduced }, comments, decisions: [decision] });
  expect(decided.told).toHaveLength(1);
  expect(decided.ignored).toHaveLength(1);
});

test("a comment that stands on another file follows its finding's file to its new name", () => {
  const finding = aFinding({ path: "old.py", line: 4 });
  const [before] = withFingerprints([finding]);
  const place = { ...finding.place, path: "app.py" };
  const [now] = withFingerprints([{ ...finding, place }]);
  if (before === undefined || now === undefined) throw new Error("no findings");
  const comments = [{ fingerprint: before.fingerprint, path: "old.py", isElsewhere: true }];

  const { say, leave, close } = plan({
    review: { introduced: [{ ...now, mode: "block" }] },
    comments,
  });

  expect([say.length, leave.length, close.length]).toEqual([0, 1, 0]);
});

test("a rule that is ignored is ignored as a whole", () => {
  const subject = { kind: "rule", rule: "security/sql-injection" } as const;
  const introduced = [finding, aReviewed({ line: 6 })];

  const { told, ignored } = plan({ review: { introduced }, decisions: [{ ...ignoreIt, subject }] });

  expect(told).toEqual([]);
  expect(ignored).toHaveLength(2);
});

test("a finding that was said twice is left with both, and closed with both", () => {
  const comments = [{ comment: 1 }, { comment: 2 }];

  expect(plan({ review: { introduced: [finding] }, comments }).leave).toHaveLength(1);
  expect(plan({ comments }).close).toHaveLength(2);
});
