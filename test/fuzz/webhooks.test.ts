// Signed webhooks whose payloads nobody sends: each gets a clear answer within the ten seconds that
// GitHub waits, and what was taken in can be read again. `npm run test:fuzz` sends tens of thousands.

import { createHmac, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProbotServer, type ProbotServer } from "../../src/github/probot-server.ts";
import { noMetrics } from "../../src/jobs/metrics.ts";
import { createQueue, type Queue } from "../../src/jobs/queue.ts";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";
import { quiet } from "../jobs/makers.ts";
import { random } from "../random.ts";
import { cases, seed } from "./cases.ts";
import { mutateJson, mutateText } from "./mutate.ts";
import { type RealEvent, realEvents } from "./real-events.ts";

const secret = "a secret that only tests know";
const count = cases(200);
const unhandled: unknown[] = [];

let events: readonly RealEvent[];
let database: Database;
let store: Store;
let queue: Queue;
let server: ProbotServer;
let url: string;

beforeAll(async () => {
  process.on("unhandledRejection", (reason) => unhandled.push(reason));
  events = await realEvents();
  database = await openDatabase({ databaseUrl: undefined, dataDir: aDataFolder("fuzz") });
  store = await createStore(database);
  queue = await createQueue({ store, log: quiet, databaseUrl: undefined, metrics: noMetrics });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const port = await freePort();
  url = `http://127.0.0.1:${port}/api/github/webhooks`;
  server = await createProbotServer({
    appId: 4242,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    webhookSecret: secret,
    apiUrl: "http://127.0.0.1:1/api/v3",
    host: "127.0.0.1",
    port,
    isHurried: true,
    log: quiet,
    metrics: noMetrics,
    hears: true,
    pages: [],
    submit: queue.submit,
  });
  await server.start();
});

afterAll(async () => {
  await server.stop();
  await queue.stop(1000);
  await database.close();
});

test("the events are real: each is taken, and every kind that we hear is there", async () => {
  for (const [index, event] of events.entries()) {
    const { status, body } = await send(`real-${index}`, event.name, JSON.stringify(event.payload));
    expect([event.name, status, body]).toEqual([event.name, 202, "accepted\n"]);
  }
  const kinds = ["check_run", "check_suite", "installation", "installation_repositories"];
  const more = ["issue_comment", "merge_group", "pull_request", "pull_request_review_comment"];
  const last = ["pull_request_review_thread", "repository"];
  expect(events.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...kinds, ...more, ...last]),
  );
});

test(`${count} payloads that nobody sends are taken or refused with a sentence`, async () => {
  const dice = random(seed);
  const wrong: string[] = [];
  const answers = new Map<number, number>();
  const texts = events.map(({ payload }) => JSON.stringify(payload));
  let next = 0;
  const sendSome = async () => {
    for (let nth = next++; nth < count; nth = next++) {
      const { name, payload } = dice.pick(events);
      // One in eight is broken as text; there JSON itself may be gone.
      const body =
        nth % 8 === 0
          ? mutateText(JSON.stringify(payload), dice, texts)
          : JSON.stringify(mutateJson(payload, dice));
      const answer = await send(`fuzz-${seed}-${nth}`, name, body);
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      const isClear =
        answer.status === 202
          ? answer.body === "accepted\n"
          : answer.status === 400 && /^[A-Z][^\n]{10,600}\.\n$/u.test(answer.body);
      if (!isClear)
        wrong.push(`no. ${nth}: ${name}: ${answer.status} ${answer.body}: ${body.slice(0, 2000)}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, sendSome));

  expect(wrong.slice(0, 5)).toEqual([]);
  console.log(`webhooks: ${count}, seed ${seed}: ${JSON.stringify(Object.fromEntries(answers))}`);
  expect(answers.get(202)).toBeGreaterThan(count / 10);
  expect(answers.get(400)).toBeGreaterThan(count / 20);
}, 3_600_000);

test("whatever was taken can be read again", async () => {
  const slots = await store.requests.waitingSlots();
  for (const slot of slots) {
    const waiting = await store.requests.waiting(slot);
    expect(waiting.length, slot).toBeGreaterThan(0);
  }
  expect(unhandled).toEqual([]);
}, 3_600_000);

async function send(delivery: string, event: string, body: string) {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-delivery": delivery,
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, body: await answer.text() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
