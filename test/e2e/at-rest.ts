// When is the App done? Judged by what it says of its work, not by a clock: a busy machine only takes longer.

import { setTimeout as delay } from "node:timers/promises";
import type { WorldOfOne } from "./world.ts";

const metricsToken = "a token that only tests know";

/** With this the App tells how much it has still to do. */
export const watched: Readonly<Record<string, string>> = { METRICS_TOKEN: metricsToken };

type Watched = Pick<WorldOfOne, "github" | "app">;

/** Only what hangs takes so long, in milliseconds. */
const patience = 900_000;

/** Waits until something is so, or until nothing is left that could make it so. */
export async function untilAtRest(
  world: Watched,
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  let asked = -1;
  let wasAtRest = false;
  const look = async () => {
    if (await isSo()) return true;
    if (wasAtRest) return true;
    // As long as it asks GitHub anything, there is no need to ask it.
    const { length } = world.github.ledger.requests;
    wasAtRest = asked === length && (await isAtRest(world));
    asked = length;
    return false;
  };
  await world.github.waitFor(what, look, patience);
}

/** Waits until GitHub has told everything and the App has answered it. */
export async function atRest(world: Watched): Promise<void> {
  await world.github.webhooks.settled();
  while (!(await hasNothingToDo(world))) await delay(50);
}

/** Has the App taken all that GitHub told, and done it? What it did not take is sent again some day. */
async function isAtRest(world: Watched): Promise<boolean> {
  const { log } = world.github.webhooks;
  const isTaken = ({ statusCode }: { readonly statusCode: number }) =>
    statusCode >= 200 && statusCode < 300;
  const taken = new Set(log.filter(isTaken).map(({ guid }) => guid));
  return log.every(({ guid }) => taken.has(guid)) && (await hasNothingToDo(world));
}

async function hasNothingToDo({ app }: Watched): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${app.port}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const text = await response.text();
  const waiting = /^pyward_jobs\{[^}]*state="waiting"[^}]*\} (\d+)$/mu.exec(text)?.[1];
  if (waiting === undefined) throw new Error("the App does not tell what waits");
  return waiting === "0";
}
