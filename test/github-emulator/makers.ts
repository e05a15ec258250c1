// What the emulator's own tests begin with: a small repository, a pull request, and someone who asks.

import { createSign } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import type { EmulatorOptions, GitHubEmulator } from "./emulator.ts";
import { startGitHubEmulator } from "./emulator.ts";
import type { AppManifest } from "./manifest.ts";

export const aManifest: AppManifest = {
  permissions: {
    metadata: "read",
    contents: "read",
    pull_requests: "write",
    checks: "write",
    issues: "read",
    merge_queues: "read",
  },
  events: [
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "issue_comment",
    "check_run",
    "check_suite",
    "merge_group",
    "push",
    "repository",
  ],
};

/** `x = 1 ... x = n`, one a line. */
export function aFile(lines: number): string {
  return Array.from({ length: lines }, (_, index) => `x = ${index + 1}\n`).join("");
}

/** The file with some of its lines replaced; 1-based. */
export function withLines(text: string, replaced: Readonly<Record<number, string>>): string {
  const lines = text.split("\n");
  return lines.map((line, index) => replaced[index + 1] ?? line).join("\n");
}

/** An emulator that ends with the test, and then complains if it was itself wrong. */
export async function anEmulator(options: Partial<EmulatorOptions> = {}): Promise<GitHubEmulator> {
  const github = await startGitHubEmulator({ app: aManifest, ...options });
  onTestFinished(() => github.close());
  return github;
}

export const shop = { owner: "acme", repo: "shop" } as const;
export const repository = "acme/shop";

/**
 * A private repository of an organization with `app.py` of 60 lines, and pull request #1 by ada, who may
 * write, which changes lines 10 and 50 of it and adds `new.py`.
 */
export async function aPullRequest(github: GitHubEmulator): Promise<{ head: string; number: 1 }> {
  const before = aFile(60);
  await github.createRepository({
    owner: "acme",
    ownerType: "Organization",
    name: "shop",
    commits: [{ message: "first", files: { "app.py": before, "lib/other.py": "y = 1\n" } }],
    roles: { ada: "write", rita: "read", tom: "triage" },
  });
  const changed = withLines(before, { 10: "x = 'ten'", 50: "x = 'fifty'" });
  const head = await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "change", files: { "app.py": changed, "new.py": "z = 1\nz = 2\n" } }],
  });
  await github.openPullRequest({ repository, title: "A feature", head: "feature", by: "ada" });
  return { head, number: 1 };
}

/** A token of the App itself; `shift` moves its times, in seconds. */
export function aJwt(github: GitHubEmulator, shift = 0): string {
  const now = Math.floor(Date.now() / 1000) + shift;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: github.environment.APP_ID, iat: now - 30, exp: now + 300 };
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  const signature = createSign("RSA-SHA256")
    .update(signed)
    .sign(github.environment.PRIVATE_KEY ?? "");
  return `${signed}.${signature.toString("base64url")}`;
}

/** A client with that token. It retries nothing and writes nothing to the console. */
export function aClient(github: GitHubEmulator, token: string): Octokit {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ auth: token, baseUrl: `${github.url}/api/v3`, log });
}

/** A client that acts as the installation on acme/shop. */
export async function anInstallation(github: GitHubEmulator): Promise<Octokit> {
  const app = aClient(github, aJwt(github));
  const { data: installation } = await app.rest.apps.getRepoInstallation(shop);
  const { data } = await app.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
  });
  return aClient(github, data.token);
}

/** The status and message of a request that GitHub refuses. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; message: string }> {
  try {
    await request;
  } catch (error) {
    const { status, message } = error as { status: number; message: string };
    return { status, message: message.replace(/ - https:.*$/, "") };
  }
  throw new Error("the request was not refused");
}

export interface HeardEvent {
  /** `pull_request.opened`. */
  readonly name: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Somebody who listens to webhooks; `answer` tells with which status, 200 unless told. */
export async function aListener(
  answer: (event: HeardEvent) => number = () => 200,
): Promise<{ url: string; heard: HeardEvent[]; names: () => string[] }> {
  const heard: HeardEvent[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const payload = JSON.parse(body) as Record<string, unknown>;
    const action = payload.action === undefined ? "" : `.${payload.action}`;
    const event = {
      name: `${request.headers["x-github-event"]}${action}`,
      headers: request.headers,
      body,
      payload,
    };
    heard.push(event);
    response.writeHead(answer(event)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, heard, names: () => heard.map((each) => each.name) };
}
