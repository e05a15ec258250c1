// What a migration adds to tables and takes away, whichever library it is written for.

import type { Declaration, DroppedIndex, LooseIndex } from "./facts.ts";

/** What the migrations of one file say. */
export interface Migration {
  readonly declarations: readonly Declaration[];
  readonly indexes: readonly LooseIndex[];
  /** `table` or `table.column`: taken away again, or renamed. */
  readonly gone: readonly string[];
  readonly dropped: readonly DroppedIndex[];
}

/** A migration as it is being read. */
export interface Found {
  readonly declarations: Declaration[];
  readonly indexes: LooseIndex[];
  readonly gone: string[];
  readonly dropped: DroppedIndex[];
}
