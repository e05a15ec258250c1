// What becomes of a comment that tells of several findings of one line.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import type { Decision } from "../../src/review/decision.ts";
import type { EarlierComment } from "../../src/review/earlier.ts";
import { planReview } from "../../src/review/plan.ts";
import type { ReviewedFinding } from "../../src/review/reviewed-finding.ts";
import {
  aChange,
  aChangedFile,
  anEarlier,
  anEarlierComment,
  aProblem,
  aReview,
  aReviewed,
} from "../makers.ts";

const grave = aReviewed({ line: 4, fingerprint: "a".repeat(16) });
const mild = aReviewed({
  ...{ line: 4, fingerprint: "b".repeat(16) },
  rule: "security/weak-hash",
  severity: "medium",
});

const marks = (given: Partial<EarlierComment> = {}): readonly EarlierComment[] =>
  [grave, mild].map(({ fingerprint, finding }) =>
    anEarlierComment({ fingerprint, rule: finding.rule, ...given }),
  );

function plan(
  introduced: readonly ReviewedFinding[],
  comments: readonly EarlierComment[],
  given: { decisions?: readonly Decision[]; problems?: ReturnType<typeof aProblem>[] } = {},
) {
  const { decisions = [], problems = [] } = given;
  const change = aChange([aChangedFile({ added: [4] })]);
  const earlier = anEarlier({ comments, decisions });
  return planReview(aReview({ introduced, problems }), change, earlier, defaultConfig);
}

test("as long as all its findings are there it is left alone", () => {
  const { say, rewrite, leave } = plan([grave, mild], marks());

  expect([say, rewrite]).toEqual([[], []]);
  expect(leave).toHaveLength(2);
});

test("when one is fixed it says so, and goes on telling of the other", () => {
  const { close, rewrite } = plan([mild], marks());

  expect(close).toEqual([]);
  expect(rewrite).toMatchObject([
    {
      deed: "edit",
      parts: [
        { kind: "open", reviewed: mild },
        { kind: "closed", closing: { kind: "fixed" } },
      ],
    },
  ]);
});

test("when the last one is fixed it ends, unless people talk there", () => {
  const [first, second] = marks();
  if (first === undefined || second === undefined) throw new Error("two marks are needed");
  const comments = [first, { ...second, standing: "fixed" as const }];

  expect(plan([], comments).rewrite).toMatchObject([{ deed: "close", endsThread: true }]);
  expect(plan([], marks({ hasReplies: true })).rewrite).toMatchObject([{ endsThread: false }]);
  expect(plan([], marks({ standing: "fixed" })).rewrite).toEqual([]);
});

test("when one comes back after all were fixed, it is opened again", () => {
  expect(plan([mild], marks({ standing: "fixed" })).rewrite).toMatchObject([
    { deed: "reopen", parts: [{ kind: "open", reviewed: mild }, { closing: undefined }] },
  ]);
});

test("a decision on one of them is kept with it", () => {
  const decision: Decision = {
    subject: { kind: "rule", rule: "security/weak-hash" },
    ...{ number: 1, by: "octocat", at: "2026-01-02T03:04:05Z", reason: "a checksum" },
  };

  expect(plan([grave, mild], marks(), { decisions: [decision] }).rewrite).toMatchObject([
    { deed: "edit", parts: [{ kind: "open" }, { kind: "closed", decision }] },
  ]);
});

test("where it is not sure what became of one, nothing is said of the others", () => {
  const problems = [aProblem({ kind: "syntax-error" })];
  const [first, second] = marks();
  if (first === undefined || second === undefined) throw new Error("two marks are needed");
  const comments = [{ ...first, standing: "fixed" as const }, second];

  expect(plan([grave], comments, { problems }).rewrite).toEqual([]);
});
