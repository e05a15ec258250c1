// Which relations come with rows: `select_related`, `prefetch_related`, and the loader options of SQLAlchemy.
// https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related
// https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html

import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import { argumentOf, positionalOf, type Scope, textOf } from "../schema/names.ts";
import { below, everythingLoaded, type Loads, type Relation } from "./orm-value.ts";

const loaders =
  /^(?:joinedload|selectinload|subqueryload|immediateload|contains_eager|raiseload|noload|joinedload_all|subqueryload_all)$/u;
const plainOptions =
  /^(?:load_only|defer|undefer|undefer_group|with_loader_criteria|lazyload|defaultload|with_expression|selectin_polymorphic)$/u;

/** What comes with rows after `select_related(...)` or `prefetch_related(...)`. */
export function withRelated(scope: Scope, before: Loads, call: CallExpression): Loads {
  if (call.arguments.length === 0) return everythingLoaded;
  const paths = new Set(before.paths);
  for (const { value, spread, name } of call.arguments) {
    const isPrefetch = value.kind === "call";
    const text = textOf(scope, isPrefetch ? argumentOf(value, "lookup", 0) : value);
    if (name !== undefined || spread !== "" || text === undefined) return everythingLoaded;
    addPath(paths, text.split("__"));
    const attribute = isPrefetch ? textOf(scope, argumentOf(value, "to_attr")) : undefined;
    if (attribute !== undefined) addPath(paths, [attribute]);
  }
  return { ...before, paths };
}

/** What comes with rows after `options(selectinload(Order.items).joinedload(Item.product))`. */
export function withOptions(scope: Scope, before: Loads, call: CallExpression): Loads {
  const paths = new Set(before.paths);
  for (const { value, spread, name } of call.arguments) {
    const path = name === undefined && spread === "" ? optionPath(scope, value, paths) : undefined;
    if (!path) return everythingLoaded;
    addPath(paths, path);
  }
  return { ...before, paths };
}

/** The path that a chain of loaders names; `undefined` where it cannot be read. */
function optionPath(
  scope: Scope,
  option: Expression,
  paths: Set<string>,
): readonly string[] | undefined {
  if (option.kind !== "call") return undefined;
  const { callee } = option;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const before =
    callee.kind === "attribute" && callee.object.kind === "call"
      ? optionPath(scope, callee.object, paths)
      : [];
  if (name === "Load") return [];
  if (plainOptions.test(name)) return before;
  if (name === "options") {
    for (const inner of positionalOf(option)) {
      const path = optionPath(scope, inner, paths);
      if (!path || !before) return undefined;
      addPath(paths, [...before, ...path]);
    }
    return before;
  }
  if (!before || !loaders.test(name)) return undefined;
  // Older options name a whole path: `joinedload("items.product")`, `joinedload(Order.items, Item.product)`.
  const parts = positionalOf(option).map((part) => loadedName(scope, part));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return [...before, ...parts.flatMap((part) => part.split("."))];
}

function loadedName(scope: Scope, part: Expression): string | undefined {
  if (part.kind === "string") return part.value === "*" ? undefined : part.value;
  // `Order.items.and_(...)`, `Order.items.of_type(...)`
  if (part.kind === "call" && part.callee.kind === "attribute")
    return loadedName(scope, part.callee.object);
  return part.kind === "attribute" ? part.name : undefined;
}

function addPath(paths: Set<string>, parts: readonly string[]): void {
  let path = "";
  for (const part of parts) {
    path = below(path, part);
    paths.add(path);
  }
}

/** Whether reading a relation of a row asks nobody. */
export function isLoaded(
  { loads, at }: { readonly loads: Loads; readonly at: string },
  relation: Relation,
  loadedSomewhere: ReadonlySet<string>,
): boolean {
  if (relation.isSettled || loads.others === "all") return true;
  if (loads.paths.has(below(at, relation.name))) return true;
  return loads.others === "elsewhere" && loadedSomewhere.has(relation.name);
}

/** Names that some query of the program asks to come along: what helpers are given may have them. */
export function namesLoadedSomewhere(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { text } of program.modules) {
    if (!/(?:_related|load|contains_eager|Prefetch)\(/u.test(text)) continue;
    const calls = text.matchAll(
      /(?:select_related|prefetch_related|prefetch_related_objects|Prefetch|joinedload|selectinload|subqueryload|immediateload|contains_eager)\((?<given>[^()]{0,600})/gu,
    );
    for (const { groups } of calls)
      for (const [word] of groups?.given?.matchAll(/[A-Za-z_]\w*?(?=__|\W|$)/gu) ?? [])
        found.add(word);
  }
  return found;
}
