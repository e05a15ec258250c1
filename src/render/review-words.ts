// Everything that Pyward writes on GitHub, as one value: made once at start, used by whoever publishes.

import type { Rulebook } from "../analysis/rulebook.ts";
import type { Plan, PlannedComment, Reopened } from "../review/plan.ts";
import type { Closed } from "../review/plan-closing.ts";
import type { Rewritten } from "../review/plan-shared.ts";
import type { Review } from "../review/review.ts";
import type { CheckFacts, CheckOutput } from "./check-summary.ts";
import { renderCheck } from "./check-summary.ts";
import { renderClosedComment } from "./closed-comment.ts";
import { type CommandWords, createCommandWords } from "./command-words.ts";
import type { Links } from "./links.ts";
import { code } from "./markdown.ts";
import { renderReviewBody } from "./review-body.ts";
import { renderReviewComment } from "./review-comment.ts";
import { ruleNames } from "./rule-names.ts";
import { renderSharedComment } from "./shared-comment.ts";
import type { Templates } from "./templates.ts";

/** Markdown, within GitHub's limits, safe whatever the code under review holds. */
export interface ReviewWords extends CommandWords {
  /** The body of one review comment, marker included; at most 65,536 characters. */
  comment(planned: PlannedComment, links: Links): string;
  /** The same comment again, whose finding came back in the commit `head`. */
  reopened(comment: Reopened, head: string, links: Links): string;
  /** A comment whose finding is fixed or ignored, as of the commit `head`. */
  closedComment(closed: Closed, head: string): string;
  /** A comment on several findings, as they stand as of the commit `head`. */
  rewritten(shared: Rewritten, head: string, links: Links): string;
  /** The body of a review that holds at least one comment. */
  body(plan: Plan, review: Review, links: Links): string;
  /** The output of a check that ended. */
  check(review: Review, plan: Plan, links: Links, facts?: CheckFacts): CheckOutput;
  /** The output of the check while the review is under way. */
  inProgress(): CheckOutput;
  /** The output of a check that ends neutral because of us. */
  apology(reason?: "failed" | "out-of-time"): CheckOutput;
  /** The output of a check that ends because newer commits came; `head` is the newer commit's id. */
  superseded(head: string): CheckOutput;
  /** The output of the check of a draft where the config says to skip those. */
  draft(): CheckOutput;
  /** The output of a check that ends because its pull request was closed. */
  closed(): CheckOutput;
}

export function createReviewWords(templates: Templates, rulebook: Rulebook): ReviewWords {
  const names = ruleNames(rulebook);
  return {
    ...createCommandWords(templates, rulebook, names),
    comment: (planned, links) => renderReviewComment(planned, { templates, names, links }),
    reopened: (comment, head, links) =>
      renderReviewComment(comment, { templates, names, links }, { head, earlier: comment.earlier }),
    closedComment: (closed, head) => renderClosedComment(closed, head, { templates, names }),
    rewritten: (shared, head, links) =>
      renderSharedComment(shared, head, { templates, names, links }),
    body: (plan) => renderReviewBody(plan, templates),
    check: (review, plan, links, facts) =>
      renderCheck(review, plan, { templates, names, links, facts: facts ?? {} }),
    inProgress: () => notice("Reviewing the change", templates.render("in-progress", {})),
    apology: (reason = "failed") =>
      notice(
        reason === "failed" ? "Pyward could not finish this review" : "This review took too long",
        templates.render("apology", { isOutOfTime: reason === "out-of-time" }),
      ),
    superseded: (head) => {
      const commit = head.slice(0, 7);
      return notice(
        `Superseded by ${commit}`,
        templates.render("superseded", { commit: code(commit) }),
      );
    },
    draft: () => notice("Drafts are not reviewed here", templates.render("draft", {})),
    closed: () => notice("The pull request was closed", templates.render("closed", {})),
  };
}

function notice(title: string, summary: string): CheckOutput {
  return { title, summary, annotations: [] };
}
