// The App in a process of its own, for tests that end it: with an engine that needs no Python.

import { CannotStart, serve } from "../../src/app.ts";
import { readSettings } from "../../src/settings.ts";
import { markerEngine } from "./marker-engine.ts";

const read = readSettings(process.env);
if (!read.ok) throw new Error(read.faults.join("\n"));
try {
  const app = await serve(read.settings, { engine: markerEngine(), isHurried: true });
  process.stdout.write(`ready ${app.port}\n`);
  await app.stopped;
  process.stdout.write("stopped\n");
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 2;
}
