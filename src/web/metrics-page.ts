// Serves `/metrics` to whoever shows the token; to others it tells nothing.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { safetyHeaders, sendMethodNotAllowed } from "./send.ts";

export interface MetricsPage {
  /** What a reader shows as `Authorization: Bearer ...`. */
  readonly token: string;
  scrape(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Makes the handler of `/metrics`. */
export function createMetricsPage({ token, scrape }: MetricsPage) {
  const expected = digest(`Bearer ${token}`);
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if ((request.url ?? "/").split("?", 1)[0] !== "/metrics") return false;
    const given = digest(request.headers.authorization ?? "");
    if (!timingSafeEqual(given, expected)) {
      response
        .writeHead(401, { ...safetyHeaders, "www-authenticate": "Bearer" })
        .end("Show METRICS_TOKEN as a bearer token.\n");
      return true;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendMethodNotAllowed(response);
      return true;
    }
    const { type, text } = await scrape();
    response.writeHead(200, {
      ...safetyHeaders,
      "content-type": type,
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : text);
    return true;
  };
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
