// How a model writes its indexes, and how a project brings them to the database, so that advice is in its own way.

import type { Span } from "../../python/module.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import { enclosingNodes } from "../enclosing.ts";
import type { Program } from "../program.ts";
import type { Column, ColumnStyle } from "./facts.ts";
import { importsAlembic } from "./read-alembic.ts";
import { schemaOf } from "./schema.ts";

export interface IndexHabit {
  /** The last `Index(...)` in `__table_args__` or `Meta.indexes`, where the model writes them there only. */
  readonly last: CallExpression | undefined;
  /** What brings a change of a model to the database. */
  readonly migrations: "alembic" | "django" | undefined;
}

/** The habit of the model that a column stands in. */
export function indexHabit(program: Program, column: Span, style: ColumnStyle): IndexHabit {
  const usesAlembic = program.modules.some(importsAlembic);
  return {
    last: lastIndex(column),
    migrations: style === "django" ? "django" : usesAlembic ? "alembic" : undefined,
  };
}

/** The column that is declared exactly there, and its table. */
export function columnDeclaredAt(
  program: Program,
  { module, start, end }: Span,
): DeclaredColumn | undefined {
  for (const { name, columns, declarations } of schemaOf(program).tables.values())
    for (const column of columns) {
      const { span } = column;
      if (span.module !== module || span.start !== start || span.end !== end) continue;
      const isGeneric = declarations.some(({ genericKeys }) =>
        genericKeys.some(({ id }) => id === column.attribute),
      );
      return { table: name, column, isGeneric };
    }
  return undefined;
}

export interface DeclaredColumn {
  readonly table: string;
  readonly column: Column;
  /** One half of a key to any table: an index of it alone is not what is asked for. */
  readonly isGeneric: boolean;
}

function lastIndex(column: Span): CallExpression | undefined {
  const owner = enclosingNodes(column).findLast(({ kind }) => kind === "class");
  if (owner?.kind !== "class") return undefined;
  const code = column.module.text.slice(owner.start, owner.end);
  if (/\b(?:db_)?index\s*=\s*True\b/u.test(code)) return undefined;
  const meta = owner.body.find((line) => line.kind === "class" && line.name === "Meta");
  const lines = [...owner.body, ...(meta?.kind === "class" ? meta.body : [])];
  return lines.flatMap(indexesIn).at(-1);
}

function indexesIn(line: Statement): readonly CallExpression[] {
  const target =
    line.kind === "assign" ? line.targets[0] : line.kind === "annotated" ? line.target : undefined;
  const value = line.kind === "assign" || line.kind === "annotated" ? line.value : undefined;
  if (target?.kind !== "name" || !/^(?:__table_args__|indexes)$/u.test(target.id)) return [];
  if (value?.kind !== "tuple" && value?.kind !== "list") return [];
  return value.elements.filter(isIndexCall);
}

function isIndexCall(expression: Expression): expression is CallExpression {
  if (expression.kind !== "call") return false;
  const { callee } = expression;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  return name === "Index";
}
