// A loop asks the database once for each of its rows, where one query could bring them all.
// https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related

import {
  calledName,
  codeOf,
  defineRule,
  expressionAt,
  fetchCalls,
  perRowFindings,
  quoteCode,
  type RepeatedQuery,
  repeatedCalls,
  type Span,
  sqlCalls,
} from "#rule";

export default defineRule({
  watches: [...sqlCalls, ...fetchCalls],
  *check(context) {
    yield* perRowFindings(context, (query) => `${fault(query)} ${fix(query)}`);
    for (const { at, kind, isInRequest } of repeatedCalls(context.program)) {
      const severity = kind !== "sql" ? "low" : isInRequest ? "high" : "medium";
      yield context.finding(at, `${quoteCode(nameOf(at))} ${repeatedWords[kind]}`, { severity });
    }
  },
});

const repeatedWords = {
  sql: "asks the database once for each turn of the loop. Ask once before it, with `WHERE ... IN (...)` or a join.",
  insert:
    "adds one row for each turn of the loop. Collect the rows, and add them with `executemany`.",
  http: "asks another host once for each turn of the loop, and each answer is waited for. Ask for many at once, or for several at the same time.",
} as const;

function nameOf(at: Span): string {
  const call = expressionAt(at);
  return (call?.kind === "call" && calledName(call)) || codeOf(at);
}

function fault({ code, model, over, relation, helper, isForeign }: RepeatedQuery): string {
  const each = over === undefined ? "each turn of the loop" : `each ${quoteCode(over)}`;
  const asked = isForeign && relation ? `its ${quoteCode(relation.name)}` : quoteCode(model);
  if (helper)
    return `${quoteCode(code)} leads to a query of ${asked} (${helper.path.replaceAll("`", "'")}:${helper.line}), once for ${each}.`;
  return relation
    ? `${quoteCode(code)} asks the database for ${asked} once for ${each}.`
    : `${quoteCode(code)} runs once for ${each}.`;
}

function fix({ library, relation, model, isRefined, asks }: RepeatedQuery): string {
  if (relation && library === "django") {
    // What was prefetched answers `all()` and `count()`, and nothing else.
    if (relation.kind === "many" && asks === "number" && !isRefined)
      return `Count them in the query of ${quoteCode(relation.owner)}: ${quoteCode(`annotate(...=Count("${relation.name}"))`, 120)}.`;
    if (relation.kind === "many" && asks === "some" && !isRefined)
      return `Bring those that are needed along: ${quoteCode(`prefetch_related(Prefetch("${relation.name}", queryset=..., to_attr=...))`, 120)}.`;
    if (isRefined)
      return `What was prefetched is not used: choose in Python, or with ${quoteCode(`Prefetch("${relation.name}", queryset=...)`, 120)}.`;
    const method = relation.kind === "one" ? "select_related" : "prefetch_related";
    return `Add ${quoteCode(`${method}("${relation.name}")`)} to the query of ${quoteCode(relation.owner)}.`;
  }
  if (relation && library === "peewee")
    return "Join it in the query, or read both with `prefetch`.";
  if (relation)
    return `Add ${quoteCode(`options(selectinload(${relation.owner}.${relation.name}))`, 120)} to the query.`;
  if (library === "tortoise")
    return `Ask once before the loop: ${quoteCode(`${model}.filter(...__in=...)`, 120)}.`;
  if (library === "peewee")
    return `Ask once before the loop: ${quoteCode(`${model}.select().where(${model}....in_(...))`, 120)}.`;
  if (library === "pony")
    return `Ask once before the loop: ${quoteCode(`select(each for each in ${model} if each... in ...)`, 120)}.`;
  return library === "django"
    ? `Ask once before the loop: ${quoteCode(`${model}.objects.filter(...__in=...)`, 120)}, or \`in_bulk\`.`
    : `Ask once before the loop: ${quoteCode(`select(${model}).where(${model}....in_(...))`, 120)}.`;
}
