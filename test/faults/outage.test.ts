// Nobody listens for an hour: all that GitHub could not deliver in that time is made good after the next
// start, from GitHub's own list of deliveries; also what no look at open pull requests would show.

import { afterEach, expect, test } from "vitest";
import { random } from "../random.ts";
import {
  aCampaignRepository,
  type Campaigned,
  isSettled,
  judge,
  openOne,
} from "./pull-requests.ts";
import { type Site, type StoreKind, startSite } from "./site.ts";

const serverUrl = process.env.DATABASE_URL;
const stores: readonly StoreKind[] =
  serverUrl === undefined ? ["embedded"] : ["embedded", "PostgreSQL"];
/** More deliveries than GitHub tells of on one page, where there is time. */
const pullRequests = process.env.PYWARD_FAULTS === undefined ? 4 : 40;
const minuteMs = 60_000;

let site: Site;

afterEach(() => site.close());

test.each(stores)("an hour without the App, on the %s store", {
  timeout: 900_000,
}, async (store) => {
  let behindMs = 0;
  site = await startSite({ store, serverUrl, clock: () => new Date(Date.now() - behindMs) });
  const { github } = site;
  await site.start();
  await site.kill("web");
  await site.kill("worker");
  const repository = await aCampaignRepository(github);
  const dice = random(1);
  const pulls: Campaigned[] = [];
  for (let index = 0; index < pullRequests; index += 1) {
    behindMs = 60 * minuteMs - (index * 60 * minuteMs) / pullRequests;
    pulls.push(await openOne(github, repository, index, dice));
    const number = pulls[dice.below(pulls.length)]?.number ?? 1;
    github.comment({ repository, by: "mona", number, body: "/pyward help" });
  }
  await github.webhooks.settled();
  const lost = github.webhooks.log.filter(({ statusCode }) => statusCode >= 400);
  expect(lost.length).toBeGreaterThanOrEqual(2 * pullRequests);
  behindMs = 0;
  // The look at open pull requests would find these, too; here it is the list that must do.
  const listed = { operation: "apps/list-installations" };
  const times = Number.POSITIVE_INFINITY;
  github.faults.add({ kind: "status", status: 500, times, match: listed });

  await site.start();

  const answers = async () => {
    const views = pulls.map(({ number }) => viewOf(repository, number));
    return (await Promise.all(views)).flatMap(({ comments }) =>
      comments.filter(({ author }) => author.isBot),
    ).length;
  };
  await github.waitFor(
    "all reviews",
    () => pulls.every((pull) => isSettled(github, pull)),
    600_000,
  );
  await github.waitFor("all answers", async () => (await answers()) >= pullRequests, 300_000);
  const wrong = await Promise.all(pulls.map((pull) => judge(github, pull)));
  expect(wrong.flat()).toEqual([]);
  expect(await answers()).toBe(pullRequests);
  expect(github.ledger.violations).toEqual([]);
});

function viewOf(repository: string, number: number) {
  const [owner = "", repo = ""] = repository.split("/");
  return site.github.pullRequestView(owner, repo, number);
}
