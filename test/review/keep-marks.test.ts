// Equal findings keep the names under which their comments know them.

import { expect, test } from "vitest";
import { withFingerprints } from "../../src/review/fingerprint.ts";
import { keepMarks } from "../../src/review/keep-marks.ts";
import type { Review } from "../../src/review/review.ts";
import { aFinding, anEarlierComment, aReview } from "../makers.ts";

/** A review that finds the same on each of these lines. */
function found(...lines: readonly number[]): Review {
  const findings = withFingerprints(lines.map((line) => aFinding({ line })));
  return aReview({ introduced: findings.map((each) => ({ ...each, mode: "block" })) });
}

const [first = "", second = "", third = ""] = found(1, 2, 3).introduced.map(
  ({ fingerprint }) => fingerprint,
);

const commentOn = (fingerprint: string, line: number | undefined) =>
  anEarlierComment({
    fingerprint,
    lines: line === undefined ? undefined : { start: line, end: line },
  });

const marksOf = ({ introduced }: Review) =>
  introduced.map(({ finding, fingerprint }) => [finding.place.startLine, fingerprint]);

test("when the first of two is mended, the second is still known as the second", () => {
  const comments = [commentOn(first, undefined), commentOn(second, 19)];

  expect(marksOf(keepMarks(found(19), comments))).toEqual([[19, second]]);
});

test("one that comes above the others takes a name that is free", () => {
  const comments = [commentOn(first, 11), commentOn(second, 21)];

  expect(marksOf(keepMarks(found(4, 11, 21), comments))).toEqual([
    [4, third],
    [11, first],
    [21, second],
  ]);
});

test("where no comment stands on any of them, all stay as they are", () => {
  const review = found(4, 9);

  expect(keepMarks(review, [])).toBe(review);
  expect(keepMarks(review, [commentOn(second, 30)])).toBe(review);
  expect(keepMarks(review, [commentOn("0".repeat(16), 4)])).toBe(review);
});

test("the name of one that was there before is not given away", () => {
  const existing = found(2).introduced;
  const review = { ...found(2, 8), existing, introduced: found(2, 8).introduced.slice(1) };

  expect(marksOf(keepMarks(review, [commentOn(first, 8)]))).toEqual([[8, second]]);
});
