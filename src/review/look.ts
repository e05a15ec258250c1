// What the engine says of one state of the files, once those that nobody wants to hear of are left out
// and the answers in the code are heard.

import type { AnalyzeOptions, Engine } from "../analysis/analyze.ts";
import type { FileProblem, Finding } from "../analysis/finding.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { SuppressionSettings } from "./config.ts";
import type { HeardComment } from "./ignore-notices.ts";
import { answerFindings, type IgnoreComment, readIgnores } from "./suppress.ts";

export interface Look {
  readonly open: readonly Finding[];
  readonly answered: readonly AnsweredFinding[];
  /** Every ignore comment of the files whose findings are wanted. */
  readonly heard: readonly (HeardComment & { readonly path: string })[];
  readonly problems: readonly FileProblem[];
  /** All that the engine said, wanted or not. */
  readonly findings: readonly Finding[];
}

export interface AnsweredFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface LookSettings {
  readonly suppressions: SuppressionSettings;
  isWanted(finding: Finding): boolean;
}

export const nothing: Look = { open: [], answered: [], heard: [], problems: [], findings: [] };

/** @param files all files of the project at one state. */
export function look(
  engine: Engine,
  files: readonly SourceFile[],
  settings: LookSettings,
  options: Pick<AnalyzeOptions, "dependencies"> = {},
): Look {
  if (files.length === 0) return nothing;
  const { findings, problems } = engine.analyze(files, options);
  const wanted = Map.groupBy(
    findings.filter((finding) => settings.isWanted(finding)),
    ({ place }) => place.path,
  );
  const open: Finding[] = [];
  const answered: AnsweredFinding[] = [];
  const heard: (HeardComment & { readonly path: string })[] = [];
  for (const { path, text } of files) {
    const inFile = hear(text, wanted.get(path) ?? [], settings.suppressions);
    open.push(...inFile.open);
    answered.push(...inFile.answered);
    for (const each of inFile.heard) heard.push({ ...each, path });
  }
  return { open, answered, heard, problems, findings };
}

/** The findings of one file and its comments brought together. */
function hear(text: string, findings: readonly Finding[], settings: SuppressionSettings) {
  const ignores = readIgnores(text, settings);
  const answers = answerFindings(ignores, findings);
  const lacksReason = (comment: IgnoreComment): boolean =>
    settings.requireReason && comment.tool === "pyward" && comment.reason === "";

  const open: Finding[] = [];
  const answered: AnsweredFinding[] = [];
  const rulesOf = new Map<IgnoreComment, Set<string>>();
  for (const finding of findings) {
    const comment = answers.get(finding);
    if (comment === undefined || lacksReason(comment)) open.push(finding);
    else answered.push({ finding, reason: comment.reason });
    if (comment !== undefined) {
      rulesOf.set(comment, (rulesOf.get(comment) ?? new Set()).add(finding.rule));
    }
  }
  const heard = ignores.comments.map((comment) => ({
    comment,
    answered: rulesOf.get(comment) ?? new Set<string>(),
    lacksReason: lacksReason(comment),
  }));
  return { open, answered, heard };
}
