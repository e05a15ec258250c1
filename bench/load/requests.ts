// Requests in great number: so many side by side, or one every so often, and how long answers take.

import { setTimeout as sleep } from "node:timers/promises";

/** Does something with every item, so many side by side. */
export async function send<Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const some = async () => {
    for (let at = next++; at < items.length; at = next++) await act(items[at] as Item);
  };
  await Promise.all(Array.from({ length: atOnce }, some));
}

/** Asks for a page every so many milliseconds until it is ended; resolves to how long each answer took. */
export function watch(url: string, everyMs: number): { end(): Promise<readonly number[]> } {
  const took: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const began = performance.now();
      const answer = await fetch(url);
      await answer.arrayBuffer();
      took.push(performance.now() - began);
      await sleep(everyMs);
    }
  })();
  return {
    async end() {
      isOver = true;
      await watching;
      return took;
    },
  };
}

/** The value that so many of a hundred do not exceed. */
export function percentile(values: readonly number[], hundredth: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil((hundredth / 100) * sorted.length) - 1);
  return sorted[Math.max(0, at)] ?? Number.NaN;
}
