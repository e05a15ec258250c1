// Kills the App at every step of a review: the steps are the requests to GitHub and the statements of
// the store that one undisturbed review makes, each with what comes just before and just after it.

import type { Step } from "../e2e/misfortune.ts";
import { random } from "../random.ts";
import { aCampaignRepository, isSettled, judge, openOne } from "./pull-requests.ts";
import type { Part, Site } from "./site.ts";

export interface KillStep extends Step {
  readonly kind: "request" | "statement";
  /** The process that takes it. */
  readonly part: Part;
  readonly when: "before" | "after";
}

export interface Killed {
  readonly step: KillStep;
  /** What is wrong in the end; nothing is right. */
  readonly wrong: readonly string[];
  /** From the start of the next process, when it listens, until the check is concluded. */
  readonly seconds: number;
}

/** A process that died is started anew; so long, in milliseconds, all may take then. */
const patience = 120_000;

export function nameOfStep({ when, name, nth, part }: KillStep): string {
  return `${part} ${when} ${name}${nth === 0 ? "" : ` (${nth + 1})`}`;
}

/** The steps of one review from the webhook to the end, in order, found by making one. */
export async function recordSteps(site: Site): Promise<readonly KillStep[]> {
  const parts: readonly Part[] = site.store === "embedded" ? ["web"] : ["web", "worker"];
  // The first review of a process also asks for a token, and upkeep has more to do than later.
  await reviewOne(site, 0);
  await aMoment();
  for (const part of parts) {
    site.process(part).order({ kind: "tell steps" });
    await site.process(part).says("heard tell steps");
  }
  site.github.ledger.clear();
  await reviewOne(site, 1);
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
        .matchAll(/^step (\d+) (.+)$/gmu),
    ].map(([, nth, name = ""]) => ({ kind: "statement", part, name, nth: Number(nth) }) as const),
  );
  return [...requests, ...statements].flatMap((step) => [
    { ...step, when: "before" } as const,
    { ...step, when: "after" } as const,
  ]);
}

/** Kills the process at the step, starts it again, and looks at what came of the review. */
export async function killAt(site: Site, step: KillStep, index: number): Promise<Killed> {
  const { github } = site;
  const { kind, part, name, nth, when } = step;
  const victim = site.process(part);
  if (kind === "request") {
    const act = () => site.kill(part);
    github.faults.add({ kind: `act-${when}`, act, match: { operation: name }, after: nth });
  } else {
    victim.order({ kind: "die", when, step: { name, nth } });
    await victim.says("heard die");
  }
  const repository = await aCampaignRepository(github);
  const pull = await openOne(github, repository, index, random(index));
  const isDead = await Promise.race([
    victim.ended().then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), 60_000).unref()),
  ]);
  github.faults.clear();
  if (!isDead) return { step, wrong: ["the step was never reached"], seconds: 0 };
  await site.start();
  const started = performance.now();
  try {
    await github.waitFor("all is settled", () => isSettled(github, pull), patience);
  } catch {
    // What is open is told by the judge.
  }
  const seconds = (performance.now() - started) / 1000;
  return { step, wrong: await judge(github, pull), seconds };
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
