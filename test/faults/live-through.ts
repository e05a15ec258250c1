// One misfortune lived through: pull requests come in while it lasts, and in the end each of them has
// what it should.

import { type Random, random } from "../random.ts";
import type { Misfortune } from "./misfortunes.ts";
import {
  aCampaignRepository,
  type Campaigned,
  isSettled,
  judge,
  openOne,
  pushMore,
} from "./pull-requests.ts";
import type { Site } from "./site.ts";

export interface Trial {
  /** How many pull requests there were. */
  readonly count: number;
  readonly seed: number;
}

/** How long all may take to come to rest afterwards, in milliseconds, on a busy machine. */
const patience = 300_000;

/** What was lived through before: of what it left behind, something may be met only now. */
const before = new WeakMap<Site, Misfortune>();

export interface Lived {
  /** How many pull requests there were to review in the end. */
  readonly reviews: number;
  /** What is wrong in the end, as sentences; none is right. */
  readonly wrong: readonly string[];
}

export async function liveThrough(
  site: Site,
  misfortune: Misfortune,
  { count, seed }: Trial,
): Promise<Lived> {
  const { github } = site;
  const dice = random(seed);
  github.ledger.clear();
  const pulls: Campaigned[] = [];
  await misfortune.begin?.(site, dice);
  let repository = "";
  for (let index = 0; index < count; index += 1) {
    if (index % 8 === 0) repository = await aCampaignRepository(github, `org-${index % 3}`);
    pulls.push(await openOne(github, repository, index, dice));
    if (dice.below(4) === 0) await pushAgain(site, pulls, dice);
    await misfortune.each?.(site, dice, index);
  }
  await misfortune.end?.(site);
  await github
    .waitFor(
      "all is settled",
      () =>
        pulls.every((pull) => isSettled(github, pull)) &&
        github.webhooks.settled().then(() => true),
      patience,
    )
    // What is open is told by the judge.
    .catch(() => {});
  github.faults.clear();
  // What comes too late would say something twice.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const wrong = await Promise.all(pulls.map((pull) => judge(github, pull)));
  const { said = "" } = misfortune;
  const hasStruck = (["web", "worker"] as const).some((part) =>
    site.process(part).output().includes(said),
  );
  return {
    reviews: pulls.length,
    wrong: [
      ...wrong.flat(),
      ...violations(site, misfortune),
      ...(hasStruck ? [] : [`it never struck: no process said "${said}"`]),
    ],
  };
}

/** More commits for one of the newest: its review may be waiting, under way or there. */
async function pushAgain({ github }: Site, pulls: readonly Campaigned[], dice: Random) {
  const newest = pulls.length - 1;
  const index = Math.max(0, newest - dice.below(3));
  const pull = pulls[index];
  if (pull !== undefined) await pushMore(github, pull, index);
}

function violations(site: Site, misfortune: Misfortune): readonly string[] {
  const { github } = site;
  const brought = [misfortune, before.get(site)].flatMap((each) => each?.brings ?? []);
  before.set(site, misfortune);
  const told = github.ledger.violations
    // Commits that come while a review is on its way make GitHub refuse it; nobody can know before.
    .filter(({ detail }) => !detail.includes("not part of the pull request"))
    .filter(({ detail }) => !brought.some((brings) => brings.test(detail)))
    .map(({ kind, request, detail }) => `${kind}: ${request}: ${detail}`);
  return [...new Set(told)];
}
