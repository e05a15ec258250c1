// What a supervisor asks: is the process alive, and can it take work?

import type { IncomingMessage, ServerResponse } from "node:http";

export interface Health {
  /** Rejects, or resolves to `false`, when no work can be taken. */
  isReady(): Promise<boolean>;
}

/** Makes the handler of `/healthz` and `/readyz`; it leaves every other address to others. */
export function createHealthPages(health: Health) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (path !== "/healthz" && path !== "/readyz") return false;
    const isFine = path === "/healthz" || (await health.isReady().catch(() => false));
    response.writeHead(isFine ? 200 : 503, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : isFine ? "ok\n" : "not ready\n");
    return true;
  };
}
