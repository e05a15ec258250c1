// How a rule is called in words for people, and in an ignore comment.

import type { Rulebook } from "../analysis/rulebook.ts";

export interface RuleNames {
  /** "SQL built from user input"; the rule's own name where the rulebook does not know it. */
  title(rule: string): string;
  /** The shortest name that an ignore comment can use: `sql-injection`. */
  short(rule: string): string;
}

export function ruleNames(rulebook: Rulebook): RuleNames {
  return {
    title: (rule) => rulebook.find(rule)?.page.title ?? rule,
    short(rule) {
      const lastWord = rule.slice(rule.lastIndexOf("/") + 1);
      return rulebook.find(lastWord)?.page.name === rule ? lastWord : rule;
    },
  };
}
