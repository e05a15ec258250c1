// What one migration does to tables that are in use, whichever library or language it is written in.

import type { Module, Span } from "../../python/module.ts";

/** One thing done to a table; what cannot be read is no step. */
export type Step = StepPlace & Change;

interface StepPlace {
  readonly span: Span;
  /** The table's name in the database; `undefined` where it is computed. */
  readonly table: string | undefined;
  readonly by: "alembic" | "batch" | "django" | "sql";
  /** No transaction is open around it, as far as its own file tells. */
  readonly isOutsideTransaction: boolean;
}

type Change =
  | { readonly kind: "create-table" | "drop-table" | "drop-constraint" }
  | { readonly kind: "rename-table"; readonly to: string | undefined }
  | {
      readonly kind: "rename-column";
      readonly column: string;
      readonly to: string | undefined;
    }
  | ({ readonly kind: "add-column" } & AddedColumn)
  | { readonly kind: "drop-column" | "set-not-null"; readonly column: string }
  | { readonly kind: "add-index"; readonly isUnique: boolean; readonly isConcurrent: boolean }
  | { readonly kind: "add-unique"; readonly columns: readonly (string | undefined)[] }
  | { readonly kind: "add-foreign-key" | "add-check"; readonly columns: readonly string[] }
  | {
      readonly kind: "change-type";
      readonly column: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "update-rows" }
  /** Python that writes rows: Django's `RunPython`. */
  | { readonly kind: "run-python" };

export interface AddedColumn {
  readonly column: string;
  readonly isNullable: boolean;
  /** Where rows that are there get their value from: the database keeps a default, or Django fills in one, once. */
  readonly filledBy: "database" | "library" | undefined;
  /** The last word of its type as it is written. */
  readonly type: string | undefined;
}

export interface MigrationFile {
  readonly module: Module;
  readonly library: "alembic" | "django" | "sql";
  /** Unique among those of one history: a revision, or a Django migration's name. */
  readonly name: string;
  /** Migrations that follow each other: a folder's, or an app's. */
  readonly history: string;
  /** Those of the same history that come before it. */
  readonly after: readonly string[];
  /** Where it says so. */
  readonly afterSpan: Span | undefined;
  /** The first of its history, or a squash of others: its tables hold nothing yet. */
  readonly isFirst: boolean;
  /** A branch that is meant to be one. */
  readonly isBranch: boolean;
  readonly steps: readonly Step[];
}
