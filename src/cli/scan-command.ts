// `pyward scan`: whole files and folders, as if each of them were new.

import type { ChangeSet } from "../review/change-set.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { review } from "../review/review.ts";
import type { Doors } from "./doors.ts";
import { findFiles } from "./find-files.ts";
import { openAnalyses } from "./open-analyses.ts";
import { createProgress, watchEngine } from "./progress.ts";
import { readConfig } from "./read-config.ts";
import { type ReadFiles, readFiles } from "./read-files.ts";
import type { ReportOptions } from "./report-options.ts";
import { chooseRules, tell } from "./tell.ts";

/** Returns the exit code. */
export async function runScan(
  paths: readonly string[],
  options: ReportOptions,
  doors: Doors,
): Promise<number> {
  const started = performance.now();
  const [listed, engine] = await Promise.all([findFiles(paths), doors.loadEngine()]);
  chooseRules(options.rules, engine.rulebook);
  const { config, path } = await readConfig(listed.root, engine);

  const progress = createProgress(options.quiet);
  const read = await readFiles(listed.files, options.maxFileSize, (done, total) =>
    progress.update("files read", done, total),
  );
  const analyses = openAnalyses(engine, doors, options);
  await analyses.prepare(read.files, config.models, (done, total) =>
    progress.update("files analysed", done, total),
  );
  const watched = watchEngine(analyses.engine, progress);
  const found = review(everythingNew(read), { files: [] }, watched, config);
  progress.finish();

  const texts = new Map(read.files.map(({ path, text }) => [path, text]));
  return tell(
    {
      command: "scan",
      version: doors.version,
      review: found,
      config,
      isConfigured: path !== undefined,
      rulebook: engine.rulebook,
      skipped: listed.skipped,
      seconds: (performance.now() - started) / 1000,
      root: listed.root,
      text: (path) => texts.get(path),
    },
    options,
  );
}

/** Ignore comments, fingerprints and the order of findings are the review's own this way. */
export function everythingNew({ files, problems }: ReadFiles): ChangeSet {
  const added = { status: "added", previousPath: undefined, baseText: undefined } as const;
  return {
    base: "",
    head: undefined,
    files: [
      ...files.map(({ path, text }) => ({
        ...added,
        path,
        headText: text,
        hunks: [],
        unread: undefined,
      })),
      ...problems.map(({ path, kind, message }) => ({
        ...added,
        path,
        headText: undefined,
        hunks: undefined,
        // Configuration that is no text was not written by anybody.
        unread: isPythonFile(path) ? message : undefined,
        unreadKind: kind === "too-large" ? ("too-large" as const) : ("not-text" as const),
      })),
    ],
  };
}
