// A pull request's life made up at random: what people do to it, and what should stand there in the end.

import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import { type Random, random } from "../random.ts";
import { aRepository, type WorldOfOne } from "./world.ts";

const filler = Array.from({ length: 12 }, (_, index) => `line_${index} = ${index}`);

/** Lines that are findings: the first one is there before the change, the others come and go. */
const faults = ["BAD_1 = 1", "BAD_2 = 2", "BAD_3 = 3", "BAD_4 = 4"] as const;
const before = "BAD_0 = 0";

export interface HistoryOptions {
  readonly seed: number;
  readonly steps: number;
  /** Is the store wiped now and then? Only where this history is alone in its world. */
  readonly isForgetful: boolean;
}

/** Lives through a history. Resolves to what is wrong in the end, as sentences; none is right. */
export async function liveThrough(
  world: WorldOfOne,
  { seed, steps, isForgetful }: HistoryOptions,
): Promise<readonly string[]> {
  const life = await begin(world, seed);
  const deeds = isForgetful ? [...Object.values(deedsOf), forget] : Object.values(deedsOf);
  for (let step = 0; step < steps; step += 1) {
    const deed = life.dice.pick(deeds);
    life.log.push(deed.name);
    await deed(life);
  }
  return await settle(life);
}

/** How long all may take to come to rest, in milliseconds: others may need the machine too. */
const patience = 150_000;

interface Life {
  readonly seed: number;
  readonly world: WorldOfOne;
  readonly dice: Random;
  readonly repository: string;
  readonly number: number;
  /** The files at the head. */
  readonly files: Map<string, readonly string[]>;
  /** Paths that main has. */
  readonly onMain: Set<string>;
  readonly ignored: Set<string>;
  readonly log: string[];
  renames: number;
}

async function begin(world: WorldOfOne, seed: number): Promise<Life> {
  const dice = random(seed);
  const main = { "a.py": text([...filler, before]), "b.py": text(filler) };
  const repository = await aRepository(world, main);
  world.github.setRole(repository, "max", "maintain");
  const files = new Map<string, readonly string[]>([
    ["a.py", [...filler, before, faults[0]]],
    ["b.py", filler],
  ]);
  const place = { repository, by: "mona" };
  const commits = [{ message: "begin", files: Object.fromEntries(written(files)) }];
  await world.github.push({ ...place, branch: "feature", commits });
  const number = await world.github.openPullRequest({ ...place, title: "It", head: "feature" });
  const onMain = new Set(["a.py", "b.py"]);
  return {
    ...{ seed, world, dice, repository, number, files, onMain },
    ...{ ignored: new Set<string>(), log: [], renames: 0 },
  };
}

const deedsOf = {
  async add(life: Life) {
    const absent = faults.filter((fault) => !presentIn(life).includes(fault));
    if (absent.length === 0) return;
    const path = life.dice.pick([...life.files.keys()]);
    const lines = life.files.get(path) ?? [];
    const at = life.dice.below(lines.length + 1);
    await push(life, path, lines.toSpliced(at, 0, life.dice.pick(absent)));
  },
  async mend(life: Life) {
    const present = presentIn(life);
    if (present.length === 0) return;
    const fault = life.dice.pick(present);
    for (const [path, lines] of life.files) {
      const left = lines.filter((line) => line !== fault);
      if (left.length < lines.length) await push(life, path, left);
    }
  },
  async shift(life: Life) {
    const path = life.dice.pick([...life.files.keys()]);
    await push(life, path, ["# one more", ...(life.files.get(path) ?? [])]);
  },
  async rename(life: Life) {
    const path = life.dice.pick([...life.files.keys()]);
    const lines = life.files.get(path) ?? [];
    life.renames += 1;
    life.files.delete(path);
    life.files.set(`moved_${life.renames}.py`, lines);
    await pushFiles(life, { [path]: null, [`moved_${life.renames}.py`]: text(lines) });
  },
  async rebase(life: Life) {
    const commits = [{ message: "else", files: { [`else_${life.log.length}.py`]: "x = 1\n" } }];
    await life.world.github.push({ ...by(life, "acme"), branch: "main", commits });
    await pushOntoMain(life);
  },
  squash: pushOntoMain,
  async outOfOrder(life: Life) {
    life.world.github.webhooks.hold();
    await deedsOf.add(life);
    await deedsOf.mend(life);
    life.world.github.webhooks.release("reversed");
  },
  async twice(life: Life) {
    life.world.github.webhooks.duplicateNext("pull_request");
    await deedsOf.shift(life);
  },
  async reopen(life: Life) {
    await life.world.github.closePullRequest(by(life, "mona"));
    await life.world.github.reopenPullRequest(by(life, "mona"));
  },
  async ask(life: Life) {
    life.world.github.comment({ ...by(life, "mona"), body: "/pyward review" });
  },
  async rerun(life: Life) {
    const run = (await look(life)).checkRuns.at(-1);
    const { repository } = life;
    if (run) life.world.github.rerequestCheckRun({ repository, by: "acme", run: run.id });
  },
  async resolve(life: Life) {
    const thread = await pickThread(life);
    if (thread) life.world.github.resolveThread({ by: "mona", thread: thread.id });
  },
  async talk(life: Life) {
    const thread = await pickThread(life);
    if (thread) life.world.github.reply({ by: "mona", thread: thread.id, body: "Hm." });
  },
  async ignore(life: Life) {
    if (await order(life, "/pyward ignore for a reason", isIgnorable)) return;
  },
  async unignore(life: Life) {
    await order(life, "/pyward unignore", (fault, { ignored }) => ignored.has(fault));
  },
} satisfies Record<string, (life: Life) => Promise<void>>;

async function forget(life: Life): Promise<void> {
  await settle(life);
  await life.world.github.webhooks.settled();
  await life.world.forget();
}

function isIgnorable(fault: string, { ignored }: Life): boolean {
  return !ignored.has(fault);
}

/** Orders are about what the newest review told, so all comes to rest before. */
async function order(
  life: Life,
  body: string,
  fits: (fault: string, life: Life) => boolean,
): Promise<boolean> {
  const fault = presentIn(life).find((each) => fits(each, life));
  if (fault === undefined || (await settle(life)).length > 0) return false;
  const thread = (await look(life)).threads.find((each) => faultOf(each) === fault);
  if (thread === undefined) return false;
  const id = life.world.github.reply({ by: "max", thread: thread.id, body });
  await life.world.github
    .waitFor(
      `the end of ${body}`,
      async () => {
        const seen = (await look(life)).threads.flatMap(({ comments }) => comments);
        const reactions = seen.find((each) => each.id === id)?.reactions ?? [];
        if (reactions.some(({ content }) => content === "confused")) {
          throw new Error(`${body} was not understood after ${life.log.join(", ")}`);
        }
        return reactions.some(({ content }) => content === "rocket");
      },
      patience,
    )
    .catch((error: unknown) => {
      throw new Error(`seed ${life.seed}, after ${life.log.join(", ")}: ${undelivered(life)}`, {
        cause: error,
      });
    });
  if (body.includes("unignore")) life.ignored.delete(fault);
  else life.ignored.add(fault);
  return true;
}

/** Waits until all stands as it should; what still does not after a while is told. */
async function settle(life: Life): Promise<readonly string[]> {
  let wrong: readonly string[] = [];
  try {
    await life.world.github.waitFor(
      "all stands as it should",
      async () => {
        wrong = differences(await look(life), life);
        return wrong.length === 0;
      },
      patience,
    );
  } catch {
    return [...wrong, `after: ${life.log.join(", ")}`, undelivered(life)];
  }
  return [];
}

/** What the App never heard of cannot be in its answers: a machine with too much to do loses webhooks. */
function undelivered({ world }: Life): string {
  const failed = world.github.webhooks.log.filter(({ statusCode }) => statusCode >= 400);
  const told = failed.map(
    ({ event, statusCode, response }) => `${event} ${statusCode} ${response}`,
  );
  return told.length === 0 ? "every webhook was taken" : `not taken: ${told.join("; ")}`;
}

function differences(view: PullRequestView, life: Life): readonly string[] {
  const runs = [...view.checkRuns, ...view.earlierCheckRuns];
  const open = presentIn(life).filter((fault) => !life.ignored.has(fault));
  const check = view.checkRuns.at(-1);
  const wanted = open.length > 0 ? "failure" : "success";
  return [
    ...runs.filter((run) => run.status !== "completed").map((run) => `check ${run.id} is open`),
    ...(check?.conclusion === wanted ? [] : [`the check is ${check?.conclusion}, not ${wanted}`]),
    ...(view.comments.some(({ author }) => author.isBot) ? ["we spoke below"] : []),
    ...faults.flatMap((fault) => differencesOf(fault, view, life)),
    ...(view.threads.some((thread) => faultOf(thread) === before) ? ["the old one is told"] : []),
  ];
}

function differencesOf(fault: string, view: PullRequestView, life: Life): string[] {
  const threads = view.threads.filter((thread) => faultOf(thread) === fault);
  const [thread] = threads;
  const isPresent = presentIn(life).includes(fault);
  if (threads.length > 1) return [`${fault} is told ${threads.length} times`];
  if (thread === undefined)
    return isPresent && !life.ignored.has(fault) ? [`${fault} is untold`] : [];
  const [first, ...answers] = thread.comments;
  const body = first?.body ?? "";
  const isStruck = body.includes("~~");
  if (isPresent && !life.ignored.has(fault)) return isStruck ? [`${fault} is struck`] : [];
  const isTalk = answers.some((each) => !each.author.isBot && !each.body.startsWith("/pyward"));
  const isAway = thread.isResolved || first?.minimized !== undefined;
  return [
    ...(isStruck ? [] : [`${fault} stands though it is gone or ignored`]),
    ...(isAway || isTalk ? [] : [`${fault} is not put away`]),
  ];
}

function faultOf(thread: ThreadView): string | undefined {
  const body = thread.comments[0]?.body ?? "";
  return [before, ...faults].find((fault) => body.includes(`\`${fault}\``));
}

function presentIn({ files }: Pick<Life, "files">): readonly string[] {
  const lines = new Set([...files.values()].flat());
  return faults.filter((fault) => lines.has(fault));
}

async function pickThread(life: Life): Promise<ThreadView | undefined> {
  const { threads } = await look(life);
  return threads.length === 0 ? undefined : life.dice.pick(threads);
}

async function push(life: Life, path: string, lines: readonly string[]): Promise<void> {
  life.files.set(path, lines);
  await pushFiles(life, { [path]: text(lines) });
}

async function pushFiles(life: Life, files: Record<string, string | null>): Promise<void> {
  life.log.push(Object.keys(files).join("+"));
  const commits = [{ message: "more", files }];
  await life.world.github.push({ ...by(life, "mona"), branch: "feature", commits });
}

/** One commit with all there is, on what main is now: a forced push. */
async function pushOntoMain(life: Life): Promise<void> {
  life.log.push("onto main");
  const gone = [...life.onMain].filter((path) => !life.files.has(path));
  const files = { ...Object.fromEntries(written(life.files)), ...fromPaths(gone) };
  const commits = [{ message: "all", files }];
  await life.world.github.push({ ...by(life, "mona"), branch: "feature", onto: "main", commits });
}

function fromPaths(paths: readonly string[]): Record<string, null> {
  return Object.fromEntries(paths.map((path) => [path, null]));
}

function written(files: ReadonlyMap<string, readonly string[]>): [string, string][] {
  return [...files].map(([path, lines]) => [path, text(lines)]);
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function by({ repository, number }: Life, login: string) {
  return { repository, number, by: login };
}

function look({ world, repository, number }: Life): Promise<PullRequestView> {
  const [owner = "", repo = ""] = repository.split("/");
  return world.github.pullRequestView(owner, repo, number);
}
