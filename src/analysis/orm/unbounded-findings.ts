// Answers to a request that hold every row of a table that grows.

import { codeOf, placeOf, type Span } from "../../python/module.ts";
import type { Finding } from "../finding.ts";
import type { RuleContext } from "../rule.ts";
import { showsGrowth } from "../schema/growth.ts";
import { listViews } from "./list-views.ts";
import type { Rows } from "./orm-value.ts";
import { type Defined, definedFunctions, ormOf, restingWalk, walkOf } from "./per-row-queries.ts";

/** What a rule is told, to put it in words. */
export interface UnboundedQuery {
  readonly code: string;
  readonly model: string;
  /** The function, or the view, that answers. */
  readonly name: string;
  readonly kind: "django" | "sqlalchemy" | "list-view";
}

/** Answers that are sent piece by piece, or are meant to hold everything. */
const streaming = /\bStreaming(?:Http)?Response\b|\bcsv\b|\bpaginat|\bPage\b|\bexport/iu;

/** One finding for each function, or list view, that reads the whole of a table. */
export function* unboundedFindings(
  context: RuleContext,
  message: (query: UnboundedQuery) => string,
): Iterable<Finding> {
  const { program } = context;
  const orm = ormOf(program);
  if (!orm) return;
  const told = new Set<string>();
  for (const defined of definedFunctions(program)) {
    if (!defined.isRoute || streaming.test(codeOf(spanOf(defined)))) continue;
    const read: { readonly rows: Rows; readonly at: Span }[] = [];
    const walk = walkOf(orm, defined, () => {});
    const listening = {
      ...walk,
      read: (rows: Rows, at: Span) => {
        if (isUnbounded(rows)) read.push({ rows, at });
      },
    };
    listening.execute(listening, defined.statement.body);
    const [first] = read;
    if (!first || told.has(keyOf(first.at))) continue;
    told.add(keyOf(first.at));
    const { model } = first.rows;
    const text = message({
      code: codeOf(first.at),
      model: model.definition.statement.name,
      name: defined.statement.name,
      kind: model.library === "django" ? "django" : "sqlalchemy",
    });
    yield context.finding(first.at, text);
  }
  // One setting pages every list of the project; where the settings are not seen, it may be there.
  const settings = program.modules.filter(({ text }) => /^REST_FRAMEWORK\b/mu.test(text));
  if (settings.length === 0) return;
  if (settings.some(({ text }) => text.includes("DEFAULT_PAGINATION_CLASS"))) return;
  const walk = restingWalk(orm, () => {});
  for (const { definition, rows, at } of walk ? listViews(orm, walk) : []) {
    if (!isUnbounded(rows) || definition.attributes.has("pagination_class")) continue;
    const name = definition.statement.name;
    const model = rows.model.definition.statement.name;
    yield context.finding(at, message({ code: codeOf(at), model, name, kind: "list-view" }));
  }
}

function isUnbounded(rows: Rows): boolean {
  const { declaration } = rows.model;
  return (
    !rows.isBounded &&
    !rows.isChosen &&
    !rows.isFew &&
    rows.form !== "tuple" &&
    showsGrowth(declaration.title, declaration.columns)
  );
}

function spanOf({ statement, module }: Defined): Span {
  return { module, start: statement.start, end: statement.end };
}

function keyOf(span: Span): string {
  const { path, startLine, startColumn } = placeOf(span);
  return `${path}:${startLine}:${startColumn}`;
}
