// Tables of Pony, whose entities hang on a database object.
// https://docs.ponyorm.org/entities.html https://docs.ponyorm.org/api_reference.html#attribute-options

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Column, Declaration, Index } from "./facts.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  bindingOf,
  classMeant,
  isSet,
  lastPart,
  libraryBases,
  linesOf,
  positionalOf,
  type Scope,
  scopeOf,
  textOf,
} from "./names.ts";

/** The table of a Pony entity; `undefined` for any other class. */
export function readPonyEntity(
  program: Program,
  definition: ClassDefinition,
): Declaration | undefined {
  const ancestry = ancestryOf(definition);
  const isEntity = ancestry.some((each) =>
    libraryBases(program, each).some((path) => /^pony\.orm\..*\bEntity$/u.test(path)),
  );
  if (!isEntity) return undefined;
  const columns: Column[] = [];
  const indexes: Index[] = [];
  let table: string | undefined;
  // A subclass stands in its parent's table.
  for (const each of ancestry) {
    const scope = scopeOf(program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.name === "_table_") table = textOf(scope, binding.value) ?? table;
      const value = line.kind === "expression" ? line.value : binding?.value;
      if (value?.kind !== "call") continue;
      const index = readComposite(scope, value);
      if (index) indexes.push(index);
      const column =
        !index && binding ? readAttribute(scope, binding.name, value, line) : undefined;
      if (column && columns.every(({ name }) => name !== column.name)) columns.push(column);
    }
  }
  if (columns.length === 0) return undefined;
  const { name } = definition.statement;
  return {
    table: table ?? name.toLowerCase(),
    title: name,
    alias: undefined,
    origin: "model",
    columns,
    indexes,
    foreignKeys: [],
    genericKeys: [],
    isUnreadable: false,
  };
}

/** `composite_index(customer, placed)`, `composite_key(...)`, `PrimaryKey(order, line)`. */
function readComposite(scope: Scope, call: CallExpression): Index | undefined {
  const name = lastPart(apiPath(scope, call.callee) ?? "");
  const parts = positionalOf(call);
  const isKey = name === "PrimaryKey" && parts.length > 1;
  if (!isKey && name !== "composite_index" && name !== "composite_key") return undefined;
  const columns = parts.map((part) =>
    part.kind === "name" ? part.id : part.kind === "string" ? part.value : undefined,
  );
  const kind = isKey ? "primary key" : name === "composite_key" ? "unique" : "index";
  return { name: undefined, kind, columns, where: undefined, method: undefined };
}

function readAttribute(
  scope: Scope,
  attribute: string,
  call: CallExpression,
  { start, end }: { readonly start: number; readonly end: number },
): Column | undefined {
  const path = apiPath(scope, call.callee) ?? "";
  const kind = lastPart(path);
  if (!path.startsWith("pony.orm.") || !/^(?:Required|Optional|PrimaryKey)$/u.test(kind))
    return undefined;
  const [type] = positionalOf(call);
  const target = type && targetOf(scope, type);
  const index = argumentOf(call, "index");
  return {
    name: textOf(scope, argumentOf(call, "column")) ?? attribute,
    attribute,
    type: type?.kind === "name" ? type.id : type?.kind === "attribute" ? type.name : undefined,
    isPrimaryKey: kind === "PrimaryKey",
    isUnique: isSet(argumentOf(call, "unique")),
    isIndexed: index ? isSet(index) : target !== undefined,
    foreignKey:
      target === undefined
        ? undefined
        : { table: target, onDelete: undefined, isIndexedByLibrary: !index || isSet(index) },
    style: "pony",
    span: { module: scope.module, start, end },
  };
}

/** Another entity, by its class or by its name: a key that Pony indexes itself. */
function targetOf(scope: Scope, type: Expression): string | undefined {
  if (type.kind === "string") return type.value.toLowerCase();
  return classMeant(scope, type)?.statement.name.toLowerCase();
}
