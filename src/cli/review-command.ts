// `pyward review`: what a range of a local repository, or the work in progress, introduces.

import { review } from "../review/review.ts";
import type { Doors } from "./doors.ts";
import { openAnalyses } from "./open-analyses.ts";
import { createProgress, watchEngine } from "./progress.ts";
import { readChangeSet } from "./read-change-set.ts";
import { readConfig } from "./read-config.ts";
import { projectLimits, readProject } from "./read-project.ts";
import type { ReportOptions } from "./report-options.ts";
import { findRange, findRepository } from "./repository.ts";
import { chooseRules, tell } from "./tell.ts";
import { UserMistake } from "./user-mistake.ts";

export interface ReviewArguments {
  /** A path within the repository. */
  readonly path: string;
  readonly base: string | undefined;
  /** `undefined` for the working tree. */
  readonly head: string | undefined;
}

/** Returns the exit code. */
export async function runReview(
  { path, base, head }: ReviewArguments,
  options: ReportOptions,
  doors: Doors,
): Promise<number> {
  const started = performance.now();
  if (head !== undefined && options.fix === "write")
    throw new UserMistake("--fix writes into the working tree, so leave --head out.");
  const [{ repository, change, project, notSeen }, engine] = await Promise.all([
    readRange({ path, base, head }, options.maxFileSize),
    doors.loadEngine(),
  ]);
  chooseRules(options.rules, engine.rulebook);
  const configured = await readConfig(repository.root, engine);
  const progress = createProgress(options.quiet);
  const analyses = openAnalyses(engine, doors, options);
  const watched = watchEngine(analyses.engine, progress);
  const found = review(change, project, watched, configured.config);
  progress.finish();

  const texts = new Map(project.files.map((file) => [file.path, file.text]));
  for (const file of change.files) {
    if (file.headText !== undefined) texts.set(file.path, file.headText);
  }
  return tell(
    {
      command: "review",
      version: doors.version,
      review: found,
      config: configured.config,
      isConfigured: configured.path !== undefined,
      rulebook: engine.rulebook,
      skipped: notSeen,
      seconds: (performance.now() - started) / 1000,
      root: repository.root,
      text: (name) => texts.get(name),
    },
    options,
  );
}

async function readRange({ path, base, head }: ReviewArguments, fileSize: number) {
  const repository = await findRepository(path);
  if (repository === undefined) {
    const place = path === "." ? process.cwd() : path;
    throw new UserMistake(
      `${place} is in no git repository; \`pyward scan\` reads files without one.`,
    );
  }
  const range = await findRange(repository, base, head);
  const change = await readChangeSet(repository, range, fileSize);
  const read = await readProject(repository, change, { ...projectLimits, fileSize });
  return { repository, change, ...read };
}
