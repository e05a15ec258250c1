// Which surroundings code is meant for: a developer's machine or a test, production, or nobody knows.
// Told by the conditions that a place stands under and by the names of files and classes.

import type { Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import { enclosingNodes } from "../enclosing.ts";
import { isTestPath } from "../paths.ts";

export type Environment = "development" | "production" | "unknown";

const developmentWords =
  /(?:^|[^a-z])(?:dev|develop|development|developer|devel|debug|local|localhost|test|tests|testing|pytest|unittest|ci|sandbox|demo|example|examples|sample|playground|runserver|reload)(?:$|[^a-z])/u;
const productionWords =
  /(?:^|[^a-z])(?:prod|production|live|release|staging|deploy|deployed|heroku)(?:$|[^a-z])/u;

/** Whether a file or class is, by its name, for developers and tests only: `settings/local.py`, `TestingConfig`. */
export function isForDevelopment(name: string): boolean {
  return isTestPath(name) || developmentWords.test(inWords(name));
}

/** Whether a file or class is, by its name, what runs in production: `settings/production.py`, `ProductionConfig`. */
export function isForProduction(name: string): boolean {
  return productionWords.test(inWords(name)) && !isForDevelopment(name);
}

/** Whether code may run elsewhere than in a test, an example or on a developer's machine. */
export function runsInProduction(span: Span): boolean {
  return !isTestPath(span.module.path) && environmentAt(span) !== "development";
}

/** Where the code at a place runs, by the `if`s around it; `production` where there are none. */
export function environmentAt(span: Span): Environment {
  let environment: Environment = "production";
  for (const node of enclosingNodes(span)) {
    // A condition within the expression itself is the value's own matter.
    if (node.kind === "function" || node.kind === "class") {
      if (isForDevelopment(node.name)) return "development";
      continue;
    }
    if (node.kind !== "if") continue;
    const at = node.branches.findIndex(({ body }) => holds(body, span));
    const isElse = at < 0 && holds(node.otherwise, span);
    if (at < 0 && !isElse) continue;
    const tests = node.branches.map(({ test }) => leaning(test, span));
    const own = isElse ? otherwise(tests) : (tests[at] ?? "unknown");
    if (own === "development") return "development";
    if (own === "unknown") environment = "unknown";
  }
  return environment;
}

function holds(body: readonly { readonly start: number; readonly end: number }[], span: Span) {
  return body.some(({ start, end }) => start <= span.start && span.end <= end);
}

/** Where it holds that none of the tests did. */
function otherwise(tests: readonly Environment[]): Environment {
  if (tests.includes("production")) return "development";
  return tests.every((test) => test === "development") ? "production" : "unknown";
}

/** Where a condition is true: `DEBUG` is a developer's, `not DEBUG` and `ENV == "production"` are not. */
function leaning(test: Expression, at: Span): Environment {
  switch (test.kind) {
    case "unary":
      return test.operator === "not" ? opposite(leaning(test.operand, at)) : "unknown";
    case "logical": {
      const sides = [leaning(test.left, at), leaning(test.right, at)];
      if (test.operator === "or")
        return sides[0] === sides[1] ? (sides[0] ?? "unknown") : "unknown";
      if (sides.includes("development")) return "development";
      return sides.includes("production") ? "production" : "unknown";
    }
    case "compare": {
      if (isEntryPoint(test, at)) return "production";
      const words = wordsOf(test, at);
      const [operator] = test.operators;
      const isNegative =
        operator === "!=" ||
        operator === "not in" ||
        operator === "is not" ||
        /\bfalse\b/u.test(words);
      return isNegative ? opposite(worded(words)) : worded(words);
    }
    default:
      return worded(wordsOf(test, at));
  }
}

function isEntryPoint(test: Expression, at: Span): boolean {
  return /__name__|__main__/u.test(at.module.text.slice(test.start, test.end));
}

function worded(words: string): Environment {
  if (developmentWords.test(words)) return "development";
  return productionWords.test(words) ? "production" : "unknown";
}

function opposite(environment: Environment): Environment {
  if (environment === "unknown") return "unknown";
  return environment === "development" ? "production" : "development";
}

function wordsOf(test: Expression, at: Span): string {
  return inWords(at.module.text.slice(test.start, test.end));
}

/** `TestingConfig` and `testing_config` are both `testing config`. */
function inWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/gu, "$1 $2").toLowerCase();
}
