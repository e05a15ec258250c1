// A schema for people: as text, as JSON, and as an entity diagram of Mermaid.
// https://mermaid.js.org/syntax/entityRelationshipDiagram.html

import type {
  ColumnDescription,
  IndexDescription,
  SchemaDescription,
  TableDescription,
} from "../analysis/schema/describe-schema.ts";
import { escapeControls, padColumns } from "./terminal-text.ts";

export type SchemaFormat = "text" | "json" | "mermaid";

/** Writes a schema in one of the forms; ends with a line break. */
export function renderSchema(schema: SchemaDescription, format: SchemaFormat): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ version: 1, ...schema }, null, 2)}\n`;
    case "mermaid":
      return `${mermaid(schema)}\n`;
    case "text":
      return `${text(schema).split("\n").map(escapeControls).join("\n")}\n`;
  }
}

function text({ dialect, tables }: SchemaDescription): string {
  const count = tables.length === 1 ? "1 table" : `${tables.length} tables`;
  return [
    `${count} · ${dialect === "unknown" ? "database not known" : dialect}`,
    ...tables.map(tableText),
  ].join("\n\n");
}

function tableText(table: TableDescription): string {
  const { name, title, declared, columns, indexes, queries, isPartlyRead } = table;
  const called = title === name ? "" : ` (${title})`;
  const [first] = declared;
  const where = first ? `  ${first.path}:${first.line}` : "";
  const width = Math.max(0, ...columns.map((column) => column.name.length));
  const typeWidth = Math.max(0, ...columns.map(({ type = "" }) => type.length));
  return [
    `${name}${called}${where}`,
    ...(isPartlyRead ? ["  part of it could not be read"] : []),
    ...columns.map((column) =>
      `  ${padColumns(column.name, width)}  ${padColumns(column.type ?? "", typeWidth)}  ${traits(column)}`.trimEnd(),
    ),
    ...indexes.map((index) => `  ${indexText(index)}`),
    ...queries.map(
      ({ symbol = "<module>", path, line, columns: asked }) =>
        `  asked by ${asked.join(", ")}: ${symbol} (${path}:${line})`,
    ),
  ].join("\n");
}

function traits(column: ColumnDescription): string {
  const points = column.isForeignKey ? `-> ${column.references ?? "?"}` : "";
  const key = column.isPrimaryKey
    ? "primary key"
    : column.isUnique
      ? "unique"
      : column.isIndexed
        ? "indexed"
        : "";
  return [key, points].filter((word) => word !== "").join("  ");
}

function indexText({ name, kind, columns, where, method }: IndexDescription): string {
  const list = columns.map((column) => column ?? "<expression>").join(", ");
  const using = method === undefined ? "" : ` using ${method}`;
  const partial = where === undefined ? "" : ` where ${where.replace(/\s+/gu, " ")}`;
  return `${kind}${name === undefined ? "" : ` ${name}`} (${list})${using}${partial}`;
}

function mermaid({ tables }: SchemaDescription): string {
  const names = new Set(tables.map(({ name }) => name));
  const byTitle = new Map(tables.map(({ name, title }) => [title.toLowerCase(), name]));
  const entities = tables.map((table) =>
    [
      `  ${word(table.name)} {`,
      ...table.columns.map(
        (column) => `    ${word(column.type ?? "unknown")} ${word(column.name)}${keys(column)}`,
      ),
      "  }",
    ].join("\n"),
  );
  const lines = tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      if (column.references === undefined) return [];
      const target = names.has(column.references)
        ? column.references
        : byTitle.get(column.references);
      return target === undefined
        ? []
        : [`  ${word(target)} ||--o{ ${word(table.name)} : ${word(column.name)}`];
    }),
  );
  return ["erDiagram", ...entities, ...lines].join("\n");
}

function keys(column: ColumnDescription): string {
  const words = [
    ...(column.isPrimaryKey ? ["PK"] : []),
    ...(column.isForeignKey ? ["FK"] : []),
    ...(column.isUnique ? ["UK"] : []),
  ];
  return words.length === 0 ? "" : ` ${words.join(", ")}`;
}

/** Mermaid takes letters, digits, `-` and `_` in a name. */
function word(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_-]/gu, "_");
  return plain === "" ? "_" : plain;
}
