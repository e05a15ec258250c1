// Where a suggestion can be committed from its comment, and where it is only shown.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import { planReview } from "../../src/review/plan.ts";
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
    canCommit: true,
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
  expect(comment?.canCommit).toBeUndefined();
});
