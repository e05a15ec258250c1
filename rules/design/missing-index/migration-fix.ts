// An index for a foreign key that a migration adds to a column which was there: the migration makes it, beside
// the table's use. https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.create_index

import {
  argumentAt,
  type CallExpression,
  type Edit,
  enclosingNodes,
  type Fault,
  type SyntaxNode,
} from "#rule";

/** What stands below `op.create_foreign_key(...)`; `undefined` for any other call. */
export function indexBelow({ at, program }: Fault, call: CallExpression): Edit | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute" || callee.name !== "create_foreign_key") return undefined;
  const { module } = at;
  const { text } = module;
  const operations = callee.object;
  // Within `batch_alter_table` the table is made anew, or not, as the database has it.
  const isPlain =
    operations.kind === "name" &&
    program
      .globalOf(module, operations.id)
      ?.references.some((each) => each.kind === "api" && each.path === "alembic.op");
  const table = textOf(argumentAt(call, "source_table", 1)?.value);
  const columns = argumentAt(call, "local_cols", 3)?.value;
  const [column] = columns?.kind === "list" ? columns.elements.map(textOf) : [];
  const statement = enclosingNodes(at).findLast(({ kind }) => kind === "expression");
  if (!isPlain || table === undefined || column === undefined || !statement) return undefined;
  const start = text.lastIndexOf("\n", statement.start) + 1;
  const lead = text.slice(start, statement.start);
  const lineEnd = text.indexOf("\n", statement.end);
  if (lead.trim() !== "" || !/^\s*(?:#.*)?$/u.test(text.slice(statement.end, lineEnd)))
    return undefined;
  const op = text.slice(operations.start, operations.end);
  const lines = [
    `with ${op}.get_context().autocommit_block():`,
    `    ${op}.create_index(`,
    `        "ix_${table}_${column}", "${table}", ["${column}"], postgresql_concurrently=True`,
    "    )",
  ];
  return { start: lineEnd, end: lineEnd, text: lines.map((line) => `\n${lead}${line}`).join("") };
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === "string" ? node.value : undefined;
}
