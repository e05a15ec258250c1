// `pyward doctor`: looks at everything the App needs, and changes nothing.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createAppClient } from "./github/app-client.ts";
import { type Diagnosis, diagnoseAccount } from "./github/diagnose.ts";
import { isStatus } from "./github/failure.ts";
import { readAccount } from "./github/read-account.ts";
import { createLog } from "./log.ts";
import { readAppManifest } from "./read-app-manifest.ts";
import { type Environment, readSettings, type Settings } from "./settings.ts";
import { CannotStart } from "./store/cannot-start.ts";
import { latestVersion, readVersion, type StoreVersion } from "./store/migrations.ts";
import { openDatabase } from "./store/open-database.ts";

/** @param version Pyward's own. */
export async function examine(
  environment: Environment,
  version: string,
): Promise<readonly Diagnosis[]> {
  const runtime: Diagnosis = {
    subject: "version",
    state: "ok",
    said: `Pyward ${version} on Node.js ${process.versions.node}`,
  };
  const read = readSettings(environment);
  if (!read.ok) {
    const faults = read.faults.map(
      (said): Diagnosis => ({ subject: "settings", state: "fault", said }),
    );
    return [runtime, ...faults];
  }
  const { settings } = read;
  const [store, account] = await Promise.all([examineStore(settings), examineAccount(settings)]);
  return [runtime, { subject: "settings", state: "ok", said: "complete" }, store, ...account];
}

async function examineAccount(settings: Settings): Promise<readonly Diagnosis[]> {
  const { appId, privateKey, gheHost, gheProtocol, publicUrl } = settings;
  const apiUrl = gheHost === undefined ? undefined : `${gheProtocol}://${gheHost}/api/v3`;
  const host = gheHost ?? "github.com";
  try {
    const log = createLog({ ...settings, logLevel: "silent" });
    const app = await createAppClient({ appId, privateKey, apiUrl }, log);
    const [account, { permissions, events }] = await Promise.all([
      readAccount(app),
      readAppManifest(),
    ]);
    return diagnoseAccount(account, { permissions, events, publicUrl });
  } catch (error) {
    return [explainRefusal(error, appId, host)];
  }
}

function explainRefusal(error: unknown, appId: number, host: string): Diagnosis {
  if (isStatus(error, 401) || isStatus(error, 404)) {
    return {
      subject: "App key",
      state: "fault",
      said: `${host} does not take the key as that of App ${appId}`,
      mend: "Compare APP_ID with the App's settings page, make a new private key there, and look at the machine's clock.",
    };
  }
  const why = error instanceof Error ? error.message : "unknown error";
  return {
    subject: "GitHub",
    state: "fault",
    said: `${host} does not answer as it should: ${why}`,
    mend: "Look at GHE_HOST, GHE_PROTOCOL, the network and its proxies, and https://www.githubstatus.com.",
  };
}

async function examineStore(settings: Settings): Promise<Diagnosis> {
  const subject = "database";
  const { databaseUrl, dataDir } = settings;
  if (databaseUrl === undefined && !existsSync(join(dataDir, "database"))) {
    return isWritable(dataDir)
      ? { subject, state: "ok", said: `will be made in ${dataDir} at the first start` }
      : {
          ...{ subject, state: "fault", said: `nothing can be written to ${dataDir}` },
          mend: "Set DATA_DIR to a folder that this user may write, or set DATABASE_URL.",
        };
  }
  try {
    const database = await openDatabase(settings);
    try {
      const found = await readVersion(database);
      return describeVersion(found, database.kind === "pglite" ? dataDir : "PostgreSQL");
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    const isRunning = error.message.includes("in use by another Pyward");
    return isRunning
      ? { subject, state: "ok", said: `${dataDir} is in use by a Pyward that runs` }
      : { subject, state: "fault", said: error.message };
  }
}

function describeVersion({ number, oldest }: StoreVersion, place: string): Diagnosis {
  const subject = "database";
  const at = `${place}, at version ${number}`;
  if (oldest > latestVersion) {
    return {
      ...{
        subject,
        state: "fault",
        said: `${at}, which this Pyward (${latestVersion}) cannot use`,
      },
      mend: "Start the newer Pyward that brought it there.",
    };
  }
  if (number > latestVersion) {
    const said = `${at}: a newer Pyward was here, and this one (${latestVersion}) can still work`;
    return { subject, state: "note", said, mend: "End the upgrade by starting the newer one." };
  }
  if (number < latestVersion) {
    return { subject, state: "ok", said: `${at}; the next start brings it to ${latestVersion}` };
  }
  return { subject, state: "ok", said: at };
}

/** The nearest folder that is there decides. */
function isWritable(path: string): boolean {
  if (!existsSync(path)) return path !== dirname(path) && isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
