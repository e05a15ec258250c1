// Migrations that are files of plain SQL, in the order of their numbers: `0002_orders.sql`, `V2__orders.sql`.

import type { Module } from "../../python/module.ts";
import { isUndoingSql } from "../database-file.ts";
import { readSqlSteps } from "./read-sql-steps.ts";
import type { MigrationFile, Step } from "./step.ts";

/** The place of a file of SQL among those of its folder; `undefined` for one without a number. */
export function sqlNumberOf(path: string): bigint | undefined {
  const digits = /^V?(?<digits>\d+)/u.exec(path.slice(path.lastIndexOf("/") + 1))?.groups?.digits;
  return digits === undefined ? undefined : BigInt(digits);
}

/** The numbered files of each folder, what undoes one left out. */
export function readSqlMigrations(files: readonly Module[]): readonly MigrationFile[] {
  const numbered = files.flatMap((module) => {
    const number = sqlNumberOf(module.path);
    return number === undefined || isUndoingSql(module.path) ? [] : [{ module, number }];
  });
  const folders = Map.groupBy(numbered, ({ module }) => folderOf(module.path));
  return [...folders].flatMap(([folder, own]) => {
    const inOrder = own.toSorted((a, b) => (a.number < b.number ? -1 : 1));
    return inOrder.map(({ module }, index) => ({
      module,
      library: "sql" as const,
      name: module.path,
      history: folder,
      after: inOrder.slice(Math.max(0, index - 1), index).map((before) => before.module.path),
      afterSpan: undefined,
      isFirst: index === 0,
      isBranch: false,
      steps: stepsOf(module),
    }));
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** dbmate, goose, sql-migrate: from here on the file says how to undo what stands above. */
const undoing = /^--\s*(?:migrate:down|\+(?:goose|migrate)\s+down)\b[\s\S]*/imu;
/** Texts in which a semicolon ends nothing; MySQL comments with `#`, too. */
const closed =
  /(?:--|(?<=^|\s)#\s)[^\n]*|\/\*[\s\S]*?\*\/|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$|'(?:[^']|'')*'/gu;

function stepsOf(module: Module): readonly Step[] {
  const text = module.text
    .replace(undoing, blank)
    .replaceAll(closed, (part) => (part.startsWith("'") ? part.replaceAll(";", " ") : blank(part)));
  // Without a transaction of its own, nobody knows which the runner opens.
  const isOutsideTransaction = !/^\s*begin\b/imu.test(text);
  const steps: Step[] = [];
  let from = 0;
  for (const statement of text.split(";")) {
    const start = from + statement.length - statement.trimStart().length;
    const end = from + statement.trimEnd().length;
    from += statement.length + 1;
    if (end > start)
      steps.push(...readSqlSteps(statement, { module, start, end }, isOutsideTransaction));
  }
  return steps;
}

/** As long as what it stands for, so that places stay where they are. */
function blank(part: string): string {
  return part.replaceAll(/[^\n]/gu, " ");
}
