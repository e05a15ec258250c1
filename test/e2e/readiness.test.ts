// `/readyz` tells the truth: what is lost is named while it is lost, and no longer.

import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type RunningApp, serve } from "../../src/app.ts";
import { type Role, readSettings } from "../../src/settings.ts";
import { aDataFolder } from "../a-folder.ts";
import { anEmulator } from "../github-emulator/makers.ts";
import { quiet } from "../jobs/makers.ts";
import { aDatabase, isPostgresHere } from "./a-database.ts";
import { markerEngine } from "./marker-engine.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(environment: Readonly<Record<string, string>>, role: Role = "all") {
  const read = readSettings({ ...environment, PORT: "0", HOST: "127.0.0.1" }, role);
  if (!read.ok) throw new Error(read.faults.join("\n"));
  const app = await serve(read.settings, { engine: markerEngine(), log: quiet });
  closing.push(() => app.stop());
  return app;
}

async function readiness(app: RunningApp): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${app.port}/readyz`);
  return `${response.status} ${(await response.text()).trim()}`;
}

test("an App whose key GitHub refuses lives, and is not ready", async () => {
  const github = await anEmulator();
  const environment = { ...github.environment, DATA_DIR: aDataFolder("ready") };

  const app = await start({ ...environment, APP_ID: "7" });

  // Whoever asks is not kept waiting for GitHub: its answer counts from the next time on.
  await expect.poll(() => readiness(app), { timeout: 30_000 }).toBe("503 not ready: App key");
  expect((await fetch(`http://127.0.0.1:${app.port}/healthz`)).status).toBe(200);
});

test("a GitHub that is down is no reason to be taken out of service", async () => {
  const github = await anEmulator();
  const fault = { kind: "status", status: 502, times: Number.POSITIVE_INFINITY } as const;
  github.faults.add(fault);

  const app = await start({ ...github.environment, DATA_DIR: aDataFolder("ready") });

  expect(await readiness(app)).toBe("200 ok");
});

test.skipIf(!isPostgresHere).each(["web", "worker"] as const)(
  "a process of role %s whose database is out of reach says so, until it is back",
  async (role) => {
    const github = await anEmulator();
    const database = await aDatabase();
    const line = await aLineTo(new URL(database.url));
    closing.push(() => database.close(), line.close);
    const app = await start({ ...github.environment, DATABASE_URL: line.url }, role);
    await expect.poll(() => readiness(app), { timeout: 30_000 }).toBe("200 ok");

    line.cut();
    await expect
      .poll(() => readiness(app), { timeout: 30_000 })
      .toBe("503 not ready: store, queue");

    line.mend();
    await expect.poll(() => readiness(app), { timeout: 60_000 }).toBe("200 ok");
  },
);

/** A line to the database that can be cut: what is open breaks, and what is new is refused. */
async function aLineTo(target: URL) {
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
