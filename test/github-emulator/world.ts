// What the emulator remembers: the nouns of GitHub that Pyward meets, as plain values in memory.

import type { KeyObject } from "node:crypto";
import type { GitRepository } from "./git.ts";

export interface World {
  /** The App under test; registering another one from a manifest puts that in its place. */
  app: RegisteredApp;
  readonly users: Map<string, User>;
  /** By lower-case `owner/name`. */
  readonly repositories: Map<string, Repository>;
  readonly installations: Map<number, Installation>;
  /** By the token itself. */
  readonly tokens: Map<string, InstallationToken>;
  /** What is known of packages, whoever uses them. */
  readonly advisories: PublishedAdvisory[];
  /** Codes of the manifest flow that may still be exchanged, once, with what was registered. */
  readonly manifestCodes: Map<string, ManifestToRegister | undefined>;
  /** The next id of any object; ids rise with time, as GitHub's do. */
  readonly nextId: () => number;
  /** Counts the commits made here. */
  readonly nextCommit: () => number;
  readonly now: () => Date;
}

export interface PublishedAdvisory {
  /** Of the package. */
  readonly name: string;
  readonly versions: readonly string[];
  /** `GHSA-x84v-xcm2-53pg`. */
  readonly id: string;
  readonly severity: "critical" | "high" | "moderate" | "low";
  readonly summary: string;
}

/** An App as its manifest asks for it. */
export interface ManifestToRegister {
  readonly name: string;
  readonly url: string;
  readonly hookUrl: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export interface RegisteredApp {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: User;
  readonly bot: User;
  readonly publicKey: KeyObject;
  /** PEM, for the program under test. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** What its owner set on the settings page, and may change there. */
  permissions: Permissions;
  events: readonly string[];
  hook: { contentType: "json" | "form"; hasSecret: boolean; insecureSsl: "0" | "1" };
  readonly createdAt: Date;
}

export type Access = "read" | "write";
export type Permissions = Readonly<Record<string, Access>>;

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Organization";
}

export interface Installation {
  readonly id: number;
  readonly account: User;
  readonly createdAt: Date;
  /** What the account's owner accepted. */
  permissions: Permissions;
  /** The ids of the repositories it may touch. */
  readonly repositories: Set<number>;
  suspendedAt: Date | undefined;
}

export interface InstallationToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** `undefined`: all that the installation may touch. */
  readonly repositories: ReadonlySet<number> | undefined;
  expiresAt: Date;
}

export interface Repository {
  readonly id: number;
  readonly owner: User;
  name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  readonly git: GitRepository;
  readonly parent: Repository | undefined;
  readonly roles: Map<string, Role>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly createdAt: Date;
  /** Off: a push brings no `check_suite.requested`. */
  autoTriggerChecks: boolean;
  /** Names of branches that only pull requests may change. */
  readonly protectedBranches: Set<string>;
  /** Off: the plan or the settings of a private repository leave it out. */
  hasDependencyReview: boolean;
  /** Off: a private repository without GitHub Advanced Security. */
  hasCodeScanning: boolean;
  readonly analyses: CodeScanningAnalysis[];
  nextNumber: number;
}

/** What a tool uploaded to code scanning for the tip of a branch or of a pull request. */
export interface CodeScanningAnalysis {
  /** `refs/heads/main`, `refs/pull/7/head`. */
  readonly ref: string;
  readonly commit: string;
  readonly tool: string;
  readonly category: string;
  readonly results: readonly {
    readonly rule: string;
    /** As in the upload: encoded as a URI. */
    readonly path: string;
    readonly line: number;
    readonly fingerprint: string;
  }[];
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  readonly createdAt: Date;
  readonly headRepository: Repository;
  readonly headRef: string;
  title: string;
  body: string;
  state: "open" | "closed";
  draft: boolean;
  merged: boolean;
  baseRef: string;
  /** The tip of the base branch when the pull request was last opened, pushed to or given another base. */
  baseSha: string;
  headSha: string;
  mergeSha: string | undefined;
  updatedAt: Date;
  closedAt: Date | undefined;
  readonly reviews: Review[];
  readonly threads: Thread[];
  readonly comments: Comment[];
}

export interface Comment {
  readonly id: number;
  readonly author: User;
  readonly createdAt: Date;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: Date;
  minimized: string | undefined;
  /** Who edited it last. */
  editor?: User;
}

export interface Reaction {
  readonly id: number;
  readonly content: string;
  readonly user: User;
  readonly createdAt: Date;
}

export interface Review {
  readonly id: number;
  readonly author: User;
  readonly commit: string;
  state: "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED" | "DISMISSED" | "PENDING";
  body: string;
  submittedAt: Date | undefined;
  minimized: string | undefined;
}

export type Side = "LEFT" | "RIGHT";

/** Where a comment was put: 1-based lines of the file on its side of the diff at `commit`. */
export interface Place {
  readonly commit: string;
  readonly side: Side;
  readonly line: number;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
  /** Lines below the first `@@`, as the old `position` counts them. */
  readonly position: number;
}

export interface Thread {
  readonly id: string;
  readonly path: string;
  readonly subject: "line" | "file";
  /** `undefined` for a comment on a file. */
  readonly original: Place | undefined;
  readonly originalCommit: string;
  readonly diffHunk: string;
  readonly comments: ReviewComment[];
  /** Where it stands at the present head; `undefined` once outdated, and for a comment on a file. */
  current: Place | undefined;
  isOutdated: boolean;
  resolvedBy: User | undefined;
}

export interface ReviewComment extends Comment {
  readonly review: Review;
  readonly inReplyTo: number | undefined;
}

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly createdAt: Date;
  /** `null` where the commit was not pushed to this repository: a fork's. */
  readonly headBranch: string | null;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | undefined;
  detailsUrl: string | undefined;
  externalId: string | undefined;
  startedAt: Date | undefined;
  completedAt: Date | undefined;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** An annotation as the App sent it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

/** The user of that name, made at first sight. */
export function userNamed(world: World, login: string, type: User["type"] = "User"): User {
  const known = world.users.get(login.toLowerCase());
  if (known) return known;
  const user: User = { id: world.nextId(), login, type };
  world.users.set(login.toLowerCase(), user);
  return user;
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  return world.repositories.get(`${owner}/${name}`.toLowerCase());
}

/** The repository, or an error for the author of the test. */
export function repositoryNamed(world: World, owner: string, name: string): Repository {
  const repository = findRepository(world, owner, name);
  if (!repository) throw new Error(`the emulator holds no repository ${owner}/${name}`);
  return repository;
}

/** The pull request, or an error for the author of the test. */
export function pullRequestNumbered(repository: Repository, number: number): PullRequest {
  const found = repository.pullRequests.get(number);
  if (!found) throw new Error(`${fullName(repository)} has no pull request #${number}`);
  return found;
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** What a person may do there: the owner everything, others what was given, strangers read a public repository. */
export function roleOf(repository: Repository, login: string): Role {
  if (login.toLowerCase() === repository.owner.login.toLowerCase()) return "admin";
  return repository.roles.get(login.toLowerCase()) ?? (repository.isPrivate ? "none" : "read");
}

/** The installation that covers a repository, if it is installed there. */
export function installationOf(world: World, repository: Repository): Installation | undefined {
  return [...world.installations.values()].find((each) => each.repositories.has(repository.id));
}

/** A GraphQL node id: the prefix names the type, as GitHub's do. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${id.toString(36).padStart(8, "0")}`;
}
