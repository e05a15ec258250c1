// A GitHub with a repository on it and the App beside it, for tests of the whole.

import { randomUUID } from "node:crypto";
import { type Parts, type RunningApp, serve } from "../../src/app.ts";
import { createLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { aDataFolder } from "../a-folder.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import type { CommitToMake } from "../github-emulator/git.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import type { CheckRunView, PullRequestView } from "../github-emulator/view.ts";
import type { Permissions } from "../github-emulator/world.ts";

export interface WorldOfOne {
  readonly github: GitHubEmulator;
  readonly app: RunningApp;
  /** What the App wrote to its log. */
  readonly log: readonly string[];
  /** Starts the App anew with an empty store, as if its data had been lost. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export interface Circumstances {
  /** Granted beside those that `app.yml` asks for. */
  readonly permissions?: Permissions;
  /** Settings beside those that lead to GitHub. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts both; the App is the one that `pyward serve` runs, told where GitHub is by settings alone.
 */
export async function startWorld(
  parts: Parts = {},
  { permissions = {}, environment = {} }: Circumstances = {},
): Promise<WorldOfOne> {
  const app = await readAppManifest("app.yml");
  const github = await startGitHubEmulator({
    app: { ...app, permissions: { ...app.permissions, ...permissions } },
  });
  const log: string[] = [];
  const start = async () => {
    const read = readSettings({
      ...github.environment,
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: aDataFolder("e2e"),
      PUBLIC_URL: "https://pyward.example",
      LOG_LEVEL: "debug",
      ...environment,
    });
    if (!read.ok) throw new Error(read.faults.join("\n"));
    const started = await serve(read.settings, {
      log: createLog(read.settings, (line) => void log.push(line)),
      isHurried: true,
      retryAfterSeconds: [0, 0],
      ...parts,
    });
    github.setWebhookUrl(`http://127.0.0.1:${started.port}/api/github/webhooks`);
    return started;
  };
  let running = await start();
  return {
    github,
    get app() {
      return running;
    },
    log,
    async forget() {
      await running.stop();
      running = await start();
    },
    async close() {
      await running.stop();
      await github.close();
    },
  };
}

/** A repository of its own for one test, with `main` holding `files` and the App installed. */
export async function aRepository(
  { github }: Pick<WorldOfOne, "github">,
  files: CommitToMake["files"],
): Promise<string> {
  const name = `shop-${randomUUID().slice(0, 8)}`;
  const commits = [{ message: "begin", files }];
  await github.createRepository({ owner: "acme", name, roles: { mona: "read" }, commits });
  return `acme/${name}`;
}

/** Waits until the check of the present head is concluded: long, for machines with much to do. */
export async function concluded(
  { github }: Pick<WorldOfOne, "github">,
  repository: string,
  number: number,
  isIt: (check: CheckRunView) => boolean = () => true,
): Promise<{ readonly view: PullRequestView; readonly check: CheckRunView }> {
  const [owner = "", repo = ""] = repository.split("/");
  return await github.waitFor(
    "the check is concluded",
    async () => {
      const view = await github.pullRequestView(owner, repo, number);
      const check = view.checkRuns.findLast(
        (run) => run.name === "Pyward" && run.status === "completed" && isIt(run),
      );
      return check && { view, check };
    },
    180_000,
  );
}
