// `pyward jobs`: what waits, what failed for good, and what to do about it.

import type { Doors, JobDesk, JobState } from "./doors.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

/** Prints the newest jobs in a state, one a line or as JSON. */
export async function listJobs(
  { state, format }: { readonly state: JobState; readonly format: "text" | "json" },
  doors: Doors,
): Promise<number> {
  const jobs = await atDesk(doors, (desk) => desk.list(state));
  const lines = jobs.map(
    ({ delivery, receivedAt, kind, slot, attempts }) =>
      `${receivedAt}  ${kind.padEnd(12)}  ${slot.padEnd(20)}  ${attempts} attempts  ${delivery}\n`,
  );
  const text = lines.length === 0 ? `No job is ${state}.\n` : lines.join("");
  await writeOutput(format === "json" ? `${JSON.stringify(jobs, null, 2)}\n` : text, undefined);
  return exitCodes.clean;
}

/** Tries failed jobs again; without names, all that are listed as failed. */
export async function replayJobs(deliveries: readonly string[], doors: Doors): Promise<number> {
  const count = await atDesk(doors, async (desk) => {
    const all = async () => (await desk.list("failed")).map(({ delivery }) => delivery);
    return await desk.replay(deliveries.length > 0 ? deliveries : await all());
  });
  if (count === 0 && deliveries.length > 0) throw new UserMistake("No failed job has that name.");
  await writeOutput(`${count} to be tried again.\n`, undefined);
  return exitCodes.clean;
}

/** Gives jobs up for good. */
export async function dropJobs(deliveries: readonly string[], doors: Doors): Promise<number> {
  const count = await atDesk(doors, (desk) => desk.drop(deliveries));
  if (count === 0) throw new UserMistake("No failed or waiting job has that name.");
  await writeOutput(`${count} dropped.\n`, undefined);
  return exitCodes.clean;
}

async function atDesk<T>(doors: Doors, work: (desk: JobDesk) => Promise<T>): Promise<T> {
  const desk = await doors.openJobs();
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}
