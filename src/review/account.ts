// What is kept of a review for its own page: which rules found something where, and what became of it.
// No code, and no words about code: a message would quote it.

import { z } from "zod";
import { severities } from "../analysis/finding.ts";
import { commentedFindings, type Plan } from "./plan.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** So many findings, and so many files that could not be read, are kept; the counts tell of all. */
const mostRows = 500;

const row = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  path: z.string(),
  /** 1-based lines of the head. */
  line: z.number().int(),
  endLine: z.number().int(),
  /** Where a person reads of it; `ignored` by a person, whose login is `by`. */
  told: z.enum(["comment", "summary", "ignored"]),
  blocks: z.boolean(),
  by: z.string().optional(),
});

export const accountSchema = z.object({
  owner: z.string(),
  repo: z.string(),
  /** `undefined` for a merge group. */
  number: z.number().int().optional(),
  title: z.string(),
  conclusion: z.string(),
  rows: z.array(row),
  counts: z.object({
    introduced: z.number().int(),
    existing: z.number().int(),
    suppressed: z.number().int(),
    changedFiles: z.number().int(),
    pythonFiles: z.number().int(),
    contextFiles: z.number().int(),
  }),
  /** Files that could not be (wholly) looked at, and why, in a word. */
  problems: z.array(z.object({ path: z.string(), kind: z.string() })),
  /** Files of settings that held, outermost first; none for the defaults. */
  settings: z.array(z.string()),
  seconds: z.number(),
});

export type ReviewAccount = z.infer<typeof accountSchema>;

/** What else is to be told than what the review and its plan hold. */
export type AccountFacts = Pick<
  ReviewAccount,
  "owner" | "repo" | "number" | "conclusion" | "settings" | "seconds"
>;

export function makeAccount(review: Review, plan: Plan, facts: AccountFacts): ReviewAccount {
  const commented = commentedFindings(plan);
  const rowOf = ({ finding, mode }: ReviewedFinding): Omit<z.infer<typeof row>, "told"> => {
    const { rule, severity, place } = finding;
    const { path, startLine: line, endLine } = place;
    return { rule, severity, path, line, endLine, blocks: mode === "block" };
  };
  const told = plan.told.map((each) => ({
    ...rowOf(each),
    told: commented.has(each) ? ("comment" as const) : ("summary" as const),
  }));
  const ignored = plan.ignored.map(({ reviewed, decision }) => ({
    ...rowOf(reviewed),
    ...{ told: "ignored" as const, blocks: false, by: decision.by },
  }));
  const { changedFiles, pythonFiles, contextFiles } = review.coverage;
  return {
    ...facts,
    title: plan.title,
    rows: [...told, ...ignored].slice(0, mostRows),
    counts: {
      introduced: told.length,
      existing: review.existing.length,
      suppressed: review.suppressed.length,
      ...{ changedFiles, pythonFiles, contextFiles },
    },
    problems: review.problems.slice(0, mostRows).map(({ path, kind }) => ({ path, kind })),
  };
}
