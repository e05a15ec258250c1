// Nothing of the code, of what people write, of tokens, secrets or payloads is in any line of the log, in
// any row of the store, or in its files, even where things go wrong.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningApp, serve } from "../../src/app.ts";
import { reviewHere } from "../../src/jobs/reviewer.ts";
import { createLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { aDataFolder } from "../a-folder.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { everyRow } from "./every-row.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded } from "./world.ts";

/** Each mark stands in one place only, so that what leaked tells from where. */
const marks = {
  code: "LEAKCODE",
  oldCode: "LEAKBEFORE",
  engineWords: "LEAKENGINE",
  config: "leakconfig",
  title: "LEAKTITLE",
  body: "LEAKBODY",
  commit: "LEAKCOMMIT",
  comment: "LEAKCOMMENT",
  unsigned: "LEAKUNSIGNED",
} as const;

let github: GitHubEmulator;
let app: RunningApp;
let dataDir: string;
const log: string[] = [];
/** What goes to the thread that reviews. */
const handedOver: string[] = [];

beforeAll(async () => {
  github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  dataDir = aDataFolder("no-leaks");
  const environment = { ...github.environment, PORT: "0", HOST: "127.0.0.1", DATA_DIR: dataDir };
  const read = readSettings({ ...environment, LOG_LEVEL: "trace" });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  const marker = markerEngine();
  const inner = reviewHere({
    ...marker,
    analyze(files, ...more) {
      const broken = files.find(({ text }) => text.includes("CRASH"));
      if (broken) JSON.parse(`${marks.engineWords} ${broken.text}`);
      return marker.analyze(files, ...more);
    },
  });
  app = await serve(read.settings, {
    engine: marker,
    reviewer: {
      close: inner.close,
      review(...asked) {
        handedOver.push(JSON.stringify(asked));
        return inner.review(...asked);
      },
    },
    log: createLog(read.settings, (line) => void log.push(line)),
    isHurried: true,
    retryAfterSeconds: [0],
  });
  github.setWebhookUrl(`http://127.0.0.1:${app.port}/api/github/webhooks`);
});

afterAll(() => github.close());

async function open(text: string, branch: string, repository: string) {
  const place = { repository, by: "mona" };
  const commits = [{ message: marks.commit, files: { "a.py": text } }];
  await github.push({ ...place, branch, commits });
  const words = { title: `${marks.title} ${branch}`, body: marks.body };
  const number = await github.openPullRequest({ ...place, ...words, head: branch });
  return { ...place, number };
}

test("whatever happens, no log line, row or file holds a word of it", async () => {
  const repository = await aRepository(
    { github },
    {
      "a.py": `x = "${marks.oldCode}"\n`,
      ".github/pyward.yml": `models:\n  - sanitizer: acme.${marks.config}(text!) -> html\n`,
    },
  );
  // A review with comments; then GitHub refuses, fails and limits in turn.
  const said = await open(`BAD = "${marks.code}"\n`, "said", repository);
  const { view } = await concluded({ github }, repository, said.number);
  const thread = view.threads[0]?.id ?? "";
  github.reply({ thread, by: "acme", body: `I think ${marks.comment}\n/pyward help` });
  github.comment({ ...said, body: `${marks.comment} but nothing for us` });
  await github.waitFor("help is given", () => github.ledger.contentCreating()[1], 60_000);

  const refusal = { message: `Validation Failed`, errors: [`body ${marks.code}`] };
  for (const fault of [
    { kind: "status", status: 422, body: refusal, match: { operation: "pulls/create-review" } },
    { kind: "status", status: 502, match: { operation: "repos/compare-commits-with-basehead" } },
    { kind: "reset-after", match: { operation: "checks/create" } },
  ] as const) {
    github.faults.add(fault);
    const branch = fault.match.operation.replace("/", "-");
    const pull = await open(`BAD = "${marks.code}"\n`, branch, repository);
    await concluded({ github }, repository, pull.number);
  }
  github.faults.clear();
  // The engine breaks, with words that repeat the code.
  const crash = await open(`CRASH = "${marks.code}"\n`, "crash", repository);
  expect((await concluded({ github }, repository, crash.number)).check.conclusion).toBe("neutral");
  // Somebody sends what GitHub did not sign, and something that is no JSON.
  await fetch(`http://127.0.0.1:${app.port}/api/github/webhooks`, {
    method: "POST",
    body: `{"x": "${marks.unsigned}"`,
    headers: {
      "content-type": "application/json",
      "x-github-event": "push",
      "x-github-delivery": "d-1",
      "x-hub-signature-256": "sha256=0",
    },
  });
  await app.stop();

  const database = await openDatabase({ databaseUrl: undefined, dataDir });
  const rows = await everyRow(database);
  await database.close();
  expect(log.length).toBeGreaterThan(5);
  expect(rows.filter((row) => row.startsWith("pyward.review "))).toHaveLength(5);
  expect(leaksIn(log.join(""))).toEqual([]);
  expect(leaksIn(rows.join("\n"))).toEqual([]);
  expect(handedOver.length).toBeGreaterThan(4);
  // Code is what it is for; tokens and secrets are not.
  const isOfCode = (leak: string) => /^(?:code|oldCode|config): /u.test(leak);
  expect(leaksIn(handedOver.join("\n")).filter((leak) => !isOfCode(leak))).toEqual([]);
  const files = readdirSync(dataDir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dataDir, name))
    .filter((path) => statSync(path).isFile());
  expect(files.length).toBeGreaterThan(100);
  // Also what was deleted since, and what a write-ahead log still has.
  const leaking = files.flatMap((path) => leaksIn(readFileSync(path, "latin1"), true));
  expect(leaking).toEqual([]);
}, 300_000);

test("lines of the log tell the delivery, and those of a review which one it is", () => {
  const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const reviewed = lines.filter(({ msg }) => msg === "reviewed");

  expect(reviewed.length).toBeGreaterThan(3);
  for (const line of reviewed) {
    expect(line).toMatchObject({
      delivery: expect.stringMatching(/^[0-9a-f-]{36}/u),
      review: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      slot: expect.stringMatching(/^\d+#\d+$/u),
    });
  }
});

test("lines of failed attempts tell the delivery, and the review where it had begun", () => {
  const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const failed = lines.filter(({ msg }) => /an attempt failed|given up/u.test(String(msg)));

  // Of the comparison, which fails while the check begins, and of the engine, after that.
  expect(failed.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(["an attempt failed", "given up"]),
  );
  const begun = new Set(lines.flatMap(({ msg, review }) => (msg === "reviewed" ? [review] : [])));
  for (const line of failed) {
    expect(line).toMatchObject({
      delivery: expect.stringMatching(/^[0-9a-f-]{36}/u),
      slot: expect.stringMatching(/^\d+#\d+$/u),
    });
  }
  const told = failed.flatMap(({ review }) => (review === undefined ? [] : [review]));
  expect(told.length).toBeGreaterThan(1);
  expect(told.some((review) => !begun.has(review))).toBe(true);
});

/** Which marks and secrets a text holds. A file of the database may look like a token by chance. */
function leaksIn(text: string, isBinary = false): readonly string[] {
  const { PRIVATE_KEY = "", WEBHOOK_SECRET = "" } = github.environment;
  const secrets = {
    ...marks,
    webhookSecret: WEBHOOK_SECRET,
    privateKey: PRIVATE_KEY.split("\n")[3] ?? PRIVATE_KEY,
    ...Object.fromEntries(
      [...github.world.tokens.keys()].map((token) => [`token ${token}`, token]),
    ),
  };
  expect(Object.values(secrets).every((secret) => secret.length > 6)).toBe(true);
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    text.includes(secret) ? [`${name}: ${around(text, secret)}`] : [],
  );
  const tokens = isBinary
    ? []
    : (text.match(/ghs_\w+|\beyJ[\w-]{10,}\.[\w-]+\.|PRIVATE KEY/gu) ?? []);
  return [...found, ...tokens];
}

function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 100), at + 100);
}
