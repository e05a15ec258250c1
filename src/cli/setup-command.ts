// `pyward setup`: tells the person at the terminal where to go, and what came of it.

import type { Doors } from "./doors.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";

export interface SetupCall {
  readonly publicUrl?: string | undefined;
  readonly organisation?: string | undefined;
  readonly save: string;
  readonly port: string;
}

export async function runSetup(call: SetupCall, doors: Doors): Promise<number> {
  if (!/^\d{1,5}$/u.test(call.port) || Number(call.port) > 65_535) {
    throw new UserMistake("--port must be a number from 0 to 65535.");
  }
  await doors.setUp({
    publicUrl: call.publicUrl,
    organisation: call.organisation,
    save: call.save,
    port: Number(call.port),
    print: (...lines) => void process.stdout.write(`${lines.join("\n")}\n`),
  });
  return exitCodes.clean;
}
