// What a webhook asks of us, as a handler hands it on: plain data that survives a restart.

import { z } from "zod";
import { aimedCommands, type Command, commandNames, plainCommands } from "../review/command.ts";
import type { Role } from "../review/config.ts";

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
      /** The comment that began the thread, where that is another one. */
      readonly root?: number | undefined;
    };

/** A command that changes what the review says, given by a person who may give it at all. */
export interface Order {
  readonly name: "ignore" | "unignore" | "pause" | "resume";
  readonly words: string;
  readonly comment: CommentRef;
  readonly login: string;
  readonly isAuthor: boolean;
  readonly role: Role;
  /** When the person spoke, ISO 8601. */
  readonly at: string;
}

/** The fixes are to be committed, says a person who may write. */
export interface FixOrder {
  readonly comment: CommentRef;
  readonly login: string;
  /** GitHub's number of the person. */
  readonly userId?: number | undefined;
}

export interface ReviewAsk {
  readonly kind: "review";
  readonly place: Place;
  readonly number: number;
  /** The head when we were asked, and when the pull request had last changed (ISO 8601). */
  readonly head?: string | undefined;
  readonly updatedAt?: string | undefined;
  /** The comment that asked, to be thanked when the review is there, and the login of who wrote it. */
  readonly thank?: CommentRef | undefined;
  readonly askedBy?: string | undefined;
  /** Should the summary list what was there before, too? */
  readonly isFull?: boolean | undefined;
  /** The pull request was closed: what is under way for it is to be let go. */
  readonly isClosed?: boolean | undefined;
  /** Somebody resolved one of our threads, or opened it: only the check's words are to follow. */
  readonly isGlance?: boolean | undefined;
  /** Where this is set, only the order is asked for: the analysis may be one made before. */
  readonly order?: Order | undefined;
  /** Where this is set, only the fixes are asked for. */
  readonly fix?: FixOrder | undefined;
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
  /** Who commented, GitHub's number of the person, and whether the pull request is theirs. */
  readonly login: string;
  readonly userId?: number | undefined;
  readonly isAuthor: boolean;
  /** When the person spoke, ISO 8601. */
  readonly at: string;
  /** The command's line alone: the comment's other words may hold code, and code is never stored. */
  readonly command: Command;
}

export interface MergeGroupAsk {
  readonly kind: "merge-group";
  readonly place: Place;
  readonly head: string;
  readonly base: string;
  /** The pull request that the group brings, and the tree of its head, where GitHub tells them. */
  readonly number?: number | undefined;
  readonly tree?: string | undefined;
  /** The queue let the group go: nobody waits for its check any more. */
  readonly isDestroyed?: boolean | undefined;
}

/** "Show config" was pressed on a check run. */
export interface ShowConfigAsk {
  readonly kind: "show-config";
  readonly place: Place;
  /** GitHub's number of the check run. */
  readonly run: number;
}

/** The default branch moved. */
export interface BranchAsk {
  readonly kind: "branch";
  readonly place: Place;
  /** `refs/heads/main`. */
  readonly ref: string;
  readonly head: string;
}

/** The App was taken off: what we know of an installation, or of some of its repositories, goes. */
export interface ForgetAsk {
  readonly kind: "forget";
  readonly installation: number;
  /** GitHub's numbers of the repositories; `undefined` for all of them. */
  readonly repositories?: readonly number[] | undefined;
}

export type Ask =
  | ReviewAsk
  | CommitAsk
  | CommandAsk
  | MergeGroupAsk
  | ShowConfigAsk
  | BranchAsk
  | ForgetAsk;

/**
 * The slot an ask belongs to: of one slot only one ask is worked on at a time, and those that wait
 * are answered together.
 */
export function slotOf(ask: Ask): string {
  if (ask.kind === "forget") return `installation ${ask.installation}`;
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
    case "show-config":
      return `${repository}!${ask.run}`;
    case "branch":
      return `${repository}=${ask.ref}`;
  }
}

/** What was asked, without what was ordered or thanked for then: that was done or refused. */
export function bareAsk(ask: Ask): Ask | undefined {
  switch (ask.kind) {
    case "review":
      return { kind: "review", place: ask.place, number: ask.number };
    case "merge-group":
      return ask;
    default:
      return undefined;
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
    root: z.number().int().optional(),
  }),
]);

const orderSchema = z.object({
  name: z.enum(["ignore", "unignore", "pause", "resume"]),
  words: z.string(),
  comment,
  login: z.string(),
  isAuthor: z.boolean(),
  role: z.enum(["read", "triage", "write", "maintain", "admin"]),
  at: z.string(),
});

const commandSchema = z.discriminatedUnion("name", [
  z.object({ name: z.enum(plainCommands) }),
  z.object({ name: z.enum(aimedCommands), words: z.string() }),
  z.object({
    name: z.literal("unknown"),
    word: z.string(),
    // Absent in the store where it was `undefined`.
    meant: z
      .enum(commandNames)
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
    askedBy: z.string().optional(),
    isFull: z.boolean().optional(),
    isClosed: z.boolean().optional(),
    isGlance: z.boolean().optional(),
    order: orderSchema.optional(),
    fix: z.object({ comment, login: z.string(), userId: z.number().int().optional() }).optional(),
  }),
  z.object({ kind: z.literal("commit"), place, head: z.string() }),
  z.object({
    kind: z.literal("command"),
    place,
    number: z.number().int(),
    comment,
    login: z.string(),
    userId: z.number().int().optional(),
    isAuthor: z.boolean(),
    at: z.string(),
    command: commandSchema,
  }),
  z.object({
    ...{ kind: z.literal("merge-group"), place, head: z.string(), base: z.string() },
    number: z.number().int().optional(),
    tree: z.string().optional(),
    isDestroyed: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("show-config"), place, run: z.number().int() }),
  z.object({ kind: z.literal("branch"), place, ref: z.string(), head: z.string() }),
  z.object({
    kind: z.literal("forget"),
    installation: z.number().int(),
    repositories: z.array(z.number().int()).optional(),
  }),
]);
