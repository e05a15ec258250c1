// A scenario: people do something on a pull request, and what stands there in the end is compared with
// what should, together with what it cost. Each is lived through twice: with all that Pyward remembers,
// and with its store wiped before every push.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Parts } from "../../../src/app.ts";
import { readMarkers } from "../../../src/review/marker.ts";
import type { FileToMake } from "../../github-emulator/git.ts";
import type { CheckRunView, PullRequestView, ThreadView } from "../../github-emulator/view.ts";
import { atRest, watched } from "../at-rest.ts";
import { markerEngine } from "../marker-engine.ts";
import {
  aRepository,
  type Circumstances,
  concluded,
  startWorld,
  type WorldOfOne,
} from "../world.ts";

/** Paths and what they hold; `null` removes a file. */
export type Files = Readonly<Record<string, FileToMake>>;

export interface Pull {
  readonly repository: string;
  readonly by: string;
  readonly number: number;
}

/** In milliseconds: to lose the store is to start anew, which takes its time on a busy machine. */
const patience = 600_000;

/** What a person sees, in words. */
export interface Page {
  /** Of the present head, oldest first: `failure: 1 new finding, 1 must be fixed`. */
  readonly checks: readonly string[];
  /** `a.py:3 sql-injection`, and what became of it: `fixed`, `ignored`, `resolved`, `folded`. */
  readonly threads: readonly string[];
  /** First lines of the comments below the pull request. */
  readonly below: readonly string[];
  /** How many requests put words before people since the scenario began, or since `count`. */
  readonly said: number;
}

export interface Stage {
  readonly world: WorldOfOne;
  /** A repository whose main branch holds `before`, and a branch with `after` as a pull request. */
  open(before: Files, after: Files, more?: OpenOptions): Promise<Pull & Seen>;
  /** One more commit, or with `onto` a forced push, reviewed. */
  push(pull: Pull, files: Files, onto?: string): Promise<Seen>;
  /** A commit on main. */
  land(pull: Pull, files: Files): Promise<void>;
  /** A comment in the first thread or, without one, below; resolves when it has its reaction. */
  say(pull: Pull, by: string, body: string, where?: "thread" | "below"): Promise<void>;
  /** The check after something was done, newer than `before`. */
  next(pull: Pull, before: CheckRunView): Promise<Seen>;
  /** When every check of the present head is concluded and nothing more is done. */
  page(pull: Pull): Promise<Page>;
  /** Begins to count requests anew. */
  count(): void;
}

export interface OpenOptions {
  readonly isDraft?: boolean;
  readonly by?: string;
  readonly title?: string;
}

export interface Seen {
  readonly view: PullRequestView;
  readonly check: CheckRunView;
}

export const clean = "def total(order):\n    return sum(order)\n";
export const bad = `${clean}BAD = 1\n`;

/** Runs the scenarios that `define` names, in a world of their own, in both ways. */
export function scenarios(
  define: (scenario: (title: string, live: (stage: Stage) => Promise<void>) => void) => void,
  parts: Parts = { engine: markerEngine() },
  circumstances: Circumstances = {},
): void {
  describe.each([
    ["with its store", false],
    ["with its store wiped before each push", true],
  ])("%s", (_, isForgetful) => {
    let world: WorldOfOne;
    beforeAll(async () => {
      const environment = { ...watched, ...circumstances.environment };
      world = await startWorld(parts, { ...circumstances, environment });
    });
    afterAll(() => world.close());
    afterEach(({ task }) => {
      const { ledger, faults } = world.github;
      faults.clear();
      const violations = [...ledger.violations];
      ledger.clear();
      expect(violations, task.name).toEqual([]);
    });
    define((title, live) => test(title, () => live(stageOf(() => world, isForgetful)), patience));
  });
}

function stageOf(worldNow: () => WorldOfOne, isForgetful: boolean): Stage {
  const forget = async () => {
    if (!isForgetful) return;
    await worldNow().github.webhooks.settled();
    await worldNow().forget();
  };
  return {
    get world() {
      return worldNow();
    },
    async open(before, after, { isDraft = false, by = "mona", title = "A change" } = {}) {
      const world = worldNow();
      world.github.ledger.clear();
      const repository = await aRepository(world, before);
      world.github.setRole(repository, "max", "maintain");
      const commits = [{ message: "change", files: after }];
      await world.github.push({ repository, by: "mona", branch: "feature", commits });
      const wanted = { repository, by, title, head: "feature", isDraft };
      const number = await world.github.openPullRequest(wanted);
      const pull = { repository, by, number };
      return { ...pull, ...(await concluded(world, repository, number)) };
    },
    async push({ repository, by, number }, files, onto) {
      await forget();
      const { github } = worldNow();
      const commits = [{ message: "more", files }];
      const push = { repository, by, branch: "feature", commits };
      await github.push({ ...push, ...(onto === undefined ? {} : { onto }) });
      return await concluded(worldNow(), repository, number);
    },
    async land({ repository }, files) {
      const commits = [{ message: "elsewhere", files }];
      await worldNow().github.push({ repository, by: "acme", branch: "main", commits });
    },
    async say({ repository, number }, by, body, where = "below") {
      const { github } = worldNow();
      const look = () => viewOf(worldNow(), repository, number);
      const [thread] = where === "thread" ? (await look()).threads : [];
      const id = thread
        ? github.reply({ by, thread: thread.id, body })
        : github.comment({ repository, number, by, body });
      await github.waitFor(
        `an answer to ${body}`,
        async () => {
          const { threads, comments } = await look();
          const all = [...threads.flatMap((each) => each.comments), ...comments];
          const given = all.find((each) => each.id === id)?.reactions ?? [];
          return given.some(({ content }) => content === "rocket" || content === "confused");
        },
        60_000,
      );
    },
    next: ({ repository, number }, before) =>
      concluded(worldNow(), repository, number, ({ id }) => id > before.id),
    async page({ repository, number }) {
      const world = worldNow();
      await atRest(world);
      const { view } = await concluded(world, repository, number);
      return {
        checks: view.checkRuns.map(
          ({ conclusion, status, title }) => `${conclusion ?? status}: ${title}`,
        ),
        threads: view.threads.map(describeThread),
        below: view.comments.map(({ author, body }) => `${author.login}: ${firstLine(body)}`),
        said: world.github.ledger.contentCreating().length,
      };
    },
    count: () => worldNow().github.ledger.clear(),
  };
}

export function viewOf(
  { github }: WorldOfOne,
  repository: string,
  number: number,
): Promise<PullRequestView> {
  const [owner = "", repo = ""] = repository.split("/");
  return github.pullRequestView(owner, repo, number);
}

function describeThread({ path, line, originalLine, subject, ...thread }: ThreadView): string {
  const [first, ...answers] = thread.comments;
  const marks = readMarkers(first?.body ?? "");
  const at = line ?? originalLine;
  const where = subject === "file" || at === undefined ? path : `${path}:${at}`;
  const told = marks.map(({ rule, standing }) =>
    [rule.slice(rule.indexOf("/") + 1), ...(standing === "open" ? [] : [standing])].join(" "),
  );
  return [
    `${where} ${told.join(" + ")}`,
    ...(thread.isResolved ? ["resolved"] : []),
    ...(first?.minimized === undefined ? [] : ["folded"]),
    ...(answers.length === 0 ? [] : [`${answers.length} answered`]),
  ].join(", ");
}

/** The concluded check run of a merge group; it stands on no pull request's page. */
export function groupRun({ world }: Stage, { repository }: Pick<Pull, "repository">, head: string) {
  return world.github.waitFor(
    "the group's verdict",
    () =>
      world.github.world.repositories
        .get(repository.toLowerCase())
        ?.checkRuns.find(({ headSha, conclusion }) => headSha === head && conclusion),
    60_000,
  );
}

/** Without hidden lines. */
function firstLine(body: string): string {
  return body.split("\n").find((line) => line !== "" && !line.startsWith("<!--")) ?? "";
}
