// Repositories: made from commits or from a repository on disk, forked, and given commits.

import { copyFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Stage } from "../call.ts";
import { diffFiles } from "../diff.ts";
import {
  askGit,
  type CommitToMake,
  createBareRepository,
  type GitRepository,
  git,
  makeCommits,
  readCommits,
  resolveCommit,
} from "../git.ts";
import { presentPushedCommit } from "../present/commit.ts";
import type { Installation, Repository, Role, User } from "../world.ts";
import { fullName, userNamed } from "../world.ts";
import { requestSuite } from "./check.ts";

export interface RepositoryToMake {
  readonly owner: string;
  /** `User` unless told. */
  readonly ownerType?: "User" | "Organization";
  readonly name: string;
  /** Private unless told: then a wrong token sees a 404. */
  readonly isPrivate?: boolean;
  /** `main` unless told. */
  readonly defaultBranch?: string;
  /** The first commits of the default branch. */
  readonly commits?: readonly CommitToMake[];
  /** Or branches of a repository on this disk: the name here -> a branch, tag or id there. */
  readonly from?: { readonly path: string; readonly branches: Readonly<Record<string, string>> };
  /** Login -> role. The owner is an admin. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** None unless told. */
  readonly protectedBranches?: readonly string[];
  /** Whether GitHub reviews dependencies there; it does, unless told. */
  readonly hasDependencyReview?: boolean;
  readonly hasCodeScanning?: boolean;
  /** Whether the App is installed there; it is, unless told. */
  readonly isInstalled?: boolean;
}

export async function createRepository(
  stage: Stage,
  folder: string,
  wanted: RepositoryToMake,
): Promise<Repository> {
  const { world } = stage;
  const key = `${wanted.owner}/${wanted.name}`.toLowerCase();
  if (world.repositories.has(key)) throw new Error(`there is already a repository ${key}`);
  const defaultBranch = wanted.defaultBranch ?? "main";
  const dir = join(folder, "repositories", `${world.nextId()}.git`);
  const bare = wanted.from
    ? await borrow(dir, defaultBranch, wanted.from)
    : await createBareRepository(dir, defaultBranch);
  if (!wanted.from) {
    const first = [{ message: "first commit", files: { "README.md": `# ${wanted.name}\n` } }];
    const tip = await makeCommits(bare, undefined, wanted.commits ?? first, dates(stage));
    await git(bare, ["update-ref", `refs/heads/${defaultBranch}`, tip]);
  }
  const roles = Object.entries(wanted.roles ?? {});
  for (const [login] of roles) userNamed(world, login);
  const repository: Repository = {
    id: world.nextId(),
    owner: userNamed(world, wanted.owner, wanted.ownerType ?? "User"),
    name: wanted.name,
    isPrivate: wanted.isPrivate ?? true,
    defaultBranch,
    git: bare,
    parent: undefined,
    roles: new Map(roles.map(([login, role]) => [login.toLowerCase(), role])),
    pullRequests: new Map(),
    checkSuites: [],
    checkRuns: [],
    createdAt: world.now(),
    autoTriggerChecks: true,
    protectedBranches: new Set(wanted.protectedBranches),
    hasDependencyReview: wanted.hasDependencyReview ?? true,
    hasCodeScanning: wanted.hasCodeScanning ?? true,
    analyses: [],
    nextNumber: 1,
  };
  world.repositories.set(key, repository);
  if (wanted.isInstalled ?? true) installOn(stage, repository);
  return repository;
}

/** A fork: a second bare repository that reads its parent's objects. The App is not installed there. */
export async function forkRepository(
  stage: Stage,
  folder: string,
  parent: Repository,
  login: string,
): Promise<Repository> {
  const { world } = stage;
  const dir = join(folder, "repositories", `${world.nextId()}.git`);
  const bare = await createBareRepository(dir, parent.defaultBranch, [
    join(parent.git.dir, "objects"),
  ]);
  const refs = (
    await git(parent.git, ["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads"])
  )
    .toString()
    .trim();
  for (const line of refs.split("\n")) await git(bare, ["update-ref", ...line.split(" ")]);
  const fork: Repository = {
    ...parent,
    id: world.nextId(),
    owner: userNamed(world, login),
    git: bare,
    parent,
    roles: new Map(),
    protectedBranches: new Set(),
    pullRequests: new Map(),
    checkSuites: [],
    checkRuns: [],
    createdAt: world.now(),
    nextNumber: 1,
  };
  world.repositories.set(fullName(fork).toLowerCase(), fork);
  return fork;
}

/** Installs the App on a repository, beside those of the same owner. Tells nobody. */
export function installOn(stage: Stage, repository: Repository): Installation {
  const { world } = stage;
  const known = [...world.installations.values()].find((each) => each.account === repository.owner);
  if (known) {
    known.repositories.add(repository.id);
    return known;
  }
  const made: Installation = {
    id: world.nextId(),
    account: repository.owner,
    createdAt: world.now(),
    permissions: world.app.permissions,
    repositories: new Set([repository.id]),
    suspendedAt: undefined,
  };
  world.installations.set(made.id, made);
  return made;
}

export interface Push {
  readonly branch: string;
  readonly by: User;
  /** New commits on top of `onto`, or of the branch, or of the default branch. */
  readonly commits?: readonly CommitToMake[];
  /** A branch or id to build on; then the branch is forced to the result. */
  readonly onto?: string;
}

/** Moves a branch and tells of it. Returns the tips before and after. */
export async function pushBranch(
  stage: Stage,
  repository: Repository,
  push: Push,
): Promise<{ readonly before: string | undefined; readonly after: string }> {
  const ref = `refs/heads/${push.branch}`;
  const before = await resolveCommit(repository.git, ref);
  const onto =
    push.onto === undefined
      ? (before ?? (await resolveCommit(repository.git, `refs/heads/${repository.defaultBranch}`)))
      : await resolveCommit(repository.git, push.onto);
  if (push.onto !== undefined && onto === undefined) {
    throw new Error(`${fullName(repository)} has no commit ${push.onto}`);
  }
  const after = await makeCommits(repository.git, onto, push.commits ?? [], dates(stage));
  await git(repository.git, ["update-ref", ref, after]);
  await tellPush(stage, repository, push, before, after);
  await requestSuite(stage, repository, after, push.branch, push.by);
  return { before, after };
}

/** The commit a branch points at; throws where there is no such branch. */
export async function branchTip(repository: Repository, branch: string): Promise<string> {
  const sha = await resolveCommit(repository.git, `refs/heads/${branch}`);
  if (!sha) throw new Error(`${fullName(repository)} has no branch ${branch}`);
  return sha;
}

async function tellPush(
  stage: Stage,
  repository: Repository,
  push: Push,
  before: string | undefined,
  after: string,
): Promise<void> {
  const nobody = "0".repeat(40);
  const range = before === undefined ? after : `${before}..${after}`;
  const facts = await readCommits(repository.git, range, before === undefined ? 1 : 20);
  const commits = await Promise.all(
    facts.map(async (commit) => {
      const [parent] = commit.parents;
      const files = parent ? await diffFiles(repository.git, parent, commit.sha) : [];
      return presentPushedCommit(stage, repository, commit, files);
    }),
  );
  const isAhead =
    before === undefined ||
    (await askGit(repository.git, ["merge-base", "--is-ancestor", before, after])) !== undefined;
  const html = `${stage.urls.html}/${fullName(repository)}`;
  stage.webhooks.announce({
    event: "push",
    action: undefined,
    sender: push.by,
    repository,
    payload: {
      ref: `refs/heads/${push.branch}`,
      before: before ?? nobody,
      after,
      created: before === undefined,
      deleted: false,
      forced: !isAhead,
      base_ref: null,
      compare: `${html}/compare/${(before ?? nobody).slice(0, 12)}...${after.slice(0, 12)}`,
      commits,
      head_commit: commits.at(-1) ?? null,
      pusher: { name: push.by.login, email: `${push.by.login.replace(/\W/gu, "-")}@example.com` },
    },
  });
}

/** Commits without a date are a minute apart from a fixed day, so that their ids are the same in every run. */
function dates(stage: Stage): (commit: CommitToMake) => Date {
  const { world } = stage;
  return (commit) => commit.date ?? new Date(Date.UTC(2026, 0, 5, 9) + 60_000 * world.nextCommit());
}

async function borrow(
  dir: string,
  defaultBranch: string,
  from: NonNullable<RepositoryToMake["from"]>,
): Promise<GitRepository> {
  const path = resolve(from.path);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const source = { dir: path };
  const common = isFolder ? await askGit(source, ["rev-parse", "--git-common-dir"]) : undefined;
  if (!common) throw new Error(`${path} is not a git repository`);
  const gitDir = resolve(path, common.toString().trim());
  const bare = await createBareRepository(dir, defaultBranch, [join(gitDir, "objects")]);
  // A shallow clone's history ends where this file says.
  await copyFile(join(gitDir, "shallow"), join(dir, "shallow")).catch(() => undefined);
  for (const [branch, expression] of Object.entries(from.branches)) {
    const sha = await resolveCommit(source, expression);
    if (!sha) throw new Error(`${path} has no branch, tag or commit "${expression}"`);
    await git(bare, ["update-ref", `refs/heads/${branch}`, sha]);
  }
  return bare;
}
