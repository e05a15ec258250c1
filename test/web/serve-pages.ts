// A page handler behind a real server, for tests that ask as a browser does.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What no handler takes is answered by 418. */
export async function servePages(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer(async (request, response) => {
    if (!(await handler(request, response))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => server.close() };
}
