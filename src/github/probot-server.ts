// Probot's own server, with our front door in the place of its webhook middleware, which limits
// neither the size of a body nor what is logged of it.

import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import { Probot, Server } from "probot";
import type { Ask } from "../jobs/ask.ts";
import type { Metrics } from "../jobs/metrics.ts";
import { noTraces, type Traces } from "../jobs/traces.ts";
import { type GitHub, octokitFor, requestOptions } from "./client.ts";
import { createGitHub } from "./create-github.ts";
import { createFrontDoor, type RequestHandler, webhookPath } from "./front-door.ts";
import { listen } from "./handlers/index.ts";
import { checkEvent } from "./read-event.ts";

export interface ProbotServerOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** GitHub's API on a GitHub Enterprise Server; `undefined` for github.com. */
  readonly apiUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Leaves out the pauses between requests that GitHub asks for: only where it is not GitHub. */
  readonly isHurried: boolean;
  /** Of level `info` or higher: below that Probot writes whole payloads. */
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly traces?: Traces;
  /** Takes webhooks; a process that only reviews leaves them to others. */
  readonly hears: boolean;
  /** Handlers of other addresses, in the order in which they are asked. */
  readonly pages: readonly RequestHandler[];
  submit(delivery: string, ask: Ask): Promise<boolean>;
}

export interface ProbotServer {
  readonly github: GitHub;
  /** Begins to listen. Rejects where the port cannot be had. */
  start(): Promise<void>;
  /** Takes no new connection, and resolves when the open ones have had their answer. */
  stop(): Promise<void>;
}

type Middleware = Awaited<ReturnType<Probot["getNodeMiddleware"]>>;

/** How long a request may take to arrive, in milliseconds: 25 MB over a slow line. */
const requestTimeoutMs = 60_000;

export async function createProbotServer(options: ProbotServerOptions): Promise<ProbotServer> {
  const { log, appId, metrics, traces = noTraces } = options;
  const Configured = Probot.defaults({
    appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    Octokit: octokitFor(options.isHurried, options.apiUrl),
    ...(options.apiUrl === undefined ? {} : { baseUrl: options.apiUrl }),
  });
  class ProbotWithFrontDoor extends Configured {
    override async getNodeMiddleware(): Promise<Middleware> {
      if (!options.hears) return async () => false;
      return createFrontDoor({
        secret: options.webhookSecret,
        log,
        metrics,
        traces,
        receive: async (event) => {
          checkEvent(event.name, event.payload);
          await this.receive(event as unknown as Parameters<Probot["receive"]>[0]);
        },
      });
    }
  }

  const server = new Server({
    Probot: ProbotWithFrontDoor,
    // Every request would be a line.
    log: log.child({}, { level: log.isLevelEnabled("info") ? "warn" : log.level }),
    host: options.host,
    port: options.port,
    webhookPath,
    request: requestOptions,
    enablePing: false,
    enableStaticFiles: false,
  });
  let github: GitHub | undefined;
  await server.load((probot) => {
    github = createGitHub(probot, metrics, traces);
    listen(probot, { appId, submit: options.submit });
  });
  if (github === undefined) throw new Error("Probot did not load the handlers");
  for (const page of options.pages) server.addHandler(page);

  let http: HttpServer | undefined;
  return {
    github,
    async start() {
      http = await server.start();
      http.requestTimeout = requestTimeoutMs;
    },
    async stop() {
      const stopped = server.stop();
      http?.closeIdleConnections();
      await stopped;
    },
  };
}
