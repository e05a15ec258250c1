// `pyward explain --why FILE:LINE`: what was known on one line of a project, to see why it was reported or not.

import { join, relative } from "node:path";
import { renderInsight } from "../render/insight-text.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import type { Doors } from "./doors.ts";
import { findFiles } from "./find-files.ts";
import { readConfig } from "./read-config.ts";
import { readFiles } from "./read-files.ts";
import { defaultMaxFileSize } from "./read-text.ts";
import { hasColor } from "./terminal-abilities.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

export interface ExplainLineOptions {
  readonly format: "text" | "json";
  /** `false` for --no-color. */
  readonly color: boolean;
}

/**
 * @param why `shop/views.py:14`, as the person typed it.
 * @param path the files and folders that the line is understood by.
 */
export async function explainLine(
  why: string,
  path: string,
  options: ExplainLineOptions,
  doors: Doors,
): Promise<number> {
  const at = readPlace(why);
  const [own, around, engine] = await Promise.all([
    findFiles([at.file]),
    findFiles([path, at.file]),
    doors.loadEngine(),
  ]);
  const [wanted] = own.files;
  const listed = around.files.find(({ absolute }) => absolute === wanted?.absolute);
  if (!wanted || !listed || !isPythonFile(wanted.path))
    throw new UserMistake(`--why: ${at.file} is no Python file.`);

  const { files, problems } = await readFiles(around.files, defaultMaxFileSize);
  const text = files.find((file) => file.path === listed.path)?.text;
  if (text === undefined) {
    const reason = problems.find((problem) => problem.path === listed.path)?.message ?? "";
    throw new UserMistake(`--why: ${at.file} cannot be looked at. ${reason}`.trim());
  }
  const lines = text.split("\n").length;
  if (at.line > lines) throw new UserMistake(`--why: ${at.file} has ${lines} lines only.`);

  const { models } = (await readConfig(around.root, engine)).config;
  const informed = models.length === 0 ? engine : (engine.withModels?.(models) ?? engine);
  const { insight } = informed.analyze(files, { explain: { path: listed.path, line: at.line } });
  if (!insight) throw new UserMistake(`--why: ${at.file} holds too much code to be looked at.`);
  const rendered =
    options.format === "json"
      ? `${JSON.stringify({ version: 1, insight }, null, 2)}\n`
      : renderInsight(insight, {
          color: hasColor(process.stdout, options.color),
          showPath: (each) => relative(process.cwd(), join(around.root, each)),
        });
  await writeOutput(rendered, undefined);
  return exitCodes.clean;
}

function readPlace(why: string): { readonly file: string; readonly line: number } {
  const [, file, digits] = /^(.+):([1-9]\d{0,6})$/u.exec(why) ?? [];
  if (file === undefined || digits === undefined)
    throw new UserMistake(`--why: "${why}" is no FILE:LINE, such as shop/views.py:14.`);
  return { file, line: Number(digits) };
}
