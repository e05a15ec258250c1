// The App in a process of its own, for tests that end it: with an engine that needs no Python.

import { writeSync } from "node:fs";
import { CannotStart, type Parts, StoreBroken, serve } from "../../src/app.ts";
import { type Role, readSettings } from "../../src/settings.ts";
import { type DiskState, setDisk } from "./full-disk.ts";
import { markerEngine } from "./marker-engine.ts";
import { hearOrders } from "./misfortune.ts";

hearOrders();
setDisk((process.env.PYWARD_TEST_DISK ?? "well") as DiskState);
const read = readSettings(process.env, (process.argv[2] ?? "all") as Role);
if (!read.ok) throw new Error(read.faults.join("\n"));
try {
  const app = await serve(read.settings, {
    engine: markerEngine(),
    isHurried: true,
    ...retriesOf(process.env.PYWARD_TEST_RETRY_AFTER),
    ...upkeepOf(process.env.PYWARD_TEST_UPKEEP),
  });
  process.stdout.write(`ready ${app.port}\n`);
  await app.stopped;
  process.stdout.write("stopped\n");
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof StoreBroken)) throw error;
  writeSync(1, `${error.message}\n`);
  process.exit(2);
}

/** Seconds before the second, third ... attempt: `1,2,3`. */
function retriesOf(text: string | undefined): Pick<Parts, "retryAfterSeconds"> {
  return text === undefined ? {} : { retryAfterSeconds: text.split(",").map(Number) };
}

/** The three numbers of `UpkeepOptions`, in their order. */
function upkeepOf(text: string | undefined): Pick<Parts, "upkeep"> {
  if (text === undefined) return {};
  const [everySeconds = 60, youngestDeliveryMs = 0, forgottenAfterSeconds = 900] = text
    .split(",")
    .map(Number);
  return { upkeep: { everySeconds, youngestDeliveryMs, forgottenAfterSeconds } };
}
