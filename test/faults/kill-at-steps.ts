// Kills the App at every step of a review: the steps are the requests to GitHub and the statements of
// the store that one undisturbed review makes, each with what comes just before and just after it.

import type { Step } from "../e2e/misfortune.ts";
import { random } from "../random.ts";
import {
  aCampaignRepository,
  type Campaigned,
  isSettled,
  judge,
  openOne,
} from "./pull-requests.ts";
import type { Part, Site } from "./site.ts";

export interface KillStep extends Step {
  readonly kind: "request" | "statement";
  /** The process that takes it. */
  readonly part: Part;
  readonly when: "before" | "after";
}

export interface Killed {
  readonly step: KillStep;
  /** How many pull requests were opened for it. */
  readonly reviews: number;
  /** Was the process there, and killed? */
  readonly isReached: boolean;
  /** What is wrong in the end; nothing is right. */
  readonly wrong: readonly string[];
  /** From the start of the next process, when it listens, until the check is concluded. */
  readonly seconds: number;
}

/** A process that died is started anew; so long, in milliseconds, all may take then. */
const patience = 120_000;

/** How many pull requests are opened for one step. */
const mostTries = 3;

export function nameOfStep({ when, name, nth, part }: KillStep): string {
  return `${part} ${when} ${name}${nth === 0 ? "" : ` (${nth + 1})`}`;
}

/**
 * The steps of one review from the webhook to the end, in order: those that two reviews in a row take.
 * What only one of them had is upkeep that came between, or a wake-up that was moved and not written.
 */
export async function recordSteps(site: Site): Promise<readonly KillStep[]> {
  // The first review of a process also asks for a token, and upkeep has more to do than later.
  await reviewOne(site, 0);
  await aMoment();
  const first = await stepsOf(site, 1);
  const second = new Set((await stepsOf(site, 2)).map(nameOfStep));
  return first.filter((step) => second.has(nameOfStep(step)));
}

async function stepsOf(site: Site, index: number): Promise<readonly KillStep[]> {
  const parts: readonly Part[] = site.store === "embedded" ? ["web"] : ["web", "worker"];
  const begin = new Map<Part, number>();
  for (const part of parts) {
    const process = site.process(part);
    begin.set(part, process.output().length);
    process.order({ kind: "tell steps" });
    await site.github.waitFor("the order is heard", () =>
      process.output().slice(begin.get(part)).includes("heard tell steps"),
    );
  }
  site.github.ledger.clear();
  await reviewOne(site, index);
  await aMoment();

  const asked = new Map<string, number>();
  const requests = site.github.ledger.requests.flatMap(({ operation, token }) => {
    if (operation === undefined || token !== "installation") return [];
    // Which question of GraphQL it is stands in its body only.
    const name = operation.replace(/^graphql\/.*/u, "graphql");
    const nth = asked.get(name) ?? 0;
    asked.set(name, nth + 1);
    return [{ kind: "request", part: "worker", name, nth } as const];
  });
  const statements = parts.flatMap((part) =>
    [
      ...site
        .process(part)
        .output()
        .slice(begin.get(part))
        .matchAll(/^step (\d+) (.+)$/gmu),
    ].map(([, nth, name = ""]) => ({ kind: "statement", part, name, nth: Number(nth) }) as const),
  );
  return [...requests, ...statements].flatMap((step) => [
    { ...step, when: "before" } as const,
    { ...step, when: "after" } as const,
  ]);
}

/**
 * Kills the process at the step, starts it again, and looks at what came of the review. Whether a wake-up
 * is written anew or moved depends on what came first, so that a step may be passed by: then it is waited
 * for on further pull requests.
 */
export async function killAt(site: Site, step: KillStep, index: number): Promise<Killed> {
  const wrong: string[] = [];
  for (let reviews = 1; reviews <= mostTries; reviews += 1) {
    const { isDead, pull } = await openDoomed(site, step, index * mostTries + reviews);
    const started = performance.now();
    if (isDead) await settle(site, pull);
    const seconds = (performance.now() - started) / 1000;
    wrong.push(...(await judge(site.github, pull)));
    if (isDead) return { step, reviews, isReached: true, wrong, seconds };
  }
  return { step, reviews: mostTries, isReached: false, wrong, seconds: 0 };
}

/** Opens a pull request with the order to die at the step; if that came to pass, all run again now. */
async function openDoomed(site: Site, { kind, part, name, nth, when }: KillStep, index: number) {
  const { github } = site;
  const victim = site.process(part);
  if (kind === "request") {
    const act = () => site.kill(part);
    github.faults.add({ kind: `act-${when}`, act, match: { operation: name }, after: nth });
  } else {
    victim.order({ kind: "die", when, step: { name, nth } });
    await victim.says("heard die");
  }
  const pull = await openOne(github, await aCampaignRepository(github), index, random(index));
  const isDead = await Promise.race([
    victim.ended().then(() => true),
    settle(site, pull)
      .then(aMoment)
      .then(() => false),
  ]);
  github.faults.clear();
  if (!isDead) victim.order({ kind: "live" });
  else await site.start();
  return { isDead, pull };
}

/** Waits for the end of the review; what is open after all that time is told by the judge. */
async function settle({ github }: Site, pull: Campaigned): Promise<void> {
  await github.waitFor("all is settled", () => isSettled(github, pull), patience).catch(() => {});
}

async function reviewOne(site: Site, index: number): Promise<void> {
  const { github } = site;
  const repository = await aCampaignRepository(github);
  const pull = await openOne(github, repository, index, random(index));
  await github.waitFor("the review", () => isSettled(github, pull), patience);
}

/** Until what follows the conclusion of a check is written down, too. */
async function aMoment(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2000));
}
