// What a webhook asks of us, as a handler hands it on: plain data that survives a restart.

import { z } from "zod";
import type { Command } from "../review/command.ts";

/** Where a repository is, and as which installation we work there. */
export interface Place {
  readonly installation: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly repo: string;
}

/** A comment of a person: below the pull request, or in a review thread. */
export type CommentRef =
  | { readonly kind: "issue"; readonly id: number }
  /** GitHub asks for `path` and `commit` of whoever replies, though it ignores them. */
  | {
      readonly kind: "review";
      readonly id: number;
      readonly path: string;
      readonly commit: string;
    };

export interface ReviewAsk {
  readonly kind: "review";
  readonly place: Place;
  readonly number: number;
  /** The head when we were asked, and when the pull request had last changed (ISO 8601). */
  readonly head?: string | undefined;
  readonly updatedAt?: string | undefined;
  /** The comment that asked, to be thanked when the review is there. */
  readonly thank?: CommentRef | undefined;
}

/** "Re-run" was pressed on a commit whose pull request the payload does not tell (forks). */
export interface CommitAsk {
  readonly kind: "commit";
  readonly place: Place;
  readonly head: string;
}

export interface CommandAsk {
  readonly kind: "command";
  readonly place: Place;
  readonly number: number;
  readonly comment: CommentRef;
  /** Who commented, and whether the pull request is theirs. */
  readonly login: string;
  readonly isAuthor: boolean;
  /** The command alone: the comment's other words may hold code, and code is never stored. */
  readonly command: Command;
}

export interface MergeGroupAsk {
  readonly kind: "merge-group";
  readonly place: Place;
  readonly head: string;
  readonly base: string;
}

export type Ask = ReviewAsk | CommitAsk | CommandAsk | MergeGroupAsk;

/**
 * The slot an ask belongs to: of one slot only one ask is worked on at a time, and those that wait
 * are answered together.
 */
export function slotOf(ask: Ask): string {
  const repository = String(ask.place.repositoryId);
  switch (ask.kind) {
    case "review":
      return `${repository}#${ask.number}`;
    case "commit":
      return `${repository}@${ask.head}`;
    case "command":
      return `${repository}#${ask.number}/${ask.comment.kind}-${ask.comment.id}`;
    case "merge-group":
      return `${repository}+${ask.head}`;
  }
}

const place = z.object({
  installation: z.number().int(),
  repositoryId: z.number().int(),
  owner: z.string(),
  repo: z.string(),
});

const comment = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("issue"), id: z.number().int() }),
  z.object({
    kind: z.literal("review"),
    id: z.number().int(),
    path: z.string(),
    commit: z.string(),
  }),
]);

const commandSchema = z.discriminatedUnion("name", [
  z.object({ name: z.literal("review") }),
  z.object({ name: z.literal("help") }),
  z.object({
    name: z.literal("unknown"),
    word: z.string(),
    // Absent in the store where it was `undefined`.
    meant: z
      .enum(["review", "help"])
      .optional()
      .transform((meant) => meant),
  }),
]);

/** Reads an ask back from the store. */
export const askSchema: z.ZodType<Ask> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("review"),
    place,
    number: z.number().int(),
    head: z.string().optional(),
    updatedAt: z.string().optional(),
    thank: comment.optional(),
  }),
  z.object({ kind: z.literal("commit"), place, head: z.string() }),
  z.object({
    kind: z.literal("command"),
    place,
    number: z.number().int(),
    comment,
    login: z.string(),
    isAuthor: z.boolean(),
    command: commandSchema,
  }),
  z.object({ kind: z.literal("merge-group"), place, head: z.string(), base: z.string() }),
]);
