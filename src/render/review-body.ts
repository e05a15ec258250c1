// The few words above the comments of one review; GitHub asks for some.

import type { Plan } from "../review/plan.ts";
import type { Templates } from "./templates.ts";

export function renderReviewBody(plan: Plan, templates: Templates): string {
  const more = plan.say.reduce((sum, { also = [] }) => sum + 1 + also.length, 0);
  return templates.render("review-body", {
    title: plan.title,
    more: plan.leave.length === 0 ? undefined : count(more, "more finding", "more findings"),
    before: count(plan.leave.length, "told before is", "told before are"),
    listed:
      plan.summaryOnly.length === 0
        ? undefined
        : count(plan.summaryOnly.length, "finding is told", "findings are told"),
  });
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
