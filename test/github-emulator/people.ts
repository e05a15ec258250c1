// What people do on GitHub, for tests and the demo to do in their place. Everything is told to the App
// as GitHub would tell it; nothing waits for the App.

import type { Stage } from "./call.ts";
import { pressButton, rerequestRun, rerequestSuite } from "./deeds/check.ts";
import { addComment, deleteComment, editComment } from "./deeds/comment.ts";
import { createInstaller, type Installer } from "./deeds/installation.ts";
import * as queue from "./deeds/merge-group.ts";
import * as pulls from "./deeds/pull-request.ts";
import { createRepository, forkRepository, type RepositoryToMake } from "./deeds/repository.ts";
import { replyInThread, setResolved } from "./deeds/review.ts";
import type { CommitToMake } from "./git.ts";
import { findThread } from "./graphql/find.ts";
import type { CheckRun, PublishedAdvisory, PullRequest, Repository, Role } from "./world.ts";
import { fullName, pullRequestNumbered, repositoryNamed, userNamed } from "./world.ts";

/** `owner/name`. */
export type RepositoryName = string;

export interface PullRequestAt {
  readonly repository: RepositoryName;
  readonly number: number;
}

export interface By {
  /** Login of the person. */
  readonly by: string;
}

export interface People extends Installer {
  createRepository(wanted: RepositoryToMake): Promise<void>;
  /** Forks a repository under a person's name. */
  fork(repository: RepositoryName, by: string): Promise<void>;
  setRole(repository: RepositoryName, login: string, role: Role): void;
  /** Pushes commits; a branch that is not there begins at the default branch. Returns the new tip. */
  push(
    wanted: By & {
      readonly repository: RepositoryName;
      readonly branch: string;
      readonly commits?: readonly CommitToMake[];
      /** Build on this branch or id instead of the branch itself: a forced push. */
      readonly onto?: string;
    },
  ): Promise<string>;
  openPullRequest(
    wanted: By & {
      readonly repository: RepositoryName;
      readonly title: string;
      readonly body?: string;
      /** `branch`, or `login:branch` of a fork. */
      readonly head: string;
      readonly base?: string;
      readonly isDraft?: boolean;
    },
  ): Promise<number>;
  closePullRequest(pull: PullRequestAt & By): Promise<void>;
  reopenPullRequest(pull: PullRequestAt & By): Promise<void>;
  mergePullRequest(pull: PullRequestAt & By): Promise<void>;
  setDraft(pull: PullRequestAt & By & { readonly isDraft: boolean }): Promise<void>;
  editPullRequest(
    pull: PullRequestAt &
      By & { readonly title?: string; readonly body?: string; readonly base?: string },
  ): Promise<void>;
  /** Comments under a pull request; returns the comment's id. */
  comment(pull: PullRequestAt & By & { readonly body: string }): number;
  editComment(pull: PullRequestAt & By & { readonly comment: number; readonly body: string }): void;
  deleteComment(pull: PullRequestAt & By & { readonly comment: number }): void;
  /** Answers in a thread (see the view for its id); returns the comment's id. */
  reply(wanted: By & { readonly thread: string; readonly body: string }): number;
  resolveThread(wanted: By & { readonly thread: string }): void;
  unresolveThread(wanted: By & { readonly thread: string }): void;
  rerequestCheckRun(
    wanted: By & { readonly repository: RepositoryName; readonly run: number },
  ): void;
  /** "Re-run all checks" on a commit. */
  rerequestCheckSuite(
    wanted: By & { readonly repository: RepositoryName; readonly sha: string },
  ): Promise<void>;
  pressButton(
    wanted: By & {
      readonly repository: RepositoryName;
      readonly run: number;
      readonly identifier: string;
    },
  ): void;
  queueForMerge(pull: PullRequestAt & By): Promise<queue.MergeGroup>;
  endMergeGroup(
    wanted: By & {
      readonly repository: RepositoryName;
      readonly group: queue.MergeGroup;
      readonly reason: "merged" | "invalidated" | "dequeued";
    },
  ): Promise<void>;
  /** An advisory on a package, known from now on. */
  publishAdvisory(advisory: PublishedAdvisory): void;
  /** A code that the manifest flow may exchange once. */
  registerManifest(code: string): void;
}

/** `folder` holds the bare repositories; `changed` is called after every deed. */
export function createPeople(stage: Stage, folder: string, changed: () => void): People {
  const { world } = stage;
  const who = (login: string) => userNamed(world, login);
  const at = (name: RepositoryName): Repository => {
    const [owner = "", repo = ""] = name.split("/");
    return repositoryNamed(world, owner, repo);
  };
  const pullAt = (place: PullRequestAt): readonly [Repository, PullRequest] => {
    const repository = at(place.repository);
    return [repository, pullRequestNumbered(repository, place.number)];
  };
  const runAt = (name: RepositoryName, id: number): readonly [Repository, CheckRun] => {
    const repository = at(name);
    const run = repository.checkRuns.find((each) => each.id === id);
    if (!run) throw new Error(`${name} has no check run ${id}`);
    return [repository, run];
  };
  const threadAt = (id: string) => {
    const found = findThread(stage, id);
    if (!found) throw new Error(`there is no thread ${id}`);
    return found;
  };
  const commentAt = (pull: PullRequest, id: number) => {
    const found = pull.comments.find((each) => each.id === id);
    if (!found) throw new Error(`#${pull.number} has no comment ${id}`);
    return found;
  };
  const people: People = {
    async createRepository(wanted) {
      await createRepository(stage, folder, wanted);
    },
    async fork(name, by) {
      await forkRepository(stage, folder, at(name), by);
    },
    setRole(name, login, role) {
      at(name).roles.set(who(login).login.toLowerCase(), role);
    },
    push: ({ repository, by, ...push }) =>
      pulls.pushTo(stage, at(repository), { ...push, by: who(by) }),
    async openPullRequest({ repository, by, head, ...wanted }) {
      const base = at(repository);
      const [, owner, branch = head] = /^([^:]+):(.+)$/.exec(head) ?? [];
      const headRepository = owner === undefined ? base : forkOf(stage, base, owner);
      const pull = { ...wanted, headRepository, head: branch, by: who(by) };
      return (await pulls.openPullRequest(stage, base, pull)).number;
    },
    closePullRequest: ({ by, ...place }) =>
      pulls.closePullRequest(stage, ...pullAt(place), who(by)),
    reopenPullRequest: ({ by, ...place }) =>
      pulls.reopenPullRequest(stage, ...pullAt(place), who(by)),
    mergePullRequest: ({ by, ...place }) =>
      pulls.mergePullRequest(stage, ...pullAt(place), who(by)),
    setDraft: ({ by, isDraft, ...place }) =>
      pulls.setDraft(stage, ...pullAt(place), isDraft, who(by)),
    editPullRequest: ({ by, title, body, base, ...place }) => {
      const edit = {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
        ...(base === undefined ? {} : { base }),
      };
      return pulls.editPullRequest(stage, ...pullAt(place), edit, who(by));
    },
    comment: ({ by, body, ...place }) => addComment(stage, ...pullAt(place), who(by), body).id,
    editComment({ by, body, comment, ...place }) {
      const [repository, pull] = pullAt(place);
      editComment(stage, repository, pull, commentAt(pull, comment), who(by), body);
    },
    deleteComment({ by, comment, ...place }) {
      const [repository, pull] = pullAt(place);
      deleteComment(stage, repository, pull, commentAt(pull, comment), who(by));
    },
    reply({ by, thread: id, body }) {
      const { repository, pull, thread } = threadAt(id);
      return replyInThread(stage, repository, pull, thread, who(by), body).id;
    },
    resolveThread({ by, thread: id }) {
      const { repository, pull, thread } = threadAt(id);
      setResolved(stage, repository, pull, thread, who(by), true);
    },
    unresolveThread({ by, thread: id }) {
      const { repository, pull, thread } = threadAt(id);
      setResolved(stage, repository, pull, thread, who(by), false);
    },
    rerequestCheckRun: ({ by, repository, run }) =>
      rerequestRun(stage, ...runAt(repository, run), who(by)),
    async rerequestCheckSuite({ by, repository, sha }) {
      const suite = at(repository).checkSuites.find((each) => each.headSha === sha);
      if (!suite) throw new Error(`${repository} has no check suite at ${sha}`);
      await rerequestSuite(stage, at(repository), suite, who(by));
    },
    pressButton: ({ by, repository, run, identifier }) =>
      pressButton(stage, ...runAt(repository, run), identifier, who(by)),
    queueForMerge: ({ by, ...place }) => queue.queueForMerge(stage, ...pullAt(place), who(by)),
    endMergeGroup: ({ by, repository, group, reason }) =>
      queue.endMergeGroup(stage, at(repository), group, reason, who(by)),
    ...createInstaller(stage, at),
    publishAdvisory: (advisory) => void world.advisories.push(advisory),
    registerManifest: (code) => void world.manifestCodes.set(code, undefined),
  };
  return announcing(people, changed);
}

function forkOf(stage: Stage, base: Repository, owner: string): Repository {
  if (owner.toLowerCase() === base.owner.login.toLowerCase()) return base;
  const found = [...stage.world.repositories.values()].find(
    (each) => each.parent === base && each.owner.login.toLowerCase() === owner.toLowerCase(),
  );
  if (!found) throw new Error(`${owner} has no fork of ${fullName(base)}`);
  return found;
}

/** The same deeds, each followed by `changed`. */
function announcing(people: People, changed: () => void): People {
  const wrapped = Object.entries(people).map(([name, deed]) => [
    name,
    (...args: readonly unknown[]) => {
      const done: unknown = Reflect.apply(deed as () => unknown, undefined, args);
      if (done instanceof Promise) return done.finally(changed);
      changed();
      return done;
    },
  ]);
  return Object.fromEntries(wrapped) as People;
}
