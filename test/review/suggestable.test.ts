// Where a suggestion can be committed from its comment, and where it is only shown.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import { planReview } from "../../src/review/plan.ts";
import type { ReviewedFinding } from "../../src/review/reviewed-finding.ts";
import type { Suggestion } from "../../src/review/suggestion.ts";
import { aChange, aChangedFile, anEarlier, aReview, aReviewed } from "../makers.ts";

const change = { startLine: 4, endLine: 5, before: ["a", "b"], after: ["c"] };
const line = { startLine: 1, endLine: 0, before: [], after: ["import secrets"] };

function planned(suggestion: Partial<Suggestion>, added: readonly number[]) {
  const reviewed = aReviewed({ line: 5 });
  const whole = { path: "app.py", change, imports: [], edits: [], ...suggestion };
  const introduced = [{ ...reviewed, suggestion: whole }];
  const files = aChange([aChangedFile({ added })]);
  return planReview(aReview({ introduced }), files, anEarlier(), defaultConfig).say[0];
}

test("a comment with a suggestion stands on the lines that it replaces", () => {
  expect(planned({}, [3, 4, 5, 6])).toMatchObject({
    anchor: { kind: "lines", exact: true, path: "app.py", startLine: 4, line: 5 },
    offer: change,
  });
});

test.each([
  { case: "a line that the change did not touch", given: {}, added: [5, 6] },
  { case: "an import", given: { imports: [line] }, added: [3, 4, 5] },
  {
    case: "lines that end as on Windows",
    given: { change: { ...change, before: ["a\r", "b\r"], after: ["c\r"] } },
    added: [3, 4, 5],
  },
  {
    case: "a character that turns the direction of the text",
    given: { change: { ...change, after: ["c\u202e"] } },
    added: [3, 4, 5],
  },
  { case: "a file that is not part of the change", given: { path: "b.py" }, added: [3, 4, 5] },
])("$case makes it one to read only", ({ given, added }) => {
  const comment = planned(given, added);

  expect(comment?.anchor).toMatchObject({ kind: "lines", line: 5 });
  expect(comment?.offer).toBeUndefined();
});

const wider = { startLine: 4, endLine: 7, before: ["a", "b", "x", "y"], after: ["c", "x", "y"] };
const whole: Suggestion = { path: "app.py", change, imports: [], edits: [] };

function saidOf(introduced: readonly ReviewedFinding[]) {
  const files = aChange([aChangedFile({ added: [3, 4, 5, 6, 7, 8] })]);
  return planReview(aReview({ introduced }), files, anEarlier(), defaultConfig).say;
}

test("a suggestion above its finding reaches down to it, so that the comment stands on both", () => {
  const [comment] = saidOf([{ ...aReviewed({ line: 7 }), suggestion: { ...whole, wider } }]);

  expect(comment).toMatchObject({ anchor: { exact: true, startLine: 4, line: 7 }, offer: wider });
});

test("it does not reach over the lines of another suggestion", () => {
  const other = { startLine: 6, endLine: 6, before: ["x"], after: ["z"] };
  const comments = saidOf([
    { ...aReviewed({ line: 7 }), suggestion: { ...whole, wider } },
    { ...aReviewed({ line: 6 }), suggestion: { ...whole, change: other } },
  ]);

  expect(comments.map(({ anchor, offer }) => [anchor, offer])).toMatchObject([
    [{ exact: false, startLine: 4, line: 5 }, change],
    [{ exact: true, startLine: 6, line: 6 }, other],
  ]);
});

test("findings with one suggestion in common share the comment that offers it", () => {
  const comments = saidOf([
    { ...aReviewed({ line: 4 }), suggestion: whole },
    { ...aReviewed({ line: 5, rule: "security/weak-hash" }), suggestion: whole },
  ]);

  expect(comments).toHaveLength(1);
  expect(comments).toMatchObject([
    { offer: change, also: [{ finding: { place: { startLine: 5 } } }] },
  ]);
});

test("where only the milder finding of a line can be mended, its suggestion is offered", () => {
  const comments = saidOf([
    aReviewed({ line: 4 }),
    { ...aReviewed({ line: 4, fingerprint: "f".repeat(16) }), suggestion: whole },
  ]);

  expect(comments).toHaveLength(1);
  expect(comments).toMatchObject([{ anchor: { startLine: 4, line: 5 }, offer: change }]);
});

test("two suggestions for the same lines are never offered both", () => {
  const comments = saidOf([
    { ...aReviewed({ line: 4 }), suggestion: whole },
    { ...aReviewed({ line: 7 }), suggestion: { ...whole, change: { ...change, after: ["d"] } } },
  ]);

  expect(comments.map(({ offer }) => offer)).toEqual([change, undefined]);
});
