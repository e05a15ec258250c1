// What GitHub still allows, read off its answers.

import { expect, test } from "vitest";
import { createBudgets, lowBudget } from "../../src/github/budgets.ts";

const now = Date.parse("2026-01-01T12:00:00Z");

function headers(remaining: number, changes: Readonly<Record<string, string>> = {}) {
  return {
    date: "Thu, 01 Jan 2026 12:00:00 GMT",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(now / 1000 + 1800),
    "x-ratelimit-resource": "core",
    ...changes,
  };
}

test("each installation has its own budget, for REST and for GraphQL", () => {
  const budgets = createBudgets(() => now);
  budgets.note(1, headers(4000));
  budgets.note(1, headers(20, { "x-ratelimit-resource": "graphql" }));
  budgets.note(2, headers(4999));

  expect(budgets.known(1).map(({ resource, remaining }) => [resource, remaining])).toEqual([
    ["core", 4000],
    ["graphql", 20],
  ]);
  expect(lowBudget(budgets.known(1))?.resource).toBe("graphql");
  expect(lowBudget(budgets.known(2))).toBeUndefined();
  budgets.forget(1);
  expect(budgets.known()).toHaveLength(1);
});

test("a tenth of the hour's limit is where it begins to be low", () => {
  const budgets = createBudgets(() => now);
  budgets.note(1, headers(500));
  expect(lowBudget(budgets.known(1))).toBeUndefined();
  budgets.note(1, headers(499));
  expect(lowBudget(budgets.known(1))).toMatchObject({ remaining: 499, resetAt: now + 1_800_000 });
});

test("an answer that was overtaken gives nothing back, a new hour does", () => {
  const budgets = createBudgets(() => now);
  budgets.note(1, headers(100));
  budgets.note(1, headers(101));
  expect(budgets.known(1)[0]?.remaining).toBe(100);
  budgets.note(1, headers(5000, { "x-ratelimit-reset": String(now / 1000 + 5400) }));
  expect(budgets.known(1)[0]?.remaining).toBe(5000);
});

test("when the hour is over nothing is known, whatever time this machine thinks it is", () => {
  let ours = now - 7_200_000;
  const budgets = createBudgets(() => ours);
  budgets.note(1, headers(0));
  expect(budgets.known(1)).toHaveLength(1);

  ours += 1_799_000;
  expect(budgets.known(1)).toHaveLength(1);
  ours += 2_000;
  expect(budgets.known(1)).toEqual([]);
});

test("an answer without a limit, or of another kind, tells nothing", () => {
  const budgets = createBudgets(() => now);
  budgets.note(1, {});
  budgets.note(1, headers(10, { "x-ratelimit-resource": "search" }));
  budgets.note(1, headers(10, { "x-ratelimit-limit": "none" }));
  expect(budgets.known()).toEqual([]);
});
