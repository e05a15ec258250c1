// `pyward baseline`: what is found today is accepted, by whom and why, so that only what comes is told.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BaselineEntry, baselinePath, writeBaseline } from "../review/baseline.ts";
import { review } from "../review/review.ts";
import type { Doors } from "./doors.ts";
import { findFiles } from "./find-files.ts";
import { runGit } from "./git.ts";
import { openAnalyses } from "./open-analyses.ts";
import { createProgress, watchEngine } from "./progress.ts";
import { readConfig } from "./read-config.ts";
import { readFiles } from "./read-files.ts";
import { defaultMaxFileSize } from "./read-text.ts";
import { everythingNew } from "./scan-command.ts";
import { exitCodes } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

export interface BaselineOptions {
  readonly reason: string;
  readonly quiet: boolean;
}

/**
 * Writes the baseline of the repository that holds the paths. Earlier entries stay as they are, as long
 * as their findings do; entries of files that were not scanned stay too.
 */
export async function runBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  doors: Doors,
): Promise<number> {
  const [listed, engine] = await Promise.all([findFiles(paths), doors.loadEngine()]);
  const { config } = await readConfig(listed.root, engine);
  const progress = createProgress(options.quiet);
  const read = await readFiles(listed.files, defaultMaxFileSize);
  const analyses = openAnalyses(engine, doors, { cache: true, jobs: 1 });
  const watched = watchEngine(analyses.engine, progress);
  const found = review(everythingNew(read), { files: [] }, watched, config);
  progress.finish();

  const scanned = new Set(listed.files.map(({ path }) => path));
  const still = new Set(found.suppressed.map(({ fingerprint }) => fingerprint));
  const kept = config.baseline.filter(
    ({ fingerprint, path }) => still.has(fingerprint) || !scanned.has(path),
  );
  const decided = { reason: options.reason, by: await nameOfPerson(listed.root), at: today() };
  const added = found.introduced.map(
    ({ finding, fingerprint }): BaselineEntry => ({
      fingerprint,
      rule: finding.rule,
      path: finding.place.path,
      line: finding.place.startLine,
      ...decided,
    }),
  );
  const file = join(listed.root, baselinePath);
  await mkdir(dirname(file), { recursive: true });
  await writeOutput(writeBaseline([...kept, ...added]), file);
  if (!options.quiet) {
    const gone = config.baseline.length - kept.length;
    await writeOutput(
      `${baselinePath}: ${added.length} added, ${kept.length} kept, ${gone} no longer found.\n`,
      undefined,
    );
  }
  return exitCodes.clean;
}

async function nameOfPerson(cwd: string): Promise<string | undefined> {
  const { code, stdout } = await runGit(["config", "user.name"], { cwd });
  const name = stdout.toString("utf8").trim();
  return code === 0 && name !== "" ? name.slice(0, 200) : undefined;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
