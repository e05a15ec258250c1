// Does what README.md shows: runs its commands, compares its tables, follows its links.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { modelWords } from "../src/analysis/team-models.ts";
import { readModels as parseModels } from "../src/flow/models.ts";
import { readModels, readRulebook } from "../src/read-rulebook.ts";
import { readConfigFile } from "../src/review/read-config-file.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");
const run = promisify(execFile);

let running: ChildProcess | undefined;

afterEach(() => {
  if (running?.pid && running.exitCode === null) process.kill(-running.pid, "SIGTERM");
  running = undefined;
});

describe("commands", () => {
  const shown = [...readme.matchAll(/```console\n([\s\S]*?)```/gu)].map(([, block = ""]) => {
    const [prompt = "", ...output] = block.trimEnd().split("\n");
    return { command: prompt.replace(/^\$ /u, ""), output: output.join("\n") };
  });

  test("there is something to try", () => expect(shown).not.toEqual([]));

  test.each(shown)("$command prints what is shown", async ({ command, output }) => {
    const printed = await runShell(command);

    expect(withoutTimes(printed)).toBe(withoutTimes(output));
  });

  test("npm run demo serves the page of a reviewed pull request", {
    timeout: 120_000,
  }, async () => {
    expect(readme).toContain("npm ci && npm run demo\n");
    const url = await startDemo();
    const page = await (await fetch(url)).text();

    expect(page).toContain("pyward[bot]");
    expect(page).toContain("SQL injection");
  });

  test("every npm script that is named exists", () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run )?(?:-s )?(start|test|demo|pyward)\b/gu)];

    expect(named.length).toBeGreaterThan(4);
    for (const [, script = ""] of named) expect(scripts).toHaveProperty(script);
  });
});

test("the config that is shown is one", async () => {
  const [, shown = ""] = /```yaml\n([\s\S]*?)```/u.exec(readme) ?? [];
  const [rulebook, models] = await Promise.all([readRulebook(), readModels()]);
  const rules = rulebook.entries.map(({ page }) => page.name);
  const words = { rules, models: modelWords(parseModels(models)) };

  expect(readConfigFile(shown, { words, mayEnforce: false })).toMatchObject({ ok: true });
});

describe("tables", () => {
  const manifest = parse(readFileSync(`${root}app.yml`, "utf8")) as {
    default_permissions: Record<string, string>;
    default_events: string[];
  };

  test("the permissions are those of app.yml", () => {
    const rows = rowsBelow("| Repository permission").map(([name = "", access = ""]) => [
      name.toLowerCase().replaceAll(" ", "_"),
      access === "Read and write" ? "write" : access.toLowerCase(),
    ]);

    expect(Object.fromEntries(rows)).toEqual(manifest.default_permissions);
  });

  test("the events are those of app.yml", () => {
    const events = /Events: ([\s\S]*?)\.\n/u.exec(readme)?.[1] ?? "";

    expect(codes(events).toSorted()).toEqual(manifest.default_events.toSorted());
  });

  test("the settings are those that are read", () => {
    const source = readFileSync(`${root}src/settings.ts`, "utf8");
    const read = new Set(source.match(/\b[A-Z][A-Z]+(?:_[A-Z]+)+\b|\b(?:PORT|HOST)\b/gu));
    const told = rowsBelow("| Setting").flatMap(([names = ""]) => codes(names));

    expect(told.toSorted()).toEqual([...read].toSorted());
  });
});

test.each([
  "README.md",
  "docs/reviews.md",
])("every link and picture of %s leads somewhere", (page) => {
  const text = readFileSync(root + page, "utf8");
  const links = [...text.matchAll(/\]\(([^)#]+)\)|(?:src|srcset)="([^"]+)"/gu)]
    .map(([, link, picture]) => link ?? picture ?? "")
    .filter((link) => !link.startsWith("http"));

  expect(links.length).toBeGreaterThan(4);
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

test("every picture below docs is shown, and described in words", () => {
  const pages = ["README.md", "docs/reviews.md"]
    .map((page) => readFileSync(root + page, "utf8"))
    .join();
  const pictures = readdirSync(`${root}docs`).filter((name) => name.endsWith(".png"));

  expect(pictures.filter((name) => !pages.includes(name))).toEqual([]);
  expect(pages.match(/<img alt="[^"]{20,}"/gu)).toHaveLength(pages.match(/<img /gu)?.length ?? 0);
});

/** What a command prints; findings make it end with 1, which is no fault here. */
async function runShell(command: string): Promise<string> {
  try {
    const { stdout } = await run("sh", ["-c", command], { cwd: root });
    return stdout;
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (code !== 1) throw error;
    return stdout ?? "";
  }
}

/** Seconds and speeds differ from machine to machine. */
function withoutTimes(text: string): string {
  return text.replace(/\d+(?:\.\d+)? (s\b|files\/s|files per second)/gu, "N $1").trim();
}

function startDemo(): Promise<string> {
  const demo = spawn("npm", ["run", "-s", "demo", "--", "--port", "0"], {
    cwd: root,
    // A group of its own, so that npm's child ends with it.
    detached: true,
  });
  running = demo;
  return new Promise((resolve, reject) => {
    let printed = "";
    const listen = (chunk: Buffer) => {
      printed += chunk;
      const url = /The pull request: (http:\S+)/u.exec(printed)?.[1];
      if (url) resolve(url);
    };
    demo.stdout.on("data", listen);
    demo.stderr.on("data", listen);
    demo.on("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${printed}`)));
  });
}

function rowsBelow(header: string): string[][] {
  const lines = readme.slice(readme.indexOf(header)).split("\n").slice(2);
  const end = lines.findIndex((line) => !line.trim().startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/gu)].map(([, code = ""]) => code);
}
