// `pyward serve`: settings, store, queue, handlers and pages put together, and taken apart in order.

import { createServer } from "node:net";
import type { Logger } from "pino";
import type { Engine } from "./analysis/analyze.ts";
import { type ModelWords, modelWords } from "./analysis/team-models.ts";
import { readModels as parseModels } from "./flow/models.ts";
import { watchAppKey } from "./github/app-key.ts";
import { createProbotServer } from "./github/probot-server.ts";
import { createCodeCache } from "./jobs/code-cache.ts";
import { startLettingGo } from "./jobs/let-go.ts";
import { noMetrics } from "./jobs/metrics.ts";
import { createQueue } from "./jobs/queue.ts";
import { createRecentReviews } from "./jobs/recent-reviews.ts";
import { startReviewThread } from "./jobs/review-thread.ts";
import { type Reviewer, reviewHere } from "./jobs/reviewer.ts";
import { noTraces } from "./jobs/traces.ts";
import { startUpkeep, type UpkeepOptions, usualUpkeep } from "./jobs/upkeep.ts";
import { createWorker } from "./jobs/worker.ts";
import { createLog, quietLog } from "./log.ts";
import { createPageLinks } from "./page-links.ts";
import type { Prometheus } from "./prometheus.ts";
import { readModels, readOtherTools, readRulebook } from "./read-rulebook.ts";
import { readTemplates } from "./read-templates.ts";
import { readVersion } from "./read-version.ts";
import { createReviewWords } from "./render/review-words.ts";
import { compileTemplates } from "./render/templates.ts";
import { defaultConfig } from "./review/config.ts";
import { configJsonSchema } from "./review/config-file.ts";
import type { Role, Settings } from "./settings.ts";
import { CannotStart } from "./store/cannot-start.ts";
import { openDatabase } from "./store/open-database.ts";
import { createStore } from "./store/store.ts";
import type { StoreBroken } from "./store/store-broken.ts";
import { createHealthPages } from "./web/health-pages.ts";
import { createMetricsPage } from "./web/metrics-page.ts";
import { readAssets } from "./web/read-assets.ts";
import { createReviewPage } from "./web/review-page.ts";
import { createRulePages } from "./web/rule-pages.ts";
import { createSchemaPage } from "./web/schema-page.ts";

export { CannotStart } from "./store/cannot-start.ts";
export { StoreBroken } from "./store/store-broken.ts";

export interface RunningApp {
  readonly port: number;
  /** Where our pages are, without a slash at the end. */
  readonly url: string;
  /** Takes no more work, finishes or releases what is under way, and closes everything. */
  stop(): Promise<void>;
  /**
   * Resolves when the App has stopped, by `stop` or by SIGTERM or SIGINT. Rejects with `StoreBroken` when
   * it can do nothing more in this process, which then has to end and to be started anew.
   */
  readonly stopped: Promise<void>;
}

/** What tests put in the place of the usual parts. */
export interface Parts {
  /** Analyses on this thread, instead of the usual engine on a thread of its own. */
  readonly engine?: Engine;
  readonly reviewer?: Reviewer;
  readonly log?: Logger;
  readonly schema?: string;
  /** Without the pauses between requests that GitHub asks for. */
  readonly isHurried?: boolean;
  /** How many jobs are worked on side by side. */
  readonly concurrency?: number;
  /** Seconds before the second, third ... attempt at a job. */
  readonly retryAfterSeconds?: readonly number[];
  readonly upkeep?: Partial<UpkeepOptions>;
}

/** How long work under way may take to end after SIGTERM; Kubernetes waits 30 seconds. */
const drainMs = 20_000;

/** Before the second, third ... attempt: GitHub may be down for an hour. */
const retryAfterSeconds = [5, 20, 60, 300, 900, 1800, 1800] as const;

const reviewThread = {
  entry: new URL(
    import.meta.url.endsWith(".ts") ? "./review-thread.ts" : "./review-thread.js",
    import.meta.url,
  ),
  timeLimitMs: 60_000,
  memoryLimitMb: 1024,
} as const;

/** Starts the App. Throws `CannotStart`, with a sentence for the operator, where it cannot. */
export async function serve(settings: Settings, parts: Parts = {}): Promise<RunningApp> {
  const log = parts.log ?? createLog(settings);
  /** How to take apart what stands so far, the last thing first. */
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) {
      await step().catch((error: unknown) => log.error({ err: error }, "closing failed"));
    }
  };
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // Who waits for the end hears of it; while the App starts, the statement that fails tells.
  broken.catch(() => {});
  const onBroken = (error: StoreBroken) => {
    log.fatal({ err: error }, "the store broke");
    reject(error);
  };
  try {
    const port = await claimPort(settings.host, settings.port);
    const running = await build({ ...settings, port }, parts, log, closing, onBroken);
    const url = settings.publicUrl ?? addressOf(settings.host, port);
    log.info({ url, store: running.store }, "Pyward is listening");
    return { port, url, ...stopOnSignal(close, log, broken) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  settings: Settings,
  parts: Parts,
  log: Logger,
  closing: (() => Promise<void>)[],
  onBroken: (broken: StoreBroken) => void,
): Promise<{ readonly store: string }> {
  const { publicUrl, host, port, gheHost, gheProtocol, databaseUrl, role } = settings;
  const [rulebook, words, otherTools, templates, assets] = await Promise.all([
    parts.engine?.rulebook ?? readRulebook(),
    parts.engine ? (parts.engine.modelWords ?? {}) : readModelWords(),
    readOtherTools(),
    readTemplates(),
    readAssets(),
  ]);

  const prometheus = settings.metricsToken === undefined ? undefined : await loadPrometheus(role);
  const metrics = prometheus?.metrics ?? noMetrics;

  const telemetry = await loadTraces(settings);
  if (telemetry !== undefined) closing.push(() => telemetry.stop());
  const traces = telemetry?.traces ?? noTraces;

  const database = await openDatabase({
    ...settings,
    onBroken,
    ...(parts.schema === undefined ? {} : { schema: parts.schema }),
  });
  closing.push(() => database.close());
  const store = await createStore(database);
  const reviewer = role === "web" ? undefined : chooseReviewer(parts);
  if (reviewer !== undefined) closing.push(() => reviewer.close());
  const queue = await createQueue({
    ...{ store, log, metrics, traces, databaseUrl },
    ...(parts.concurrency === undefined ? {} : { concurrency: parts.concurrency }),
  });
  closing.push(() => queue.stop(drainMs));

  let isKeyAccepted = async () => false;
  const health = createHealthPages({
    needs: {
      store: async () => (await database.query("select 1")).length === 1,
      queue: async () => (role === "web" || queue.isRunning()) && (await queue.canSend()),
      "App key": () => isKeyAccepted(),
    },
  });
  const rulePages = createRulePages({ rulebook, otherTools, templates, assets });
  const schemaPage = createSchemaPage(configJsonSchema());
  const gitHubUrl = `${gheProtocol}://${gheHost ?? "github.com"}`;
  const site = publicUrl ?? addressOf(host, port);
  const pages = createPageLinks(settings.webhookSecret, site);
  const reviewPage = createReviewPage({
    ...{ rulebook, templates, assets, github: gitHubUrl, isGenuine: pages.isGenuine },
    find: (review) => store.reviews.describe(review),
  });
  const server = await createProbotServer({
    ...settings,
    apiUrl: gheHost === undefined ? undefined : `${gitHubUrl}/api/v3`,
    isHurried: parts.isHurried ?? false,
    log: quietLog(log),
    submit: queue.submit,
    hears: role !== "worker",
    metrics,
    traces,
    pages: [
      health,
      ...(prometheus && settings.metricsToken !== undefined
        ? [createMetricsPage({ token: settings.metricsToken, scrape: prometheus.scrape })]
        : []),
      ...(role === "worker" ? [] : [rulePages, reviewPage, schemaPage]),
    ],
  });
  const { budgets } = server.github;
  prometheus?.watch({ backlog: store.requests.wholeBacklog, budgets: () => budgets.known() });
  isKeyAccepted = watchAppKey(server.github);
  await server.start().catch((error: unknown) => {
    throw explainListening(error, host, port);
  });
  closing.push(() => server.stop());
  if (reviewer === undefined) return { store: database.kind };

  const memories = {
    github: server.github,
    code: createCodeCache(),
    recent: createRecentReviews(),
  };
  const lettingGo = startLettingGo({ ...memories, store, log });
  closing.push(async () => lettingGo.stop());
  const worker = createWorker({
    ...memories,
    store,
    reviewer,
    words: createReviewWords(compileTemplates(templates), rulebook),
    rulebook,
    config: defaultConfig,
    configWords: { rules: rulebook.entries.map(({ page }) => page.name), models: words },
    version: readVersion(),
    sites: { pyward: site, github: gitHubUrl },
    pageOf: pages.addressOf,
    log,
    metrics,
    traces,
    submit: queue.submit,
    retryAfterSeconds: parts.retryAfterSeconds ?? retryAfterSeconds,
  });
  await queue.start(worker);
  const upkeep = startUpkeep(
    {
      ...{ appId: settings.appId, github: server.github, store, log, metrics },
      ...{ submit: queue.submit, wakeForgotten: queue.wakeForgotten },
    },
    { ...usualUpkeep, ...parts.upkeep },
  );
  closing.push(() => upkeep.stop());
  return { store: database.kind };
}

/** The library is loaded only where somebody may look. */
async function loadPrometheus(role: Role): Promise<Prometheus> {
  const { createPrometheus } = await import("./prometheus.ts");
  return createPrometheus(role);
}

/** So is this one, which only who wants it installs. */
async function loadTraces({ tracesEndpoint: endpoint, role }: Settings) {
  if (endpoint === undefined) return undefined;
  try {
    const { startOpenTelemetry } = await import("./open-telemetry.ts");
    return startOpenTelemetry({ endpoint, role, version: readVersion() });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) {
      throw error;
    }
    throw new CannotStart(
      "OTEL_EXPORTER_OTLP_ENDPOINT is set, but what sends traces is not installed: npm install @opentelemetry/api @opentelemetry/sdk-trace @opentelemetry/resources @opentelemetry/exporter-trace-otlp-http",
      { cause: error },
    );
  }
}

function chooseReviewer({ reviewer, engine }: Parts): Reviewer {
  return reviewer ?? (engine ? reviewHere(engine) : startReviewThread(reviewThread));
}

async function readModelWords(): Promise<ModelWords> {
  return modelWords(parseModels(await readModels()));
}

/** Sees whether the port can be had, and takes a free one for 0 (which Probot takes for 3000). */
function claimPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(explainListening(error, host, port)));
    probe.listen({ host, port }, () => {
      const address = probe.address();
      const claimed = typeof address === "object" && address !== null ? address.port : port;
      probe.close(() => resolve(claimed));
    });
  });
}

function explainListening(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const sentence = {
    EADDRINUSE: `Port ${port} is in use; set PORT to a free one, or stop the other program.`,
    EACCES: `Port ${port} needs rights that this process has not; set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST is ${host}, which is no address of this machine.`,
    ENOTFOUND: `HOST is ${host}, which is no known name.`,
  }[String(code)];
  return sentence === undefined ? error : new CannotStart(sentence, { cause: error });
}

function addressOf(host: string, port: number): string {
  const isAnywhere = host === "0.0.0.0" || host === "::";
  const name = isAnywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** The first signal drains; a second one ends the process at once, as the system does. */
function stopOnSignal(
  close: () => Promise<void>,
  log: Logger,
  broken: Promise<never>,
): Pick<RunningApp, "stop" | "stopped"> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const stopped = Promise.race([closed, broken]);
  stopped.catch(() => {});
  let stopping: Promise<void> | undefined;
  const stop = () => {
    process.off("SIGTERM", onSignal).off("SIGINT", onSignal);
    stopping ??= close().then(resolve);
    return stopping;
  };
  const onSignal = (signal: NodeJS.Signals) => {
    log.info({ signal }, "finishing what is under way, then stopping");
    void stop();
  };
  process.once("SIGTERM", onSignal).once("SIGINT", onSignal);
  return { stop, stopped };
}
