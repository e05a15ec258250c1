// An index on the column, in the way the model declares its columns. The database still needs a migration.

import {
  addArgument,
  argumentAt,
  type CallExpression,
  calledName,
  columnDeclaredAt,
  type Edit,
  type Fault,
  type Fix,
  fixOf,
  indexHabit,
  removeArgument,
  switchValue,
} from "#rule";
import { indexBelow } from "./migration-fix.ts";

export function fixOfColumn(fault: Fault): Fix | undefined {
  const { program, at, node } = fault;
  const declaredAt = columnDeclaredAt(program, at);
  if (declaredAt?.isGeneric) return undefined;
  const last = declaredAt && indexHabit(program, at, declaredAt.column.style).last;
  if (last && declaredAt && !declaredAt.column.foreignKey?.isIndexedByLibrary)
    return fixOf(besideIndex(at.module, last, declaredAt));
  const declared =
    node?.kind === "assign" ||
    node?.kind === "annotated" ||
    node?.kind === "expression" ||
    node?.kind === "return"
      ? node.value
      : node;
  if (declared?.kind !== "call") return undefined;
  return fixOf(indexBelow(fault, declared) ?? indexEdit(at.module, declared));
}

/** One more `Index(...)` after the last, on a line of its own where that has one. */
function besideIndex(
  { text }: Fault["at"]["module"],
  last: CallExpression,
  { table, column }: NonNullable<ReturnType<typeof columnDeclaredAt>>,
): Edit {
  const lead = text.slice(text.lastIndexOf("\n", last.start) + 1, last.start);
  const gap = lead.trim() === "" ? `\n${lead}` : " ";
  const callee = text.slice(last.callee.start, last.callee.end);
  const given =
    column.style === "django"
      ? `fields=["${column.attribute}"]`
      : `"ix_${table}_${column.name}", "${column.name}"`;
  const index = `${callee}(${given})`;
  const lineEnd = text.indexOf("\n", last.end);
  // What a comment says of the last one stays with it.
  const isAlone = gap !== " " && /^,[ \t]*(?:#.*)?$/u.test(text.slice(last.end, lineEnd));
  return isAlone
    ? { start: lineEnd, end: lineEnd, text: `${gap}${index},` }
    : { start: last.end, end: last.end, text: `,${gap}${index}` };
}

function indexEdit(module: Fault["at"]["module"], call: CallExpression): Edit | undefined {
  const name = calledName(call);
  const isDjango = /Field$|^ForeignKey$/u.test(name);
  if (!isDjango && !/^(?:Column|mapped_column|Field)$/u.test(name)) return undefined;
  const keyword = isDjango && name !== "Field" ? "db_index" : "index";
  const given = argumentAt(call, keyword);
  if (!given)
    return name === "ForeignKey" ? undefined : addArgument(module, call, `${keyword}=True`);
  // Django makes an index for every foreign key unless it is told not to.
  return name === "ForeignKey"
    ? removeArgument(module, call, given)
    : switchValue(given.value, false);
}
