// What people order about a review: ignore this, no longer ignore that, be quiet, speak again. The
// order is judged where the findings are at hand; what it changes is then planned like all else.

import type { GitHubClient } from "../github/client.ts";
import { editNote, react, reply } from "../github/publish-reply.ts";
import { isAtLeast } from "../github/read-role.ts";
import type { Obstacle } from "../render/command-words.ts";
import { type Aim, readAim } from "../review/command.ts";
import { type Decision, keyOf, type Subject } from "../review/decision.ts";
import type { Earlier, EarlierComment } from "../review/earlier.ts";
import { anyFindingOf, findingModes } from "../review/finding-mode.ts";
import { recognise } from "../review/recognise.ts";
import type { Review } from "../review/review.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import type { Order, Place } from "./ask.ts";
import type { Tools } from "./tools.ts";

export interface Scene {
  readonly client: GitHubClient;
  readonly place: Place;
  readonly number: number;
  readonly review: Review;
  readonly tools: Tools;
}

export interface Heard {
  /** What was said earlier, the new decisions included and those taken back left out. */
  readonly earlier: Earlier;
  /** The review, its findings under the names by which the comments know them. */
  readonly review: Review;
  /** How many orders were carried out. */
  readonly obeyed: number;
}

/** Carries out orders, oldest first. Safe to be tried again: decisions are kept once, answers given once. */
export async function obeyAll(
  orders: readonly Order[],
  earlier: Earlier,
  scene: Scene,
): Promise<Heard> {
  let now = earlier;
  let obeyed = 0;
  for (const order of orders.toSorted((a, b) => a.at.localeCompare(b.at))) {
    const outcome = await obey(order, now, scene);
    if (typeof outcome === "string") {
      await refuse(order, outcome, scene);
    } else {
      now = outcome;
      obeyed += 1;
      await react(scene.client, scene.place, order.comment, "rocket");
    }
  }
  return { earlier: now, review: scene.review, obeyed };
}

function obey(order: Order, earlier: Earlier, scene: Scene): Promise<Earlier | Obstacle> {
  switch (order.name) {
    case "ignore":
      return ignore(order, earlier, scene);
    case "unignore":
      return unignore(order, earlier, scene);
    case "pause":
      return decide({ kind: "comments" }, "", order, earlier, scene);
    case "resume":
      return takeBack(({ subject }) => subject.kind === "comments", order, earlier, scene);
  }
}

async function ignore(order: Order, earlier: Earlier, scene: Scene): Promise<Earlier | Obstacle> {
  const aim = aimOf(order, scene);
  const thread = threadOf(order, earlier);
  if (aim.rule !== undefined) {
    const { rule } = aim;
    if (aim.reason === "") return "no-reason";
    if (mayBlock(rule, scene) && !mayIgnoreBlocking(order, scene)) return "blocking";
    return await decide({ kind: "rule", rule }, aim.reason, order, earlier, scene);
  }
  if (aim.id === undefined && thread.length === 0) return "no-subject";
  const meant = aim.id === undefined ? inThread(thread, scene) : byId(aim.id, earlier, scene);
  if (meant.length === 0) return await ignoreLeaked(aim, thread, order, earlier, scene);
  if (aim.reason === "") return "no-reason";
  const isBlocking = meant.some(({ mode }) => mode === "block");
  if (isBlocking && !mayIgnoreBlocking(order, scene)) return "blocking";
  let now = earlier;
  for (const { finding, fingerprint } of meant) {
    const { rule, place } = finding;
    const subject: Subject = { kind: "finding", fingerprint, rule, path: place.path };
    now = await decide(subject, aim.reason, order, now, scene);
  }
  return now;
}

/** A secret that only the history keeps: whoever says so has replaced it, or lives with it. */
async function ignoreLeaked(
  { id, reason }: Aim,
  thread: readonly EarlierComment[],
  order: Order,
  earlier: Earlier,
  scene: Scene,
): Promise<Earlier | Obstacle> {
  const leaked = (id === undefined ? thread : earlier.comments).find(
    ({ standing, fingerprint }) =>
      standing === "leaked" && (id === undefined || fingerprint.startsWith(id)),
  );
  if (leaked === undefined) return "not-there";
  if (reason === "") return "no-reason";
  const { fingerprint, rule, path } = leaked;
  if (mayBlock(rule, scene) && !mayIgnoreBlocking(order, scene)) return "blocking";
  return await decide({ kind: "finding", fingerprint, rule, path }, reason, order, earlier, scene);
}

async function unignore(order: Order, earlier: Earlier, scene: Scene): Promise<Earlier | Obstacle> {
  const aim = aimOf(order, scene);
  const thread = threadOf(order, earlier);
  if (aim.rule !== undefined) {
    const isIt = ({ subject }: Decision) => subject.kind === "rule" && subject.rule === aim.rule;
    return await takeBack(isIt, order, earlier, scene);
  }
  const inComment = [...inThread(thread, scene), ...thread].map(({ fingerprint }) => fingerprint);
  const ids = aim.id === undefined ? inComment : [aim.id];
  if (ids.length === 0) return "no-subject";
  // A finding may be known by an older id too: its file may have been renamed since.
  const known = new Set(ids.flatMap((id) => byId(id, earlier, scene)));
  const marks = earlier.decisions.flatMap(({ subject }) =>
    subject.kind === "finding" ? [subject] : [],
  );
  const now = recognise(scene.review.introduced, marks);
  const isIt = ({ subject }: Decision) => {
    if (subject.kind !== "finding") return false;
    const reviewed = now.get(subject);
    return (
      ids.some((id) => subject.fingerprint.startsWith(id)) ||
      (reviewed !== undefined && known.has(reviewed))
    );
  };
  return await takeBack(isIt, order, earlier, scene);
}

/** A finding's own comment will show the decision; for what has none, a note is written. */
async function decide(
  subject: Subject,
  reason: string,
  order: Order,
  earlier: Earlier,
  scene: Scene,
): Promise<Earlier> {
  const { client, place, number, tools } = scene;
  const decision: Decision = {
    ...{ subject, number, at: order.at },
    by: order.login,
    reason: Array.from(reason).slice(0, 300).join(""),
  };
  await tools.store.decisions.keep(place.repositoryId, decision);
  const others = earlier.decisions.filter((each) => keyOf(each) !== keyOf(decision));
  if (!hasComment(subject, earlier, scene) && others.length === earlier.decisions.length) {
    const what = `note/${place.repositoryId}/${order.comment.kind}/${order.comment.id}`;
    if (await tools.store.sayOnce(what)) {
      await reply(client, place, number, order.comment, tools.words.note(decision));
    }
  }
  return { ...earlier, decisions: [...others, decision] };
}

function hasComment(subject: Subject, earlier: Earlier, { review }: Scene): boolean {
  if (subject.kind !== "finding") return false;
  return [...recognise(review.introduced, earlier.comments).values()].some(
    ({ fingerprint }) => fingerprint === subject.fingerprint,
  );
}

async function takeBack(
  isIt: (decision: Decision) => boolean,
  order: Order,
  earlier: Earlier,
  { client, place, tools }: Scene,
): Promise<Earlier | Obstacle> {
  const gone = earlier.decisions.filter(isIt);
  if (gone.length === 0) return order.name === "resume" ? earlier : "not-ignored";
  for (const { comment, decision } of earlier.notes) {
    if (!isIt(decision)) continue;
    await editNote(client, place, comment, tools.words.withdrawn(decision, order.login));
  }
  for (const decision of gone) await tools.store.decisions.forget(place.repositoryId, decision);
  return {
    ...earlier,
    notes: earlier.notes.filter(({ decision }) => !isIt(decision)),
    decisions: earlier.decisions.filter((decision) => !isIt(decision)),
  };
}

function aimOf({ words, comment }: Order, { tools }: Scene): Aim {
  const ruleNamed = (word: string) => tools.rulebook.find(word)?.page.name;
  return readAim(words, ruleNamed, comment.kind === "review");
}

/** The marks of the comment that began the thread: one for each of its findings. */
function threadOf({ comment }: Order, earlier: Earlier): readonly EarlierComment[] {
  if (comment.kind !== "review") return [];
  return earlier.comments.filter((each) => each.comment === comment.root);
}

/** Who answers a comment on several findings without naming one means all that are open in it. */
function inThread(
  thread: readonly EarlierComment[],
  { review }: Scene,
): readonly ReviewedFinding[] {
  const open = thread.filter(({ standing }) => standing === "open");
  const meant = recognise(review.introduced, open.length > 0 ? open : thread);
  return [...new Set(meant.values())];
}

/** The beginning of an id suffices as long as one finding alone has it. */
function byId(id: string, earlier: Earlier, { review }: Scene): readonly ReviewedFinding[] {
  const fitting = review.introduced.filter(({ fingerprint }) => fingerprint.startsWith(id));
  if (fitting.length === 1) return fitting;
  const before = earlier.comments.find(({ fingerprint }) => fingerprint.startsWith(id));
  return before === undefined ? [] : [...recognise(review.introduced, [before]).values()];
}

/** Does the rule make this check fail, or could it, with the next commit? */
function mayBlock(rule: string, { review, tools: { rulebook, config } }: Scene): boolean {
  if (review.introduced.some(({ finding, mode }) => finding.rule === rule && mode === "block")) {
    return true;
  }
  const page = rulebook.find(rule)?.page;
  if (page === undefined) return false;
  return findingModes(config)(anyFindingOf(page)) === "block";
}

function mayIgnoreBlocking({ role, isAuthor }: Order, { tools }: Scene): boolean {
  const { ignoreBlocking, authorMayIgnoreBlocking } = tools.config.commands;
  return isAtLeast(role, ignoreBlocking) && (!isAuthor || authorMayIgnoreBlocking);
}

async function refuse(order: Order, obstacle: Obstacle, scene: Scene): Promise<void> {
  const { client, place, number, tools } = scene;
  const { comment, login } = order;
  await react(client, place, comment, "confused");
  // One sentence of each kind to one person on one pull request, however often they ask.
  const what = `obstacle/${place.repositoryId}/${number}/${login}/${obstacle}`;
  if (!(await tools.store.sayOnce(what))) return;
  await reply(client, place, number, comment, tools.words.notDone(obstacle, tools.config.commands));
}
