// An index on the column, in the way the model declares its columns. The database still needs a migration.

import {
  addArgument,
  argumentAt,
  type CallExpression,
  calledName,
  type Edit,
  type Fault,
  type Fix,
  fixOf,
  removeArgument,
  switchValue,
} from "#rule";

export function fixOfColumn({ at, node }: Fault): Fix | undefined {
  const declared =
    node?.kind === "assign" ||
    node?.kind === "annotated" ||
    node?.kind === "expression" ||
    node?.kind === "return"
      ? node.value
      : node;
  if (declared?.kind !== "call") return undefined;
  return fixOf(indexEdit(at.module, declared));
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
