// The App beside a GitHub on this machine, for measures of the whole way.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../src/app.ts";
import { readSettings } from "../src/settings.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../test/github-emulator/emulator.ts";
import { readAppManifest } from "../test/github-emulator/manifest.ts";

export interface MeasuredApp {
  readonly github: GitHubEmulator;
  /** Milliseconds that `act` and the review after it take. */
  review(repository: string, act: () => Promise<number>): Promise<number>;
  close(): Promise<void>;
}

export async function startMeasuredApp(): Promise<MeasuredApp> {
  const github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  const folder = await mkdtemp(join(tmpdir(), "pyward-bench-"));
  const read = readSettings({
    ...github.environment,
    PORT: "0",
    HOST: "127.0.0.1",
    DATA_DIR: folder,
    LOG_LEVEL: "silent",
  });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  const app = await serve(read.settings, { isHurried: true });
  github.setWebhookUrl(`http://127.0.0.1:${app.port}/api/github/webhooks`);
  return {
    github,
    async review(repository, act) {
      const started = performance.now();
      const number = await act();
      const [owner = "", repo = ""] = repository.split("/");
      await github.waitFor(
        "the check is concluded",
        async () => {
          const { checkRuns } = await github.pullRequestView(owner, repo, number);
          return checkRuns.at(-1)?.status === "completed";
        },
        60_000,
      );
      return performance.now() - started;
    },
    async close() {
      await app.stop();
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
