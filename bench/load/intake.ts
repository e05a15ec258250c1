// Webhooks in great number to one process on the embedded store: how many it takes in, and that a flood
// of what it refuses costs it nothing that stays.

import { createHmac, randomUUID } from "node:crypto";
import { request as ask, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type AppProcess, startApp } from "./processes.ts";
import { send } from "./requests.ts";

export interface IntakeResult {
  /** What was sent at the rate asked for: how many were taken in a second, and how long each took. */
  readonly steady: { readonly perSecond: number; readonly milliseconds: readonly number[] };
  /** As fast as it goes. */
  readonly most: { readonly perSecond: number };
  /** Resident sizes in megabytes: before, the largest on the way, afterwards; and what was answered. */
  readonly flood: {
    readonly before: number;
    readonly most: number;
    readonly after: number;
    readonly statuses: Readonly<Record<string, number>>;
  };
}

const secret = "a secret that only the measure knows";

export async function measureIntake(
  dataDir: string,
  privateKey: string,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<IntakeResult> {
  const github = await startClosedGitHub(100);
  const app = await startApp("all", {
    ...{ APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret },
    ...{ GHE_HOST: github.host, GHE_PROTOCOL: "http", DATA_DIR: dataDir },
  });
  const url = `${app.url}/api/github/webhooks`;
  try {
    await steadily(url, rate, 3);
    const steady = await steadily(url, rate, seconds);
    const most = await asFastAsItGoes(url, seconds);
    const flood = await flooded(app, url);
    return { steady, most, flood };
  } finally {
    await app.stop();
    github.stop();
  }
}

async function steadily(url: string, rate: number, seconds: number) {
  const milliseconds: number[] = [];
  const underWay: Promise<void>[] = [];
  const began = performance.now();
  for (let nth = 0; nth < rate * seconds; nth += 1) {
    const due = began + (nth * 1000) / rate;
    const left = due - performance.now();
    if (left > 1) await sleep(left);
    // Counted from when it was due: what waits because others do is late all the same.
    underWay.push(
      deliver(url, aPayload()).then((isTaken) => {
        if (isTaken) milliseconds.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(underWay);
  return { perSecond: milliseconds.length / ((performance.now() - began) / 1000), milliseconds };
}

async function asFastAsItGoes(url: string, seconds: number) {
  const began = performance.now();
  let taken = 0;
  const some = async () => {
    while (performance.now() - began < seconds * 1000) {
      if (await deliver(url, aPayload())) taken += 1;
    }
  };
  await Promise.all(Array.from({ length: 32 }, some));
  return { perSecond: taken / ((performance.now() - began) / 1000) };
}

async function flooded(app: AppProcess, url: string) {
  const before = app.memory();
  let most = before;
  const statuses: Record<string, number> = {};
  const note = (status: number | string) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    most = Math.max(most, app.memory());
  };
  const body = JSON.stringify({ text: "x".repeat(200_000) });
  await send(Array.from({ length: 3000 }), 32, async () => {
    const answer = await fetch(url, { method: "POST", headers: headersFor("wrong"), body });
    await answer.arrayBuffer();
    note(answer.status);
  });
  await send(Array.from({ length: 64 }), 8, async () => note(await sendEndlessly(url, 60)));
  await sleep(2000);
  return { before, most, after: app.memory(), statuses };
}

/** A body of so many megabytes that does not say how long it will be. */
function sendEndlessly(url: string, megabytes: number): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { ...headersFor("wrong"), "transfer-encoding": "chunked" };
    const request = ask(url, { method: "POST", headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
      request.destroy();
    });
    request.on("error", (error) => resolve("code" in error ? String(error.code) : "error"));
    const piece = Buffer.alloc(1024 * 1024, 120);
    let left = megabytes;
    const more = () => {
      while (left > 0 && !request.destroyed) {
        left -= 1;
        if (!request.write(piece)) {
          request.once("drain", more);
          return;
        }
      }
      request.end();
    };
    more();
  });
}

/** Was it taken? A connection that is not had in time counts as one that was not. */
async function deliver(url: string, body: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: "POST", headers: headersFor(body), body });
    await answer.arrayBuffer();
    return answer.status === 202;
  } catch {
    return false;
  }
}

function headersFor(body: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}

let count = 0;

/** About as long as GitHub's own. */
function aPayload(): string {
  count += 1;
  const installation = 1 + (count % 100);
  return JSON.stringify({
    action: "opened",
    number: count,
    pull_request: {
      number: count,
      head: { sha: count.toString(16).padStart(40, "0") },
      updated_at: "2026-01-01T00:00:00Z",
      body: "x".repeat(20_000),
    },
    installation: { id: installation },
    repository: { id: installation, name: "shop", owner: { login: `org-${installation}` } },
    sender: { id: 3, login: "octocat", type: "User" },
  });
}

/** A GitHub that takes its time, gives out tokens, and where every pull request is closed already. */
async function startClosedGitHub(delayMs: number) {
  const server = createServer(async (request, response) => {
    request.resume();
    await sleep(delayMs);
    const path = request.url ?? "";
    const number = Number(/\/pulls\/(\d+)$/u.exec(path)?.[1]);
    const isToken = path.endsWith("/access_tokens");
    response.writeHead(isToken ? 201 : 200, { "content-type": "application/json" });
    if (isToken) {
      const expires_at = new Date(Date.now() + 3_600_000).toISOString();
      response.end(JSON.stringify({ token: `ghs_${randomUUID()}`, expires_at, permissions: {} }));
    } else if (number > 0) {
      const side = { ref: "x", sha: "0".repeat(40), repo: { id: 1 } };
      const pull = { number, state: "closed", draft: false, head: side, base: side };
      const counts = { comments: 0, review_comments: 0, updated_at: "2026-01-01T00:00:00Z" };
      response.end(JSON.stringify({ ...pull, ...counts, user: { id: 1 } }));
    } else response.end(path.includes("/app/") ? "[]" : "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
