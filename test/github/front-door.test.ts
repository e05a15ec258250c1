// Webhooks come in by one door, which lets nothing in that GitHub did not sign.

import { createHmac } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFrontDoor, type WebhookEvent, webhookPath } from "../../src/github/front-door.ts";
import { UnreadableEvent } from "../../src/github/read-event.ts";
import { noMetrics } from "../../src/jobs/metrics.ts";
import { noTraces } from "../../src/jobs/traces.ts";

const secret = "a secret for the tests";
let server: Server;
let url: string;
let received: WebhookEvent[];
let logged: string;
let receive: (event: WebhookEvent) => Promise<void>;

beforeEach(async () => {
  received = [];
  logged = "";
  receive = async (event) => {
    received.push(event);
  };
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk);
      done();
    },
  });
  const door = createFrontDoor({
    traces: noTraces,
    secret,
    log: pino({ level: "trace" }, sink),
    metrics: noMetrics,
    receive: (event) => receive(event),
  });
  server = createServer(async (request, response) => {
    if (!(await door(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function sign(body: string, key = secret): string {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

function deliver(body: string, headers: Record<string, string> = {}, path = webhookPath) {
  return fetch(`${url}${path}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "d-1",
      "x-hub-signature-256": sign(body),
      ...headers,
    },
  });
}

test("a signed event is handed on and accepted", async () => {
  const response = await deliver('{"action":"opened","title":"ünïcode"}');

  expect(response.status).toBe(202);
  expect(received).toEqual([
    { id: "d-1", name: "pull_request", payload: { action: "opened", title: "ünïcode" } },
  ]);
});

test("an event signed with another secret is refused, and its content is not logged", async () => {
  const body = '{"action":"opened","code":"top-secret-code"}';

  const response = await deliver(body, { "x-hub-signature-256": sign(body, "another secret") });

  expect(response.status).toBe(401);
  expect(received).toEqual([]);
  expect(logged).toContain('"delivery":"d-1"');
  expect(logged).not.toContain("top-secret-code");
});

test.each([
  ["no signature", { "x-hub-signature-256": "" }, 400],
  ["a signature of another length", { "x-hub-signature-256": "sha256=abc" }, 401],
  ["a signature by SHA-1", { "x-hub-signature-256": "sha1=0123456789" }, 401],
  ["no event", { "x-github-event": "" }, 400],
  ["no delivery", { "x-github-delivery": "" }, 400],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
])("%s is refused", async (_, headers, status) => {
  const response = await deliver("{}", headers);

  expect(response.status).toBe(status);
  expect(received).toEqual([]);
});

test("a signed body that is no JSON object is refused", async () => {
  expect((await deliver("[1, 2]")).status).toBe(400);
  expect((await deliver("{")).status).toBe(400);
  expect((await deliver("null")).status).toBe(400);
  expect(received).toEqual([]);
});

test("only POST is heard at the address, and other addresses are left to others", async () => {
  expect((await fetch(`${url}${webhookPath}`)).status).toBe(405);
  expect((await deliver("{}", {}, "/elsewhere")).status).toBe(404);
  expect((await deliver("{}", {}, `${webhookPath}?from=proxy`)).status).toBe(202);
});

test("an event that cannot be stored is answered so that GitHub notes the failure", async () => {
  receive = async () => {
    throw new Error("the database is gone");
  };

  const response = await deliver("{}");

  expect(response.status).toBe(500);
  expect(await response.text()).toBe("The event could not be stored; please send it again.\n");
});

test("a body that says it is too large is refused unread", async () => {
  const status = await stream({ "content-length": String(60 * 1024 * 1024) }, 0);

  expect(status).toBe(413);
});

test("a body that turns out to be too large is refused while it streams", async () => {
  const before = process.memoryUsage().rss;
  const status = await stream({ "transfer-encoding": "chunked" }, 200);

  expect(status).toBe(413);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  expect(received).toEqual([]);
});

/** Sends so many megabytes, and stops as soon as there is an answer. Resolves to its status. */
function stream(headers: Record<string, string>, megabytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let status: number | undefined;
    const sending = httpRequest(`${url}${webhookPath}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "push",
        "x-github-delivery": "d-2",
        "x-hub-signature-256": "sha256=00",
        ...headers,
      },
    });
    sending.on("response", (response) => {
      status = response.statusCode ?? 0;
      resolve(status);
      sending.destroy();
    });
    sending.on("error", (error) => {
      if (status === undefined) reject(error);
    });
    const megabyte = Buffer.alloc(1024 * 1024, 32);
    const send = (left: number) => {
      if (left === 0 || status !== undefined) return;
      sending.write(megabyte, () => send(left - 1));
    };
    sending.flushHeaders();
    send(megabytes);
  });
}

test("an event that cannot be read is refused with the reason, and nobody is asked to send it again", async () => {
  receive = async () => {
    throw new UnreadableEvent("The event pull_request cannot be read: number: expected number.");
  };

  const answer = await deliver("{}");

  expect(answer.status).toBe(400);
  expect(await answer.text()).toBe(
    "The event pull_request cannot be read: number: expected number.\n",
  );
});
