// The App starts with a sentence or not at all, says how it is, and ends what it began.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { CannotStart, type RunningApp, serve } from "../src/app.ts";
import type { Settings } from "../src/settings.ts";
import { openDatabase } from "../src/store/open-database.ts";
import { aDataFolder, aFolder } from "./a-folder.ts";
import { markerEngine } from "./e2e/marker-engine.ts";
import { quiet } from "./jobs/makers.ts";

let privateKey: string;
const running: RunningApp[] = [];

beforeAll(() => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
});

function theSettings(changes: Partial<Settings> = {}): Settings {
  return {
    appId: 1,
    privateKey,
    webhookSecret: "a secret for the tests",
    port: 0,
    host: "127.0.0.1",
    // Nobody listens there: no test asks GitHub itself.
    gheHost: "127.0.0.1:9",
    gheProtocol: "http",
    databaseUrl: undefined,
    dataDir: aDataFolder("app"),
    publicUrl: undefined,
    logLevel: "silent",
    logFormat: "json",
    metricsToken: undefined,
    tracesEndpoint: undefined,
    role: "all",
    ...changes,
  };
}

async function start(changes: Partial<Settings> = {}): Promise<RunningApp> {
  const app = await serve(theSettings(changes), { engine: markerEngine(), log: quiet });
  running.push(app);
  return app;
}

describe("a running App", () => {
  let url: string;

  beforeAll(async () => {
    const app = await serve(theSettings(), { engine: markerEngine(), log: quiet });
    url = app.url;
    return () => app.stop();
  });

  test("it tells that it lives, that it is ready, and what its rules are", async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect(await status(`${url}/healthz`)).toBe(200);
    expect(await status(`${url}/readyz`)).toBe(200);
    expect(await status(`${url}/rules/security/sql-injection`)).toBe(200);
    expect(await status(`${url}/elsewhere`)).toBe(404);
  });

  test("an event that GitHub did not sign is refused", async () => {
    const response = await fetch(`${url}/api/github/webhooks`, {
      method: "POST",
      body: "{}",
      headers: {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": "d-1",
        "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
      },
    });

    expect(response.status).toBe(401);
  });

  test("Probot's own setup and pages are not there, nor are metrics that nobody asked for", async () => {
    for (const path of ["/metrics", "/probot", "/probot/setup", "/probot/import", "/ping"]) {
      expect(await status(`${url}${path}`), path).toBe(404);
    }
  });
});

test("a port in use is told by a sentence", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  await expect(start({ port })).rejects.toThrow(
    new CannotStart(`Port ${port} is in use; set PORT to a free one, or stop the other program.`),
  );
  other.close();
});

test("a data folder in use is told by a sentence, and is free when the other one stopped", async () => {
  const dataDir = aFolder("locked");
  const first = await start({ dataDir });

  await expect(start({ dataDir })).rejects.toThrow(
    new CannotStart(
      `The data folder ${dataDir} is in use by another Pyward; stop that one, or set DATA_DIR to another folder.`,
    ),
  );

  await first.stop();
  expect(await status(`${(await start({ dataDir })).url}/readyz`)).toBe(200);
});

test("a folder that cannot be written and a database that is not there are told by a sentence", async () => {
  await expect(start({ dataDir: "/proc/pyward" })).rejects.toThrow(
    "The data folder /proc/pyward cannot be written; set DATA_DIR to one that can.",
  );
  await expect(start({ databaseUrl: "postgres://nobody@127.0.0.1:1/none" })).rejects.toThrow(
    /^PostgreSQL at DATABASE_URL cannot be reached: .*\.$/u,
  );
});

test("a store that a newer Pyward made unfit for this one is not touched", async () => {
  const dataDir = aFolder("newer");
  const first = await start({ dataDir });
  await first.stop();
  const database = await openDatabase({ databaseUrl: undefined, dataDir });
  await database.query("update pyward.version set number = 999, oldest = 998");
  await database.close();

  await expect(start({ dataDir })).rejects.toThrow(/made by a newer Pyward \(version 999/u);
});

test("it stops once, and tells that it has", async () => {
  const app = await start();

  await Promise.all([app.stop(), app.stop(), app.stopped]);

  await expect(fetch(`${app.url}/healthz`)).rejects.toThrow();
});

async function status(url: string): Promise<number> {
  return (await fetch(url, { redirect: "manual" })).status;
}
