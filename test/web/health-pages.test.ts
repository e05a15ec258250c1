// What a supervisor is told: alive, ready, or what is missing.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createHealthPages, type Health } from "../../src/web/health-pages.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function served(needs: Health["needs"]): Promise<string> {
  const pages = createHealthPages({ needs });
  server = createServer(async (request, response) => {
    if (!(await pages(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answerOf(url: string) {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

test("what is missing is named, and what never answers is missing too", async () => {
  const url = await served({
    store: async () => true,
    queue: async () => false,
    "App key": async () => {
      throw new Error("broken");
    },
    GitHub: () => new Promise(() => {}),
  });

  expect(await answerOf(`${url}/readyz`)).toEqual({
    status: 503,
    text: "not ready: queue, App key, GitHub\n",
  });
  expect(await answerOf(`${url}/healthz?x=1`)).toEqual({ status: 200, text: "ok\n" });
  expect((await answerOf(`${url}/else`)).status).toBe(404);
});

test("with everything there it is ready", async () => {
  const url = await served({ store: async () => true });

  expect(await answerOf(`${url}/readyz`)).toEqual({ status: 200, text: "ok\n" });
  expect(await (await fetch(`${url}/readyz`, { method: "HEAD" })).text()).toBe("");
});
