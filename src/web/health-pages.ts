// What a supervisor asks: is the process alive, and can it take work? If not, what is missing?

import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export interface Health {
  /** What it takes to work, by name; each rejects or resolves to `false` when it is not there. */
  readonly needs: Readonly<Record<string, () => Promise<boolean>>>;
}

/** Makes the handler of `/healthz` and `/readyz`; it leaves every other address to others. */
export function createHealthPages({ needs }: Health) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (path !== "/healthz" && path !== "/readyz") return false;
    const missing = path === "/healthz" ? [] : await missingOf(needs);
    const isFine = missing.length === 0;
    response.writeHead(isFine ? 200 : 503, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    });
    const body = isFine ? "ok\n" : `not ready: ${missing.join(", ")}\n`;
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  };
}

/** Shorter than what a supervisor waits, in milliseconds. */
const patienceMs = 2000;

async function missingOf(needs: Health["needs"]): Promise<readonly string[]> {
  const asked = Object.entries(needs).map(async ([name, isThere]) => {
    // Whoever asks waits for a few seconds only: what does not answer is not there.
    const isLate = delay(patienceMs, false, { ref: false });
    return (await Promise.race([isThere().catch(() => false), isLate])) ? [] : [name];
  });
  return (await Promise.all(asked)).flat();
}
