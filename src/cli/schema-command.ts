// `pyward schema`: the tables of a project, as Pyward has understood them.

import { renderSchema, type SchemaFormat } from "../render/schema.ts";
import type { Doors } from "./doors.ts";
import { findFiles } from "./find-files.ts";
import { readFiles } from "./read-files.ts";
import { defaultMaxFileSize } from "./read-text.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

/** Returns the exit code. */
export async function showSchema(
  paths: readonly string[],
  format: SchemaFormat,
  doors: Doors,
): Promise<number> {
  const [listed, engine] = await Promise.all([findFiles(paths), doors.loadEngine()]);
  const { files } = await readFiles(listed.files, defaultMaxFileSize);
  const schema = engine.describeSchema?.(files);
  if (!schema || schema.tables.length === 0)
    throw new UserMistake(
      "no table was found: no model, migration or `CREATE TABLE` that Pyward can read.",
    );
  await writeOutput(renderSchema(schema, format), undefined);
  return exitCodes.clean;
}
