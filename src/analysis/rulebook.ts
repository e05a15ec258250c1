// The rulebook: every rule with its page, and what is known of libraries. Built once at start.

import type { Confidence, Severity } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** What the front matter and the text of a rule's README.md say, and its tested examples. */
export interface RulePage {
  /** `security/sql-injection`: folder, config key, word in an ignore comment, URL, test title. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** `CWE-89`; empty for design rules without one. */
  readonly cwe: readonly string[];
  readonly since: string;
  /** The page's first paragraph: one sentence. */
  readonly summary: string;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** What is wrong and what is right; a rule that needs several files has several of each. */
  readonly bad: readonly ExampleFile[];
  readonly good: readonly ExampleFile[];
}

/** One file of a rule's example, path relative to the rule's folder: `bad.py`, `bad/models.py`. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

export interface RulebookEntry {
  readonly page: RulePage;
  readonly rule: Rule;
}

export interface Rulebook {
  /** In the order of `rules/index.ts`. */
  readonly entries: readonly RulebookEntry[];
  /** Finds by full name (`security/sql-injection`) or by last word (`sql-injection`). */
  find(name: string): RulebookEntry | undefined;
}
