// A GitHub and an App beside it whose processes can be killed and started again: one process on the
// embedded store, or a web and a worker process on a PostgreSQL database of their own.

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { aDataFolder } from "../a-folder.ts";
import { type AppProcess, createDatabase, startAppProcess } from "../e2e/app-process.ts";
import { type EmulatorOptions, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { type DatabaseProxy, startProxy } from "./proxy.ts";

export type StoreKind = "embedded" | "PostgreSQL";

/** Which process: with the embedded store both are the same one. */
export type Part = "web" | "worker";

export interface SiteOptions {
  readonly store: StoreKind;
  /** Where PostgreSQL is, for a database of the site's own. */
  readonly serverUrl: string | undefined;
  readonly clock?: EmulatorOptions["clock"];
  /** Settings beside those that every site has. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type Site = Awaited<ReturnType<typeof startSite>>;

/** Starts both; everything goes with `close`. */
export async function startSite(options: SiteOptions) {
  const { store } = options;
  const github = await startGitHubEmulator({
    app: await readAppManifest("app.yml"),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const dataDir = aDataFolder("site");
  const database =
    store === "embedded"
      ? undefined
      : await createDatabase(
          options.serverUrl ?? "",
          `pyward_site_${randomUUID().replaceAll("-", "").slice(0, 12)}`,
        );
  const proxy: DatabaseProxy | undefined = database && (await startProxy(database.url));
  const environment = {
    LOG_LEVEL: "warn",
    // What waits for minutes in earnest waits for seconds here, in the same order.
    PYWARD_TEST_RETRY_AFTER: "0.2,0.5,1,2,3,5,5,5",
    PYWARD_TEST_UPKEEP: "1,0,900",
    ...github.environment,
    ...(proxy === undefined ? { DATA_DIR: dataDir } : { DATABASE_URL: proxy.url }),
    ...options.environment,
  };
  const running = new Map<Part, AppProcess>();

  const start = async () => {
    for (const part of store === "embedded" ? (["web"] as const) : (["web", "worker"] as const)) {
      const known = running.get(part);
      if (known !== undefined && isAlive(known)) continue;
      running.set(part, startAppProcess(environment, store === "embedded" ? "all" : part));
    }
    const [url] = await Promise.all([...running.values()].map((one) => one.listening()));
    github.setWebhookUrl(`${url}/api/github/webhooks`);
  };
  const process = (part: Part): AppProcess => {
    const one = running.get(store === "embedded" ? "web" : part);
    if (one === undefined) throw new Error(`no ${part} process was started`);
    return one;
  };
  return {
    github,
    store,
    dataDir,
    database,
    proxy,
    process,
    /** Starts whatever does not run, and waits until all listen. */
    start,
    /** Kills a process at once, as the machine would, and waits for its end. */
    kill: (part: Part) => process(part).kill("SIGKILL"),
    async close() {
      for (const one of running.values()) await one.kill("SIGKILL");
      await github.close();
      await proxy?.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function isAlive({ child }: AppProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
