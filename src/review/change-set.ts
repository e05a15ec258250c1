// A change as Pyward reviews it: the files that differ between the merge base and the head.

import type { DependencyChange } from "../analysis/dependencies/dependency-change.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { Hunk } from "./patch.ts";

export interface ChangeSet {
  /** Commit id of the merge base. */
  readonly base: string;
  /** Commit id of the head; `undefined` for a working tree. */
  readonly head: string | undefined;
  readonly files: readonly ChangedFile[];
  /** What stood in between; absent where the history is not at hand. */
  readonly passing?: readonly PassingVersion[];
  /** What the change does to the packages that manifests name; absent where nobody was asked. */
  readonly dependencies?: readonly DependencyChange[] | "unanswered";
}

/** A version of a file that a commit of the change made and a later one replaced. */
export interface PassingVersion {
  /** Commit id. */
  readonly commit: string;
  /** Path in that commit. */
  readonly path: string;
  readonly text: string;
}

export interface ChangedFile {
  /** Path at the head; for a removed file, its path at the base. */
  readonly path: string;
  /** Path at the merge base where it was another. */
  readonly previousPath: string | undefined;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** Text at the merge base; `undefined` where the file did not exist or was not read. */
  readonly baseText: string | undefined;
  /** Text at the head; `undefined` where the file is gone or was not read. */
  readonly headText: string | undefined;
  /** Empty for a pure rename; `undefined` where no diff is to be had (binary, too large). */
  readonly hunks: readonly Hunk[] | undefined;
  /** Why a Python file could not be read, as a sentence for the user; else `undefined`. */
  readonly unread: string | undefined;
  /** The same as a word, where it is known; "not-text" is assumed. */
  readonly unreadKind?: "too-large" | "not-text";
}

/** The unchanged files that give a change its context; the same at the base and at the head. */
export interface Project {
  readonly files: readonly SourceFile[];
  /** What is missing among them, where something is known to be. */
  readonly gap?: ContextGap;
}

export type ContextGap =
  /** None of the project's other files could be had, or only some of them. */
  | { readonly kind: "unreachable" | "incomplete" }
  /** So many files that the change has to do with were too many. */
  | { readonly kind: "no-room"; readonly files: number };
