// A GitHub on this machine, for tests and the demo: real git underneath, GitHub's own descriptions around it.
// Start one, make a repository, open a pull request, and look at what the App did.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stage, Urls } from "./call.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createLimits, type LimitSettings, type Limits } from "./limits.ts";
import type { AppManifest } from "./manifest.ts";
import { createPeople, type People } from "./people.ts";
import { viewPullRequest } from "./pull-request-view.ts";
import { routes } from "./routes/index.ts";
import { createGitHubServer } from "./server.ts";
import type { PullRequestView } from "./view.ts";
import { createWebhooks, type Webhooks } from "./webhooks.ts";
import { pullRequestNumbered, repositoryNamed, type World } from "./world.ts";

export interface EmulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  readonly app: AppManifest & {
    readonly id?: number;
    readonly slug?: string;
    readonly name?: string;
    /** PEM; a new one unless told. */
    readonly privateKey?: string;
    readonly webhookSecret?: string;
  };
  /** Where the App hears; may be told later by `setWebhookUrl`. */
  readonly webhookUrl?: string;
  /** Milliseconds to wait before each answer and each delivery. */
  readonly delays?: { readonly request?: number; readonly webhook?: number };
  readonly limits?: LimitSettings;
  /** The machine's clock unless told. */
  readonly clock?: () => Date;
  /** Serves what is not the API, such as a page of a pull request; tells whether it did. */
  readonly pages?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface GitHubEmulator extends People {
  /** `http://127.0.0.1:4567`. */
  readonly url: string;
  /** What the App under test needs to find this GitHub: `APP_ID`, `PRIVATE_KEY`, `WEBHOOK_SECRET`, `GHE_HOST`, `GHE_PROTOCOL`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly webhooks: Webhooks;
  readonly world: World;
  setWebhookUrl(url: string): void;
  /** Ends the life of every token now. */
  expireTokens(): void;
  /** A pull request as a person would see it. */
  pullRequestView(owner: string, repo: string, number: number): Promise<PullRequestView>;
  /**
   * Waits until something is so, looking again after every request and delivery.
   * Throws with `what` after `timeout` milliseconds (10 000 unless told).
   */
  waitFor<T>(
    what: string,
    look: () => T | undefined | false | Promise<T | undefined | false>,
    timeout?: number,
  ): Promise<T>;
  /**
   * Stops and removes everything. Throws if the emulator itself said anything that is not GitHub's:
   * then what the tests saw cannot be trusted.
   */
  close(): Promise<void>;
}

export async function startGitHubEmulator(options: EmulatorOptions): Promise<GitHubEmulator> {
  const folder = await mkdtemp(join(tmpdir(), "github-emulator-"));
  const world = createWorld(options);
  const ledger = createLedger();
  const faults = createFaults();
  const limits = createLimits(options.limits ?? {}, world.now);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let stage: Stage | undefined;
  const server = createGitHubServer({
    stage() {
      if (!stage) throw new Error("the emulator is asked before it has started");
      return stage;
    },
    routes,
    ledger,
    faults,
    limits,
    delay: options.delays?.request ?? 0,
    changed,
    pages: options.pages,
  });
  const port = await listen(server, options.port ?? 0);
  const html = `http://127.0.0.1:${port}`;
  const urls: Urls = { html, api: `${html}/api/v3` };
  const webhooks = createWebhooks(world, urls, ledger, {
    url: options.webhookUrl,
    delay: options.delays?.webhook ?? 0,
    changed,
  });
  stage = { world, urls, webhooks };
  const ready = stage;

  return {
    ...createPeople(ready, folder, changed),
    url: html,
    environment: {
      APP_ID: String(world.app.id),
      PRIVATE_KEY: world.app.privateKey,
      WEBHOOK_SECRET: world.app.webhookSecret,
      GHE_HOST: `127.0.0.1:${port}`,
      GHE_PROTOCOL: "http",
    },
    ledger,
    faults,
    limits,
    webhooks,
    world,
    setWebhookUrl: (url) => webhooks.setUrl(url),
    expireTokens() {
      for (const token of world.tokens.values()) token.expiresAt = new Date(0);
    },
    pullRequestView(owner, repo, number) {
      const repository = repositoryNamed(world, owner, repo);
      return viewPullRequest(ready, repository, pullRequestNumbered(repository, number));
    },
    async waitFor(what, look, timeout = 10_000) {
      const deadline = performance.now() + timeout;
      while (true) {
        const seen = await look();
        if (seen !== undefined && seen !== false) return seen;
        const left = deadline - performance.now();
        if (left <= 0) throw new Error(`waited ${timeout} ms in vain: ${what}`);
        await nextChange(listeners, Math.min(left, 250));
      }
    },
    async close() {
      webhooks.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
      const own = ledger.violations.filter((each) => each.kind === "emulator");
      if (own.length === 0) return;
      const told = own.map((each) => `${each.request}: ${each.detail}`);
      throw new Error(`the emulator is wrong:\n${told.join("\n")}`);
    },
  };
}

let sharedKey: string | undefined;

function createWorld({ app, clock }: EmulatorOptions): World {
  let id = 1000;
  let commits = 0;
  const now = clock ?? (() => new Date());
  sharedKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();
  const privateKey = app.privateKey ?? sharedKey;
  const slug = app.slug ?? "pyward";
  const users: World["users"] = new Map();
  const world = {
    users,
    repositories: new Map(),
    installations: new Map(),
    tokens: new Map(),
    advisories: [],
    manifestCodes: new Map(),
    nextId: () => ++id,
    nextCommit: () => ++commits,
    now,
  };
  const registered = {
    id: app.id ?? 4242,
    slug,
    name: app.name ?? "Pyward",
    publicKey: createPublicKey(createPrivateKey(privateKey)),
    privateKey,
    webhookSecret: app.webhookSecret ?? "a secret that only tests know",
    permissions: app.permissions,
    events: app.events,
    hook: { contentType: "json", hasSecret: true, insecureSsl: "0" } as const,
    createdAt: now(),
  };
  const bot = { id: ++id, login: `${slug}[bot]`, type: "Bot" } as const;
  const owner = { id: ++id, login: "pyward-owner", type: "User" } as const;
  for (const user of [bot, owner]) users.set(user.login, user);
  return { ...world, app: { ...registered, bot, owner } };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port was given"));
      else resolve(address.port);
    });
  });
}

function nextChange(listeners: Set<() => void>, atMost: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listeners.delete(done);
      resolve();
    };
    const timer = setTimeout(done, atMost);
    listeners.add(done);
  });
}
