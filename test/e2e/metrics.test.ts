// What Prometheus reads of an App that works, and that nobody else reads it.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPrometheus } from "../../src/prometheus.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

const token = "a token that only the scraper knows";
let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() }, { environment: { METRICS_TOKEN: token } });
});

afterAll(() => world.close());

function scrape(headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` }) {
  return fetch(`http://127.0.0.1:${world.app.port}/metrics`, { headers });
}

/** The samples by name and sorted labels, as Prometheus' text format has them. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gmu)];
  return new Map(
    lines.map(([, name = "", labels = "", value]) => {
      const sorted = labels.split(",").toSorted().join();
      return [`${name}{${sorted}}`, Number(value)];
    }),
  );
}

describe("who does not show the token", () => {
  test.each([
    ["nothing", {}],
    ["another token", { authorization: `Bearer ${token}x` }],
    ["the token in another scheme", { authorization: `Basic ${token}` }],
  ])("by %s is refused, and told nothing", async (_, headers) => {
    const response = await scrape(headers);

    expect(response.status).toBe(401);
    expect(await response.text()).toBe("Show METRICS_TOKEN as a bearer token.\n");
  });
});

test("reviews, findings and what became of them are counted, without names of repositories", async () => {
  const { github } = world;
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona", branch: "feature" };
  const commits = [{ message: "change", files: { "a.py": "BAD = 1\nx = 1\nODD = 2\n" } }];
  await github.push({ ...place, commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const { view } = await concluded(world, repository, number);
  const odd = view.threads.find(({ comments }) => comments[0]?.body.includes("Weak hash"));
  github.reply({ thread: odd?.id ?? "", by: "acme", body: "/pyward ignore it is no secret" });
  await github.waitFor("the comment says who ignored it", async () => {
    const { threads } = await github.pullRequestView("acme", repository.slice(5), number);
    return threads.find(({ comments }) => comments[0]?.body.includes("it is no secret"));
  });
  const mended = [{ message: "mend", files: { "a.py": "x = 1\nODD = 2\n" } }];
  await github.push({ ...place, commits: mended });
  await concluded(world, repository, number);
  await github.waitFor("nothing waits any more", async () => {
    const found = samplesOf(await (await scrape()).text());
    return found.get('pyward_jobs{role="all",state="waiting"}') === 0;
  });

  const response = await scrape();
  const text = await response.text();
  const samples = samplesOf(text);

  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const of = (name: string, ...labels: string[]) =>
    samples.get(`${name}{${[...labels, 'role="all"'].toSorted().join()}}`);
  const rule = (name: string, outcome: string) =>
    of("pyward_comments_total", `rule="security/${name}"`, `outcome="${outcome}"`);
  expect(rule("sql-injection", "made")).toBe(1);
  expect(rule("sql-injection", "fixed")).toBe(1);
  expect(rule("weak-hash", "made")).toBe(1);
  expect(rule("weak-hash", "ignored")).toBe(1);
  expect(rule("weak-hash", "fixed")).toBeUndefined();
  expect(
    of("pyward_findings_total", 'rule="security/sql-injection"', 'severity="high"'),
  ).toBeGreaterThan(0);
  const labels = ['event="pull_request"', 'outcome="accepted"'];
  expect(of("pyward_deliveries_total", ...labels)).toBe(2);
  expect(of("pyward_time_to_check_seconds_count")).toBe(2);
  expect(of("pyward_time_to_conclusion_seconds_count", 'conclusion="failure"')).toBe(2);
  expect(of("pyward_time_to_conclusion_seconds_count", 'conclusion="success"')).toBe(1);
  expect(of("pyward_analysis_seconds_count")).toBe(2);
  expect(of("pyward_github_request_seconds_count", 'outcome="ok"')).toBeGreaterThan(10);
  expect(of("pyward_github_budget_ratio", 'resource="core"')).toBeGreaterThan(0.9);
  expect(of("pyward_github_budget_ratio", 'resource="core"')).toBeLessThan(1);
  expect(of("pyward_jobs", 'state="failed"')).toBe(0);
  expect(of("pyward_oldest_job_age_seconds")).toBe(0);
  expect(of("pyward_running_reviews")).toBe(0);
  expect(of("pyward_store_up")).toBe(1);
  expect(of("nodejs_eventloop_lag_p99_seconds")).toBeDefined();
  for (const name of ["acme", "shop-", "mona", "a.py"]) expect(text).not.toContain(name);
  expect(github.ledger.violations).toEqual([]);
});

test("a delivery that nobody signed is counted, and its event is not believed", async () => {
  const before = samplesOf(await (await scrape()).text());
  for (const event of ["pull_request", "made-up"]) {
    await fetch(`http://127.0.0.1:${world.app.port}/api/github/webhooks`, {
      method: "POST",
      body: "{}",
      headers: {
        "content-type": "application/json",
        "x-github-event": event,
        "x-github-delivery": "d-1",
        "x-hub-signature-256": "sha256=0",
      },
    });
  }
  const after = samplesOf(await (await scrape()).text());

  const name = 'pyward_deliveries_total{event="unknown",outcome="unsigned",role="all"}';
  expect((after.get(name) ?? 0) - (before.get(name) ?? 0)).toBe(2);
  expect([...after.keys()].join()).not.toContain("made-up");
});

test("a store that does not answer is told, and everything else as well", async () => {
  const prometheus = createPrometheus("all");
  prometheus.metrics.heard("accepted", "a-new-event");
  prometheus.watch({
    backlog: async () => {
      throw new Error("gone");
    },
    budgets: () => [],
  });

  const samples = samplesOf((await prometheus.scrape()).text);

  expect(samples.get('pyward_store_up{role="all"}')).toBe(0);
  expect(samples.get('pyward_deliveries_total{event="other",outcome="accepted",role="all"}')).toBe(
    1,
  );
});

test("each role tells what it does, and nothing of what it does not", async () => {
  const names = async (role: "web" | "worker") =>
    [...samplesOf((await createPrometheus(role).scrape()).text).keys()].join("\n");

  expect(await names("web")).toContain("pyward_oldest_job_age_seconds");
  expect(await names("web")).not.toContain("pyward_time_to_check");
  expect(await names("worker")).toContain("pyward_time_to_check");
  expect(await names("worker")).not.toContain("pyward_oldest_job_age_seconds");
});
