#!/usr/bin/env node
// `pyward`: the door at the terminal. What it opens is loaded only when it is asked for.

import module from "node:module";
import { join } from "node:path";
import type { JobDesk } from "./cli/doors.ts";
import { readVersion } from "./read-version.ts";
import type { Role, Settings } from "./settings.ts";

if (Number(process.versions.node.split(".")[0]) < 24) {
  process.stderr.write(`pyward: Node 24 or later is needed; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  const caches = cacheFolder();
  if (caches) module.enableCompileCache(caches);
  const [{ main }, { engineId }] = await Promise.all([
    import("./cli/main.ts"),
    import("./engine-id.ts"),
  ]);
  process.exitCode = await main(process.argv.slice(2), {
    version: readVersion(),
    loadEngine: async () => (await import("./load-engine.ts")).loadEngine(),
    serve: serveApp,
    setUp: async (options) => (await import("./set-up.ts")).setUp(options, process.env),
    examine: async () => (await import("./examine.ts")).examine(process.env, readVersion()),
    workshop: {
      engineId,
      cacheFolder: caches && join(caches, "analyses"),
      thread: new URL(
        import.meta.url.endsWith(".ts") ? "./analysis-thread.ts" : "./analysis-thread.js",
        import.meta.url,
      ),
    },
    openJobs,
  });
}

/**
 * For compiled code, which halves the time to start, and for analyses. The folder is the person's own:
 * code from a shared one could be anybody's.
 */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const caches = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
  return caches ? join(caches, "pyward") : undefined;
}

/** Runs until SIGTERM or SIGINT has ended it, or its store broke. */
async function serveApp(role: Role): Promise<void> {
  await withSettings(role, async (settings) => {
    const { serve, StoreBroken } = await import("./app.ts");
    const { UserMistake } = await import("./cli/user-mistake.ts");
    const app = await serve(settings);
    await app.stopped.catch((error: unknown) => {
      // What waits for the store will wait for ever: once the sentence is told, nothing is to be ended.
      setImmediate(() => process.exit());
      throw error instanceof StoreBroken ? new UserMistake(error.message) : error;
    });
  });
}

async function openJobs(): Promise<JobDesk> {
  return await withSettings("all", async (settings) => {
    const { openJobDesk } = await import("./open-job-desk.ts");
    return await openJobDesk(settings);
  });
}

/** What the operator can mend is told by sentences. */
async function withSettings<T>(role: Role, work: (settings: Settings) => Promise<T>): Promise<T> {
  const [{ readSettings }, { UserMistake }, { CannotStart }] = await Promise.all([
    import("./settings.ts"),
    import("./cli/user-mistake.ts"),
    import("./store/cannot-start.ts"),
  ]);
  const read = readSettings(process.env, role);
  if (!read.ok) {
    const { APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, NODE_ENV } = process.env;
    const isNew = !APP_ID && !PRIVATE_KEY && !PRIVATE_KEY_PATH && NODE_ENV !== "production";
    const advice = "`pyward setup` registers an App and saves its credentials.";
    throw new UserMistake(...read.faults, ...(isNew ? [advice] : []));
  }
  try {
    return await work(read.settings);
  } catch (error) {
    if (error instanceof CannotStart) throw new UserMistake(error.message);
    throw error;
  }
}
