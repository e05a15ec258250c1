// Counts what a review found and what became of the comments of earlier ones: how often a rule is
// right, and how often people disagree with it.

import type { Plan } from "../review/plan.ts";
import type { Closing } from "../review/plan-closing.ts";
import type { CommentOutcome, Metrics } from "./metrics.ts";

/**
 * To be called once a review is told, so that an attempt that failed is not counted. Where the plan is
 * not carried out, nothing became of a comment.
 */
export function countFindings(
  { found, commented }: Metrics,
  plan: Plan,
  isCarriedOut: boolean,
): void {
  for (const { finding } of plan.told) found(finding.rule, finding.severity);
  if (!isCarriedOut) return;
  for (const { reviewed, also = [] } of plan.say) {
    for (const { finding } of [reviewed, ...also]) commented(finding.rule, "made");
  }
  for (const { reviewed } of plan.reopen) commented(reviewed.finding.rule, "returned");
  for (const { earlier, closing } of plan.close) count(earlier.rule, closing);
  for (const { parts } of plan.rewrite) {
    for (const part of parts) {
      if (part.kind === "closed" && part.closing !== undefined) {
        count(part.earlier.rule, part.closing);
      }
    }
  }

  function count(rule: string, closing: Closing): void {
    const outcome = outcomes[closing.kind];
    if (outcome !== undefined) commented(rule, outcome);
  }
}

/** What the base has by now was neither mended nor contradicted. */
const outcomes: Readonly<Record<Closing["kind"], CommentOutcome | undefined>> = {
  fixed: "fixed",
  leaked: "fixed",
  ignored: "ignored",
  "ignored-in-code": "ignored",
  "not-new": undefined,
};
