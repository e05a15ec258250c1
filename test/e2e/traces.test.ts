// Traces reach a collector over HTTP: a delivery's webhook, its job and what that asks of GitHub are one
// trace, and none of it repeats what was reviewed.

import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { aFolder } from "../a-folder.ts";
import { anEmulator } from "../github-emulator/makers.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld } from "./world.ts";

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.coerce.number().optional(),
});
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes: z.array(z.object({ key: z.string(), value })),
});
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value })) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

const texts: string[] = [];
const collector = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    if (request.url === "/v1/traces") texts.push(body);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  collector.closeAllConnections();
  collector.close();
});

test("a review is one trace from the webhook to the last request, without a word of the code", async () => {
  const { port } = collector.address() as AddressInfo;
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const world = await startWorld({ engine: markerEngine() }, { environment });
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": "x = 1\nBAD_SECRET_WORD = 2\n" } }];
  await world.github.push({ ...place, branch: "feature", commits });
  const number = await world.github.openPullRequest({ ...place, title: "It", head: "feature" });
  await concluded(world, repository, number);
  const opened = world.github.webhooks.log.find(({ event }) => event === "pull_request");
  const tokens = [...world.github.world.tokens.keys()];
  await world.close();

  const resources = texts.flatMap((text) => sent.parse(JSON.parse(text)).resourceSpans);
  expect(resources[0]?.resource.attributes).toContainEqual({
    key: "service.name",
    value: { stringValue: "pyward" },
  });
  const spans = resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const webhook = spans.find(
    ({ name, attributes }) =>
      name === "webhook" && attributes.some((each) => each.value.stringValue === opened?.guid),
  );
  const trace = spans.filter(({ traceId }) => traceId === webhook?.traceId);
  expect(webhook?.parentSpanId ?? "").toBe("");
  const named = (name: string) => trace.find((each) => each.name === name);
  const job = named("job");
  expect(job?.parentSpanId).toBe(webhook?.spanId);
  expect(job?.attributes.map(({ key }) => key)).toEqual(
    expect.arrayContaining(["pyward.delivery", "pyward.kind", "pyward.outcome", "pyward.review"]),
  );
  for (const step of ["read", "analyse", "publish"]) {
    expect(named(step)?.parentSpanId, step).toBe(job?.spanId);
  }
  const review = named("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews");
  expect(review?.parentSpanId).toBe(named("publish")?.spanId);
  expect(review?.attributes).toContainEqual({
    key: "http.response.status_code",
    value: { intValue: 200 },
  });
  const all = texts.join("\n");
  for (const word of ["BAD_SECRET_WORD", repository, repository.split("/")[1] ?? "", ...tokens]) {
    expect(all).not.toContain(word);
  }
});

test("what sends traces is told of where it is wanted and not installed", async () => {
  const github = await anEmulator();
  const absent = `import { registerHooks } from "node:module";
    registerHooks({ resolve(name, context, next) {
      if (!name.startsWith("@opentelemetry/")) return next(name, context);
      throw Object.assign(new Error("not there"), { code: "ERR_MODULE_NOT_FOUND" });
    } });`;
  const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(absent)}`, cli, "serve"],
    {
      encoding: "utf8",
      env: {
        ...github.environment,
        ...{ PATH: process.env.PATH, PORT: "0", DATA_DIR: aFolder("traces") },
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      },
    },
  );

  expect(stderr).toContain("is not installed: npm install @opentelemetry/api ");
  expect(status).toBe(2);
});
