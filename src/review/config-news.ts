// What there is to tell of the config itself at the end of a review.

import type { ConfigProblem } from "./read-config-file.ts";

export interface ConfigNews {
  /** What is wrong with files that should hold: sentences for people, hostile text. */
  readonly notes: readonly string[];
  /** What the change does to the config; `undefined` where it leaves it alone. */
  readonly proposed: ProposedConfig | undefined;
}

export interface ProposedConfig {
  readonly problems: readonly (ConfigProblem & { readonly path: string })[];
  /** A line for each value that would change: `fail-on: high -> never`. */
  readonly changes: readonly string[];
}
