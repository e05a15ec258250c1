// The metrics as Prometheus reads them, through its usual client library.
// https://prometheus.io/docs/practices/naming/

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Budget } from "./github/budgets.ts";
import type { Metrics } from "./jobs/metrics.ts";
import type { Role } from "./settings.ts";
import type { Backlog } from "./store/requests.ts";

export interface Watched {
  /** What waits in the store; asked at each scrape. */
  backlog(): Promise<Backlog>;
  /** What is left of GitHub's hourly limits, of every installation that is known. */
  budgets(): readonly Budget[];
}

export interface Prometheus {
  readonly metrics: Metrics;
  /** Tells where the gauges are read, once that is there. */
  watch(watched: Watched): void;
  /** Everything as text, and its content type. */
  scrape(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Events by their name are counted only where they are these: a header may say anything. */
const events = new Set([
  ...["pull_request", "pull_request_review_comment", "pull_request_review_thread"],
  ...["issue_comment", "check_run", "check_suite", "merge_group", "push", "repository"],
  ...["installation", "installation_repositories", "ping"],
]);

const waitBuckets = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600];
const workBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Each process tells its own part: what a role never does, it does not show. */
export function createPrometheus(role: Role): Prometheus {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const none: Registry[] = [];
  const ofWeb = role === "worker" ? none : registers;
  const ofWorker = role === "web" ? none : registers;
  let watched: Watched | undefined;

  const deliveries = new Counter({
    name: "pyward_deliveries_total",
    help: "Webhook deliveries, by event and by what became of them.",
    labelNames: ["event", "outcome"],
    registers: ofWeb,
  });
  const requests = new Histogram({
    name: "pyward_github_request_seconds",
    help: "Requests to GitHub, pauses for its limits included.",
    labelNames: ["outcome"],
    buckets: workBuckets,
    registers,
  });
  const toCheck = new Histogram({
    name: "pyward_time_to_check_seconds",
    help: "From the webhook to the check run that says the review has begun.",
    buckets: waitBuckets,
    registers: ofWorker,
  });
  const toConclusion = new Histogram({
    name: "pyward_time_to_conclusion_seconds",
    help: "From the webhook to the concluded check run.",
    labelNames: ["conclusion"],
    buckets: waitBuckets,
    registers: ofWorker,
  });
  const analyses = new Histogram({
    name: "pyward_analysis_seconds",
    help: "The engine's part of a review.",
    buckets: workBuckets,
    registers: ofWorker,
  });
  const findings = new Counter({
    name: "pyward_findings_total",
    help: "New findings in reviews; each review of a pull request counts its own.",
    labelNames: ["rule", "severity"],
    registers: ofWorker,
  });
  const comments = new Counter({
    name: "pyward_comments_total",
    help: "Findings commented on (made), and what became of them: fixed, ignored, returned.",
    labelNames: ["rule", "outcome"],
    registers: ofWorker,
  });
  const degraded = new Counter({
    name: "pyward_degraded_reviews_total",
    help: "Reviews told in the check's summary only, because few requests were left.",
    registers: ofWorker,
  });
  const failures = new Counter({
    name: "pyward_failures_total",
    help: "Attempts that failed, by kind; given-up ones are dead letters.",
    labelNames: ["kind"],
    registers: ofWorker,
  });
  const readGauges = createGauges({ registers, ofWeb, ofWorker });

  return {
    metrics: {
      heard(outcome, event) {
        const known = event === undefined ? "unknown" : events.has(event) ? event : "other";
        deliveries.inc({ event: known, outcome });
      },
      asked: (outcome, seconds) => requests.observe({ outcome }, seconds),
      checkBegun: (seconds) => toCheck.observe(seconds),
      concluded: (conclusion, seconds) => toConclusion.observe({ conclusion }, seconds),
      analysed: (seconds) => analyses.observe(seconds),
      found: (rule, severity) => findings.inc({ rule, severity }),
      commented: (rule, outcome) => comments.inc({ rule, outcome }),
      degraded: () => degraded.inc(),
      failed: (kind) => failures.inc({ kind }),
    },
    watch(there) {
      watched = there;
    },
    async scrape() {
      if (watched !== undefined) await readGauges(watched);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

interface GaugeOptions {
  readonly registers: Registry[];
  readonly ofWeb: Registry[];
  readonly ofWorker: Registry[];
}

/** What is read off just before each scrape. Returns the way to do so. */
function createGauges({ registers, ofWeb, ofWorker }: GaugeOptions) {
  const up = new Gauge({
    name: "pyward_store_up",
    help: "1 where the store answered; at 0 the numbers of jobs are those of an earlier scrape.",
    registers,
  });
  const jobs = new Gauge({
    name: "pyward_jobs",
    help: "Jobs that wait, and jobs that failed for good; the same on every process.",
    labelNames: ["state"],
    registers: ofWeb,
  });
  const oldest = new Gauge({
    name: "pyward_oldest_job_age_seconds",
    help: "How long the oldest waiting job has waited; the same on every process.",
    registers: ofWeb,
  });
  const running = new Gauge({
    name: "pyward_running_reviews",
    help: "Reviews that have begun and not ended; the same on every process.",
    registers: ofWeb,
  });
  const budget = new Gauge({
    name: "pyward_github_budget_ratio",
    help: "The smallest share left of an installation's hourly limit on GitHub.",
    labelNames: ["resource"],
    registers: ofWorker,
  });
  return async (watched: Watched) => {
    for (const resource of ["core", "graphql"] as const) {
      const known = watched.budgets().filter((each) => each.resource === resource);
      const shares = known.map(({ remaining, limit }) => remaining / limit);
      budget.set({ resource }, Math.min(1, ...shares));
    }
    try {
      const backlog = await watched.backlog();
      jobs.set({ state: "waiting" }, backlog.waiting);
      jobs.set({ state: "failed" }, backlog.failed);
      oldest.set(backlog.oldestSeconds);
      running.set(backlog.running);
      up.set(1);
    } catch {
      up.set(0);
    }
  };
}
