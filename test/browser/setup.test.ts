// The first-run setup in a real browser: from the address on the terminal to an App that reviews.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { serve } from "../../src/app.ts";
import { examine } from "../../src/examine.ts";
import { readSettings } from "../../src/settings.ts";
import { aDataFolder, aFolder } from "../a-folder.ts";
import { markerEngine } from "../e2e/marker-engine.ts";
import { aRepository, concluded } from "../e2e/world.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { quiet } from "../jobs/makers.ts";
import { faintTexts, invisibleFocus, sidewaysScroll } from "./look-at-page.ts";
import { openBrowser, screens, watchPage } from "./open-browser.ts";

const cli = join(import.meta.dirname, "../../src/cli.ts");
let browser: Browser;
let github: GitHubEmulator;
let cwd: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  // Before the setup GitHub knows no App with these rights.
  github = await startGitHubEmulator({ app: { permissions: {}, events: [] } });
  cwd = aFolder("setup");
});

afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  await github.close();
});

interface Setup {
  /** What the terminal shows so far. */
  output(): string;
  /** The address that is to be opened. */
  address(): Promise<string>;
  ended(): Promise<number | null>;
}

function setUp(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Setup {
  const { GHE_HOST = "", GHE_PROTOCOL = "" } = github.environment;
  const env = { PATH: process.env.PATH, GHE_HOST, GHE_PROTOCOL, ...more };
  const all = [cli, "setup", "--public-url", "https://pyward.example/", ...args];
  const child = spawn(process.execPath, all, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    output: () => output,
    async address() {
      await expect.poll(() => output, { timeout: 30_000, interval: 50 }).toContain("?token=");
      return /http:\S+/u.exec(output)?.[0] ?? "";
    },
    ended: () => ended,
  };
}

async function aVisitor(): Promise<Page> {
  return await (await browser.newContext()).newPage();
}

async function register(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: "Register it on GitHub" }).click();
  await page.getByRole("button", { name: /^Create GitHub App/u }).click();
}

// It starts the whole App: a limit for what hangs, generous enough for a busy machine.
test("from the printed address to an App that reviews", { timeout: 240_000 }, async () => {
  const setup = setUp();
  const address = await setup.address();
  const page = await aVisitor();
  await page.goto(address);

  expect(page.url()).toBe(address.split("?")[0]);
  expect(await page.textContent("main")).toContain("https://pyward.example/api/github/webhooks");
  await page.getByRole("button", { name: "Register it on GitHub" }).click();
  expect(await page.textContent("body")).toContain("pull_requests: write");
  await page.getByLabel("GitHub App name").fill("Pyward of Acme");
  await page.getByRole("button", { name: "Create GitHub App for you" }).click();
  expect(await page.textContent("main")).toContain("Pyward of Acme is an App of yours now");
  await page.getByRole("link", { name: "Install it on your repositories" }).click();
  expect(await page.textContent("h1")).toBe("Install Pyward of Acme");
  expect(await setup.ended()).toBe(0);

  const file = join(cwd, ".env");
  expect(setup.output()).toContain(`Written: ${file}`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const saved = parseEnv(readFileSync(file, "utf8"));
  expect(saved).toMatchObject({ PUBLIC_URL: "https://pyward.example", APP_ID: expect.any(String) });
  for (const secret of [saved.WEBHOOK_SECRET, saved.PRIVATE_KEY?.slice(40, 80)]) {
    expect(secret?.length).toBeGreaterThan(15);
    expect(setup.output()).not.toContain(secret);
  }

  const here = { ...saved, PORT: "0", HOST: "127.0.0.1", DATA_DIR: aDataFolder("setup-data") };
  const found = await examine(here, "0.1.0");
  expect(found.filter(({ state }) => state === "fault")).toEqual([]);
  const read = readSettings(here);
  if (!read.ok) throw new Error(read.faults.join("\n"));
  const app = await serve(read.settings, { engine: markerEngine(), log: quiet, isHurried: true });
  github.setWebhookUrl(`http://127.0.0.1:${app.port}/api/github/webhooks`);
  const repository = await aRepository({ github }, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": "BAD = 1\n" } }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A", head: "feature" });
  expect((await concluded({ github }, repository, number)).check.conclusion).toBe("failure");
  await app.stop();
  expect(github.world.app).toMatchObject(await readAppManifest("app.yml"));
});

test("an organisation's App, and a folder for its key", async () => {
  const setup = setUp(["--organisation", "acme", "--save", "secrets/"]);
  const page = await aVisitor();
  await page.goto(await setup.address());
  await page.getByRole("button", { name: "Register it on GitHub" }).click();
  await page.getByRole("button", { name: "Create GitHub App for acme" }).click();
  await page.getByText("is an App of yours now").waitFor();
  expect(await setup.ended()).toBe(0);

  const folder = join(cwd, "secrets");
  expect(readdirSync(folder).toSorted()).toEqual([".env", "pyward.pem"]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
  const saved = parseEnv(readFileSync(join(folder, ".env"), "utf8"));
  expect(readFileSync(saved.PRIVATE_KEY_PATH ?? "", "utf8")).toContain("PRIVATE KEY");
});

test("the address works once, and only in the browser that opened it", async () => {
  const setup = setUp();
  const address = await setup.address();
  const [first, second] = [await aVisitor(), await aVisitor()];
  const wrong = await second.goto(`${address.slice(0, -3)}xyz`);
  expect(wrong?.status()).toBe(403);
  await first.goto(address);

  expect((await second.goto(address))?.status()).toBe(403);
  expect((await second.goto(address.split("?")[0] ?? ""))?.status()).toBe(403);
  expect(await second.textContent("main")).toContain("Open the address that the terminal printed");
  expect((await first.goto(address.split("?")[0] ?? ""))?.status()).toBe(200);

  const rebound = await fetch(address, { headers: { host: "evil.example" } }).catch(
    () => undefined,
  );
  expect(rebound?.status ?? 403).toBe(403);
});

test("what comes back without the right state, or to another browser, saves nothing", async () => {
  const setup = setUp();
  const address = await setup.address();
  const page = await aVisitor();
  await page.goto(address);
  const form = page.locator("form");
  const state = new URL((await form.getAttribute("action")) ?? "").searchParams.get("state");
  github.registerManifest("stolen");
  const back = new URL("/setup/created", address);

  for (const query of ["code=stolen", "code=stolen&state=guess", `state=${state}`]) {
    const answer = await page.goto(`${back}?${query}`);
    expect(answer?.status(), query).toBe(403);
    expect(await page.textContent("main")).toContain("Nothing was saved");
  }
  const other = await aVisitor();
  expect((await other.goto(`${back}?code=stolen&state=${state}`))?.status()).toBe(403);
  expect(readFileSync(join(cwd, ".env"), "utf8")).toBe("");
  expect(github.ledger.calls("apps/create-from-manifest")).toEqual([]);

  running.at(-1)?.kill("SIGINT");
  expect(await setup.ended()).toBe(2);
  expect(existsSync(join(cwd, ".env"))).toBe(false);
});

test("a code that GitHub does not take is told, and leaves nothing behind", async () => {
  const setup = setUp();
  const page = await aVisitor();
  const { origin } = new URL(await setup.address());
  github.faults.add({
    kind: "status",
    status: 404,
    match: { operation: "apps/create-from-manifest" },
  });

  await register(page, await setup.address());

  expect(page.url()).toContain(`${origin}/setup/created`);
  expect(await page.textContent("main")).toContain("GitHub did not take the code");
  expect(await setup.ended()).toBe(2);
  expect(setup.output()).toContain("begin again with `pyward setup`");
  expect(existsSync(join(cwd, ".env"))).toBe(false);
});

test.each([
  ["in production", { NODE_ENV: "production" }, "does not run with NODE_ENV=production"],
  ["with credentials set", { APP_ID: "7" }, "There are credentials already (APP_ID)"],
])("it does not run %s", async (_, more, words) => {
  const setup = setUp([], more);

  expect(await setup.ended()).toBe(2);
  expect(setup.output()).toContain(words);
  expect(setup.output()).not.toContain("token");
});

test("without credentials the App does not begin to set itself up, but says how", async () => {
  const env = { PATH: process.env.PATH };
  const child = spawn(process.execPath, [cli, "serve"], { cwd, env, stdio: "pipe" });
  running.push(child);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });

  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(2);
  expect(said).toContain("APP_ID is missing");
  expect(said).toContain("`pyward setup` registers an App and saves its credentials.");
  expect(readdirSync(cwd)).toEqual([]);
});

test("it overwrites no file", async () => {
  const setup = setUp(["--save", "there.env"]);
  await setup.address();
  const second = setUp(["--save", "there.env"]);

  expect(await second.ended()).toBe(2);
  expect(second.output()).toContain("is there already and is not overwritten");
});

test.each([
  ["light", "phone"],
  ["dark", "desk"],
] as const)("its pages in %s on a %s fit and are easy to read", async (colorScheme, screen) => {
  const setup = setUp();
  const address = await setup.address();
  const page = await browser.newPage({ colorScheme, viewport: screens[screen] });
  const { faults } = await watchPage(page, new URL(address).origin);
  const shot = (name: string) =>
    process.env.PYWARD_SHOTS &&
    page.screenshot({ path: `${process.env.PYWARD_SHOTS}/${name}-${colorScheme}.png` });
  const look = async () => {
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await faintTexts(page)).toEqual([]);
    expect((await invisibleFocus(page)).invisible).toEqual([]);
  };
  await page.goto(address);
  await shot("setup");
  await look();
  expect(faults).toEqual([]);

  await page.getByRole("button", { name: "Register it on GitHub" }).click();
  await page.getByRole("button", { name: /^Create GitHub App/u }).click();
  await page.getByText("is an App of yours now").waitFor();
  await shot("setup-done");
  await look();
  expect(faults.filter((fault) => !fault.includes(github.url))).toEqual([]);
  await page.close();
});
