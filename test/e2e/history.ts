// A pull request's life made up at random: what people do to it, and what should stand there in the end.

import { type Marker, readMarkers } from "../../src/review/marker.ts";
import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import { type Random, random } from "../random.ts";
import { untilAtRest } from "./at-rest.ts";
import { faultNumbers, ruleOf, severityOf, statementOf } from "./fault-engine.ts";
import { aRepository, type WorldOfOne } from "./world.ts";

const filler = Array.from({ length: 12 }, (_, index) => `line_${index} = ${index}`);

/** One is there before the change, the others come and go. */
const [before, ...faults] = faultNumbers;

export interface HistoryOptions {
  readonly seed: number;
  readonly steps: number;
  /**
   * What else happens: the store is wiped now and then (only where this history is alone in its world),
   * or somebody else brings the very same file to main.
   */
  readonly beside?: "forget" | "adopt" | undefined;
}

/** Lives through a history. Resolves to what is wrong in the end, as sentences; none is right. */
export async function liveThrough(
  world: WorldOfOne,
  { seed, steps, beside }: HistoryOptions,
): Promise<readonly string[]> {
  const life = await begin(world, seed);
  const others = { forget: [forget], adopt: [adopt, adopt] };
  const deeds = [...Object.values(deedsOf), ...(beside === undefined ? [] : others[beside])];
  for (let step = 0; step < steps; step += 1) {
    const deed = life.dice.pick(deeds);
    life.log.push(deed.name);
    await deed(life);
  }
  return await settle(life);
}

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
  readonly ignored: Set<number>;
  /** Faults that main has by now. */
  readonly adopted: Set<number>;
  readonly log: string[];
  renames: number;
}

async function begin(world: WorldOfOne, seed: number): Promise<Life> {
  const dice = random(seed);
  const main = { "a.py": text([...filler, statementOf(before)]), "b.py": text(filler) };
  const repository = await aRepository(world, main);
  world.github.setRole(repository, "max", "maintain");
  const files = new Map<string, readonly string[]>([
    ["a.py", [...filler, statementOf(before), statementOf(faults[0])]],
    ["b.py", filler],
  ]);
  const place = { repository, by: "mona" };
  const commits = [{ message: "begin", files: Object.fromEntries(written(files)) }];
  await world.github.push({ ...place, branch: "feature", commits });
  const number = await world.github.openPullRequest({ ...place, title: "It", head: "feature" });
  const onMain = new Set(["a.py", "b.py"]);
  return {
    ...{ seed, world, dice, repository, number, files, onMain },
    ...{ ignored: new Set<number>(), adopted: new Set<number>(), log: [], renames: 0 },
  };
}

const deedsOf = {
  async add(life: Life) {
    const absent = faults.filter((fault) => !presentIn(life).includes(fault));
    if (absent.length === 0) return;
    const path = life.dice.pick([...life.files.keys()]);
    const lines = life.files.get(path) ?? [];
    const at = life.dice.below(lines.length + 1);
    // Two at once on one line share a comment.
    const first = life.dice.pick(absent);
    const others = absent.filter((fault) => fault !== first && life.dice.below(4) === 0);
    const added = [first, ...others];
    await push(life, path, lines.toSpliced(at, 0, added.map(statementOf).join("; ")));
  },
  async addBeside(life: Life) {
    const absent = faults.filter((fault) => !presentIn(life).includes(fault));
    const path = [...life.files].find(([, lines]) => lines.some(hasFault))?.[0];
    if (absent.length === 0 || path === undefined) return;
    const lines = life.files.get(path) ?? [];
    const at = lines.findIndex(hasFault);
    const line = `${lines[at]}; ${statementOf(life.dice.pick(absent))}`;
    await push(life, path, lines.toSpliced(at, 1, line));
  },
  async mend(life: Life) {
    const present = presentIn(life);
    if (present.length === 0) return;
    const statement = statementOf(life.dice.pick(present));
    for (const [path, lines] of life.files) {
      const left = lines.flatMap((line) => without(line, statement));
      if (left.join("\n") !== lines.join("\n")) await push(life, path, left);
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
  async reopenOutOfOrder(life: Life) {
    life.world.github.webhooks.hold();
    await deedsOf.reopen(life);
    life.world.github.webhooks.release("reversed");
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
    await order(life, "ignore");
  },
  async unignore(life: Life) {
    await order(life, "unignore");
  },
} satisfies Record<string, (life: Life) => Promise<void>>;

async function forget(life: Life): Promise<void> {
  await settle(life);
  await life.world.github.webhooks.settled();
  await life.world.forget();
}

async function adopt(life: Life): Promise<void> {
  const [path, lines] = [...life.files].find(([, each]) => each.some(hasFault)) ?? [];
  if (path === undefined || lines === undefined) return;
  const commits = [{ message: "the same", files: { [path]: text(lines) } }];
  await life.world.github.push({ ...by(life, "acme"), branch: "main", commits });
  life.onMain.add(path);
  for (const fault of presentIn({ files: new Map([[path, lines]]) })) life.adopted.add(fault);
  await pushOntoMain(life);
}

function hasFault(line: string): boolean {
  return /FAULT_[1-9]/u.test(line);
}

/** The line without a statement; none where nothing is left of it. */
function without(line: string, statement: string): readonly string[] {
  const left = line.split("; ").filter((each) => each !== statement);
  return left.length === 0 ? [] : [left.join("; ")];
}

/** Orders are about what the newest review told, so all comes to rest before. */
async function order(life: Life, command: "ignore" | "unignore"): Promise<void> {
  const fits = (fault: number) =>
    life.ignored.has(fault) === (command === "unignore") && !life.adopted.has(fault);
  const fault = presentIn(life).find(fits);
  if (fault === undefined || (await settle(life)).length > 0) return;
  const thread = (await look(life)).threads.find((each) => marksIn(each, fault).length > 0);
  const [mark] = thread === undefined ? [] : marksIn(thread, fault);
  if (thread === undefined || mark === undefined) return;
  // Who names none of a comment's findings means all of them.
  const isNamed = life.dice.below(2) === 0;
  const told = faults.filter((each) => marksIn(thread, each).length > 0);
  const meant = isNamed
    ? [fault]
    : told.filter((each) => presentIn(life).includes(each) && fits(each));
  const body = `/pyward ${command}${isNamed ? ` ${mark.fingerprint}` : ""} for a reason`;
  const id = life.world.github.reply({ by: "max", thread: thread.id, body });
  const reactions = async () => {
    const seen = (await look(life)).threads.flatMap(({ comments }) => comments);
    const given = seen.find((each) => each.id === id)?.reactions ?? [];
    return given.map(({ content }) => content);
  };
  const isAnswered = async () => (await reactions()).some((each) => each !== "eyes");
  await untilAtRest(life.world, `the end of ${body}`, isAnswered);
  const given = await reactions();
  if (!given.includes("rocket")) {
    const last = life.world.log.slice(-40).join("");
    const what = `${body} was answered by ${given.join(" and ") || "nothing"}`;
    throw new Error(`seed ${life.seed}: ${what}, ${storyOf(life)}\n${last}`);
  }
  for (const each of meant) {
    if (command === "unignore") life.ignored.delete(each);
    else life.ignored.add(each);
  }
}

/** Waits until all stands as it should; what still does not when the App is at rest is told. */
async function settle(life: Life): Promise<readonly string[]> {
  let wrong: readonly string[] = [];
  await untilAtRest(life.world, "all stands as it should", async () => {
    wrong = differences(await look(life), life);
    return wrong.length === 0;
  });
  return wrong.length === 0 ? [] : [...wrong, storyOf(life)];
}

function storyOf(life: Life): string {
  return `after: ${life.log.join(", ")}; ${undelivered(life)}`;
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
  const open = presentIn(life).filter((fault) => isWanted(fault, life));
  const check = view.checkRuns.at(-1);
  const wanted = open.some((fault) => severityOf(fault) === "high") ? "failure" : "success";
  return [
    ...runs.filter((run) => run.status !== "completed").map((run) => `check ${run.id} is open`),
    ...(check?.conclusion === wanted ? [] : [`the check is ${check?.conclusion}, not ${wanted}`]),
    ...(view.comments.some(({ author }) => author.isBot) ? ["we spoke below"] : []),
    ...faults.flatMap((fault) => differencesOf(fault, view, life)),
    ...(view.threads.some((thread) => marksIn(thread, before).length > 0)
      ? ["the old one is told"]
      : []),
    ...view.threads.flatMap(differencesIn),
  ];
}

function isWanted(fault: number, life: Life): boolean {
  return presentIn(life).includes(fault) && !life.ignored.has(fault) && !life.adopted.has(fault);
}

function differencesOf(fault: number, view: PullRequestView, life: Life): string[] {
  const marks = view.threads.flatMap((thread) => marksIn(thread, fault));
  const [mark] = marks;
  const isTold = isWanted(fault, life);
  if (marks.length > 1) return [`${fault} is told ${marks.length} times`];
  if (mark === undefined) return isTold ? [`${fault} is untold`] : [];
  if (isTold) return mark.standing === "open" ? [] : [`${fault} is ${mark.standing}, yet there`];
  return mark.standing === "open" ? [`${fault} stands though it is gone or ignored`] : [];
}

/** A thread ends with the last of its findings, and not before; where people talk it is theirs. */
function differencesIn(thread: ThreadView): string[] {
  const [first, ...answers] = thread.comments;
  const body = first?.body ?? "";
  const isOpen = readMarkers(body).some(({ standing }) => standing === "open");
  const isTalk = answers.some((each) => !each.author.isBot && !each.body.startsWith("/pyward"));
  const isAway = thread.isResolved || first?.minimized !== undefined;
  return [
    ...(isOpen === !/^~~\*\*/mu.test(body) ? [] : [`its headline is wrong: ${body}`]),
    ...(isOpen && first?.minimized !== undefined ? [`folded though open: ${body}`] : []),
    ...(isOpen || isAway || isTalk ? [] : [`not put away: ${body}`]),
  ];
}

function marksIn(thread: ThreadView, fault: number): readonly Marker[] {
  const [first] = thread.comments;
  if (first === undefined || !first.author.isBot) return [];
  return readMarkers(first.body).filter(({ rule }) => rule === ruleOf(fault));
}

function presentIn({ files }: Pick<Life, "files">): readonly number[] {
  const statements = new Set([...files.values()].flat().flatMap((line) => line.split("; ")));
  return faults.filter((fault) => statements.has(statementOf(fault)));
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
