// `pyward config check` and `pyward config show`: is the config right, and what holds here and why.

import { relative } from "node:path";
import { padColumns } from "../render/terminal-text.ts";
import type { ConfigRow } from "../review/resolve-config.ts";
import type { Doors } from "./doors.ts";
import {
  checkConfig,
  findConfig,
  readConfig,
  type SharedConfigs,
  tellProblems,
} from "./read-config.ts";
import { findRepository } from "./repository.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

/**
 * Tells every problem of a config file with its line; 1 if there is one.
 * @param org an organisation's own file, to be checked instead: there something may be enforced.
 */
export async function runConfigCheck(
  file: string | undefined,
  org: string | undefined,
  doors: Doors,
): Promise<number> {
  const checked = org ?? file ?? (await usualFile());
  const read = await checkConfig(checked, await doors.loadEngine(), org !== undefined);
  if (read.ok) {
    await writeOutput(`${checked} is fine.\n`, undefined);
    return exitCodes.clean;
  }
  await writeOutput(`${tellProblems(checked, read.problems).join("\n")}\n`, undefined);
  return exitCodes.findings;
}

/** Prints every setting with its value and where that comes from. */
export async function runConfigShow(
  format: "text" | "json",
  shared: SharedConfigs,
  doors: Doors,
): Promise<number> {
  const root = await rootHere();
  const { rows, path, extended, config } = await readConfig(root, await doors.loadEngine(), shared);
  if (format === "json") {
    const settings = rows.map(({ setting, value, origin }) => ({ setting, value, origin }));
    await writeOutput(`${JSON.stringify({ version: 1, settings }, null, 2)}\n`, undefined);
    return exitCodes.clean;
  }
  const notes = [
    ...(path === undefined && shared.org === undefined
      ? ["There is no .github/pyward.yml here: these are the defaults."]
      : []),
    ...(extended === undefined
      ? []
      : [`${extended} is extended: name its file with --extended-config to see it here.`]),
    ...(config.baseline.length === 0
      ? []
      : [`The baseline accepts ${config.baseline.length} finding(s).`]),
  ];
  await writeOutput(`${[table(rows), ...notes].join("\n")}\n`, undefined);
  return exitCodes.clean;
}

async function rootHere(): Promise<string> {
  const repository = await findRepository(".");
  return repository === undefined || repository.bare ? process.cwd() : repository.root;
}

async function usualFile(): Promise<string> {
  const root = await rootHere();
  const path = await findConfig(root);
  if (path !== undefined) return relative(process.cwd(), `${root}/${path}`);
  throw new UserMistake("There is no .github/pyward.yml here; name the file to check.");
}

function table(rows: readonly ConfigRow[]): string {
  const cells = rows.map(({ setting, value, origin }) => [setting, value, origin] as const);
  const width = (column: 0 | 1): number =>
    Math.min(60, Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map(([setting, value, origin]) =>
      [padColumns(setting, width(0)), padColumns(value, width(1)), origin].join("  "),
    )
    .join("\n");
}
