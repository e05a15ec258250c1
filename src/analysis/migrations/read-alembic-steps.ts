// What an Alembic migration does to tables that are in use.
// https://alembic.sqlalchemy.org/en/latest/ops.html

import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import { everyNode } from "../enclosing.ts";
import {
  apiPath,
  argumentOf,
  bindingOf,
  isSet,
  positionalOf,
  type Scope,
  sqlalchemyCall,
  textOf,
  textsOf,
} from "../schema/names.ts";
import { type AlembicOperation, operationsOf } from "../schema/read-alembic.ts";
import { readSqlSteps, sqlTextOf } from "./read-sql-steps.ts";
import type { MigrationFile, Step } from "./step.ts";

/** A revision; `undefined` for a module that is none, such as `env.py`. */
export function readRevision(scope: Scope): MigrationFile | undefined {
  const { module } = scope;
  const bound = (name: string): Expression | undefined =>
    module.body.map(bindingOf).find((binding) => binding?.name === name)?.value;
  const name = textOf(scope, bound("revision"));
  const down = bound("down_revision");
  if (name === undefined || !down) return undefined;
  const before = down.kind === "string" ? [down.value] : textsOf(scope, down);
  const isFirst = down.kind === "singleton" && down.value === null;
  return {
    module,
    library: "alembic",
    name,
    // Large projects keep the revisions of each release in a folder of its own.
    history: /^.*?\bversions\/|^(?:.*\/)?/u.exec(module.path)?.[0] ?? "",
    after: (before ?? []).flatMap((each) => each ?? []),
    afterSpan: { module, start: down.start, end: down.end },
    isFirst,
    isBranch: isSet(bound("branch_labels")) || isSet(bound("depends_on")),
    steps: operationsOf(scope).flatMap((operation) => stepsOf(scope, operation)),
  };
}

function stepsOf(scope: Scope, operation: AlembicOperation): readonly Step[] {
  const { call, name, isBatch, statement } = operation;
  const at = (position: number): number => position - (isBatch ? 1 : 0);
  const tableAt = (word: string, position: number): string | undefined =>
    isBatch ? operation.table : textOf(scope, argumentOf(call, word, position));
  const place = {
    span: { module: scope.module, start: statement.start, end: statement.end },
    by: isBatch ? ("batch" as const) : ("alembic" as const),
    isOutsideTransaction: isOutsideTransaction(scope, operation),
  };
  switch (name) {
    case "create_table":
      return [{ ...place, kind: "create-table", table: tableAt("table_name", 0) }];
    case "drop_table":
      return [{ ...place, kind: "drop-table", table: tableAt("table_name", 0) }];
    case "rename_table": {
      const to = textOf(scope, argumentOf(call, "new_table_name", 1));
      return [{ ...place, kind: "rename-table", table: tableAt("old_table_name", 0), to }];
    }
    case "drop_constraint":
    case "drop_index":
      return [{ ...place, kind: "drop-constraint", table: tableAt("table_name", 1) }];
    case "add_column": {
      const given = argumentOf(call, "column", at(1));
      const column = given?.kind === "call" ? addedColumn(scope, given) : undefined;
      return column
        ? [{ ...place, kind: "add-column", table: tableAt("table_name", 0), ...column }]
        : [];
    }
    case "drop_column": {
      const column = textOf(scope, argumentOf(call, "column_name", at(1)));
      const table = tableAt("table_name", 0);
      return column === undefined ? [] : [{ ...place, kind: "drop-column", table, column }];
    }
    case "alter_column":
      return alterations(scope, operation).map((change) => ({ ...place, ...change }));
    case "create_index":
      return [
        {
          ...place,
          kind: "add-index",
          table: tableAt("table_name", 1),
          isUnique: isSet(argumentOf(call, "unique")),
          isConcurrent: isSet(argumentOf(call, "postgresql_concurrently")),
        },
      ];
    case "create_unique_constraint": {
      const columns = textsOf(scope, argumentOf(call, "columns", at(2))) ?? [];
      return isSet(argumentOf(call, "postgresql_using_index"))
        ? []
        : [{ ...place, kind: "add-unique", table: tableAt("table_name", 1), columns }];
    }
    case "create_foreign_key":
    case "create_check_constraint": {
      if (isSet(argumentOf(call, "postgresql_not_valid"))) return [];
      if (call.arguments.some(({ spread }) => spread === "**")) return [];
      const isKey = name === "create_foreign_key";
      const columns = isKey ? textsOf(scope, argumentOf(call, "local_cols", at(3))) : [];
      return [
        {
          ...place,
          kind: isKey ? "add-foreign-key" : "add-check",
          table: tableAt(isKey ? "source_table" : "table_name", 1),
          columns: (columns ?? []).flatMap((column) => column ?? []),
        },
      ];
    }
    case "execute": {
      const given = argumentOf(call, "sqltext", 0);
      const text = sqlTextOf(given) ?? textOf(scope, given);
      if (text !== undefined) return readSqlSteps(text, place.span, place.isOutsideTransaction);
      return given && updatesEveryRow(given)
        ? [{ ...place, kind: "update-rows", table: undefined }]
        : [];
    }
    default:
      return [];
  }
}

/** `op.execute(orders.update().values(state="new"))`, without a `where`. */
function updatesEveryRow(given: Expression): boolean {
  const names: string[] = [];
  for (
    let at: Expression = given;
    at.kind === "call" && at.callee.kind === "attribute";
    at = at.callee.object
  )
    names.push(at.callee.name);
  return names.includes("values") && names.at(-1) === "update" && !names.includes("where");
}

function addedColumn(
  scope: Scope,
  call: CallExpression,
):
  | Pick<
      Extract<Step, { readonly kind: "add-column" }>,
      "column" | "isNullable" | "filledBy" | "type"
    >
  | undefined {
  if (sqlalchemyCall(scope, call) !== "Column") return undefined;
  if (call.arguments.some(({ spread }) => spread !== "")) return undefined;
  const [first, ...rest] = positionalOf(call);
  const column = textOf(scope, first);
  if (column === undefined) return undefined;
  const nullable = argumentOf(call, "nullable");
  const isRequired = nullable?.kind === "singleton" && nullable.value === false;
  const given = argumentOf(call, "server_default");
  const isMade = rest.some(
    (part) =>
      part.kind === "call" && /\b(?:Identity|Computed|Sequence)$/u.test(codeAt(scope, part.callee)),
  );
  return {
    column,
    isNullable: !isRequired && !isSet(argumentOf(call, "primary_key")),
    filledBy:
      isSet(given) || isMade || isSet(argumentOf(call, "primary_key")) ? "database" : undefined,
    type: rest[0] && codeAt(scope, rest[0]),
  };
}

type Alteration =
  | {
      readonly kind: "set-not-null";
      readonly table: string | undefined;
      readonly column: string;
    }
  | Pick<Extract<Step, { readonly kind: "rename-column" }>, "kind" | "table" | "column" | "to">
  | Pick<
      Extract<Step, { readonly kind: "change-type" }>,
      "kind" | "table" | "column" | "from" | "to"
    >;

function alterations(scope: Scope, operation: AlembicOperation): readonly Alteration[] {
  const { call, isBatch } = operation;
  const table = isBatch ? operation.table : textOf(scope, argumentOf(call, "table_name", 0));
  const column = textOf(scope, argumentOf(call, "column_name", isBatch ? 0 : 1));
  if (column === undefined) return [];
  const found: Alteration[] = [];
  const nullable = argumentOf(call, "nullable");
  const wasNullable = argumentOf(call, "existing_nullable");
  const isRequired = nullable?.kind === "singleton" && nullable.value === false;
  const wasRequired = wasNullable?.kind === "singleton" && wasNullable.value === false;
  if (isRequired && !wasRequired) found.push({ kind: "set-not-null", table, column });
  const renamed = textOf(scope, argumentOf(call, "new_column_name"));
  if (renamed !== undefined && renamed !== column)
    found.push({ kind: "rename-column", table, column, to: renamed });
  const from = argumentOf(call, "existing_type");
  const to = argumentOf(call, "type_");
  if (from && to)
    found.push({
      kind: "change-type",
      table,
      column,
      from: codeAt(scope, from),
      to: codeAt(scope, to),
    });
  return found;
}

/** Within `autocommit_block()`, after `op.execute("COMMIT")`, or in a file whose other functions see to it. */
function isOutsideTransaction(scope: Scope, operation: AlembicOperation): boolean {
  if (operation.isAutocommitted) return true;
  const { text } = scope.module;
  if (operation.symbol !== "upgrade" && /autocommit/iu.test(text)) return true;
  if (/\bisolation_level\b[^\n]*AUTOCOMMIT/u.test(text)) return true;
  return scope.module.body.some(
    (statement) => statement.kind === "function" && commitsBefore(scope, statement, operation),
  );
}

function commitsBefore(scope: Scope, statement: Statement, { call }: AlembicOperation): boolean {
  if (call.start < statement.start || call.end > statement.end) return false;
  for (const node of everyNode({ body: [statement] })) {
    if (node.kind !== "call" || node.start >= call.start) continue;
    const path = apiPath(scope, node.callee) ?? "";
    const text = sqlTextOf(node.arguments[0]?.value) ?? "";
    if (path === "alembic.op.execute" && /^\s*commit\b/iu.test(text)) return true;
  }
  return false;
}

function codeAt(scope: Scope, { start, end }: Expression): string {
  return scope.module.text.slice(start, end);
}
