// `pyward doctor`: prints what was found of the App, one line each, and how to mend what is wrong.

import { escapeControls } from "../render/terminal-text.ts";
import type { Diagnosis, Doors } from "./doors.ts";
import { exitCodes } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

/** Returns 1 where something will not work, else 0. */
export async function runDoctor(format: "text" | "json", doors: Doors): Promise<number> {
  const found = await doors.examine();
  const text = format === "json" ? `${JSON.stringify(found, null, 2)}\n` : describe(found);
  await writeOutput(text, undefined);
  return found.some(({ state }) => state === "fault") ? exitCodes.findings : exitCodes.clean;
}

function describe(found: readonly Diagnosis[]): string {
  const lines = found.flatMap(({ subject, state, said, mend }) => [
    `${state.toUpperCase().padEnd(5)}  ${subject.padEnd(13)}  ${said}`,
    ...(mend === undefined ? [] : [`${" ".repeat(22)}${mend}`]),
  ]);
  const faults = found.filter(({ state }) => state === "fault").length;
  const end = faults === 0 ? "Everything is in order." : `${faults} to mend.`;
  return `${[...lines, "", end].map(escapeControls).join("\n")}\n`;
}
