// Views of Django REST framework that answer with many rows, and the serializers they write them with.
// https://www.django-rest-framework.org/api-guide/generic-views/

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { everyNode, type SyntaxNode } from "../enclosing.ts";
import { isTestPath } from "../paths.ts";
import {
  ancestryOf,
  bindingOf,
  classMeant,
  libraryBases,
  linesOf,
  type Scope,
  scopeOf,
} from "../schema/names.ts";
import { allRows, type Rows } from "./orm-value.ts";
import { isSuper, methodOf } from "./project-calls.ts";
import type { Orm, Walk } from "./walk.ts";
import { noArguments } from "./walk-expression.ts";

export interface ListView {
  readonly definition: ClassDefinition;
  readonly rows: Rows;
  /** Where its rows are chosen. */
  readonly at: Span;
  readonly serializers: readonly ClassDefinition[];
}

const listing =
  /^rest_framework\.(?:viewsets\.(?:ReadOnly)?ModelViewSet|generics\.List\w*|mixins\.ListModelMixin)$/u;

/** The list views of a program whose rows can be read. */
export function listViews(orm: Orm, walk: Walk): readonly ListView[] {
  return [...orm.program.classes.values()].flatMap((definition) => {
    if (isTestPath(definition.module.path)) return [];
    const ancestry = ancestryOf(definition);
    const isListing = ancestry.some((each) =>
      libraryBases(orm.program, each).some((path) => listing.test(path)),
    );
    const view = isListing ? readView(walk, definition, ancestry) : undefined;
    return view ? [view] : [];
  });
}

function readView(
  walk: Walk,
  definition: ClassDefinition,
  ancestry: readonly ClassDefinition[],
): ListView | undefined {
  const serializers = serializersOf(walk, definition, ancestry);
  const method = methodOf(definition, "get_queryset", { varies: false, instance: definition });
  if (method) {
    const { statement, module } = method.definition;
    const known = walk.enter({ ...walk, loop: undefined }, method, noArguments, statement);
    if (known.rows?.kind !== "rows") return undefined;
    const { rows } = known;
    // What `get_queryset` refines is chosen above it, and that is the place to bring more along.
    const chosen = everyNode({ body: statement.body }).some(isOwnQueryset)
      ? querysetOf(ancestry)
      : undefined;
    if (chosen) return { definition, rows, at: chosen.at, serializers };
    const last = linesOf(statement.body).findLast((line) => line.kind === "return");
    const { start, end } = last?.kind === "return" && last.value ? last.value : statement;
    return { definition, rows, at: { module, start, end }, serializers };
  }
  const chosen = querysetOf(ancestry);
  if (!chosen) return undefined;
  const scope = scopeOf(walk.orm.program, chosen.at.module);
  const known = walk.evaluate({ ...walk, scope, loop: undefined }, chosen.value);
  if (known.rows?.kind !== "rows") return undefined;
  return { definition, rows: known.rows, at: chosen.at, serializers };
}

/** `self.queryset`, `super().get_queryset()` */
function isOwnQueryset(node: SyntaxNode): boolean {
  if (node.kind !== "attribute") return false;
  const { object, name } = node;
  return name === "queryset"
    ? object.kind === "name" && object.id === "self"
    : name === "get_queryset" && isSuper(object);
}

/** The `queryset` of a view's class, or of the nearest that it is derived from. */
function querysetOf(
  ancestry: readonly ClassDefinition[],
): { readonly value: Expression; readonly at: Span } | undefined {
  for (const { statement, module } of ancestry) {
    for (const line of linesOf(statement.body)) {
      const binding = bindingOf(line);
      if (binding?.name !== "queryset" || !binding.value) continue;
      const { start, end } = binding.value;
      return { value: binding.value, at: { module, start, end } };
    }
  }
  return undefined;
}

/** `serializer_class`, or what `get_serializer_class` gives for a list. */
export function serializersOf(
  walk: Walk,
  definition: ClassDefinition,
  ancestry: readonly ClassDefinition[] = ancestryOf(definition),
): readonly ClassDefinition[] {
  const own = ownSerializers(walk, ancestry);
  const chooser = methodOf(definition, "get_serializer_class", undefined);
  if (!chooser) return own;
  const scope = scopeOf(walk.orm.program, chooser.definition.module);
  return chosenForList(scope, chooser.definition.statement.body, own) ?? [];
}

function ownSerializers(
  walk: Walk,
  ancestry: readonly ClassDefinition[],
): readonly ClassDefinition[] {
  for (const each of ancestry) {
    const scope = scopeOf(walk.orm.program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.name !== "serializer_class" || !binding.value) continue;
      const serializer = classMeant(scope, binding.value);
      return serializer ? [serializer] : [];
    }
  }
  return [];
}

/** What is returned where the action is `list`; `undefined` where that cannot be told. */
function chosenForList(
  scope: Scope,
  body: readonly Statement[],
  own: readonly ClassDefinition[],
): readonly ClassDefinition[] | undefined {
  for (const statement of body) {
    if (statement.kind === "return")
      return statement.value && returned(scope, statement.value, own);
    if (statement.kind !== "if") continue;
    for (const { test, body: inside } of statement.branches) {
      const answer = isForList(test);
      if (answer === undefined) return undefined;
      if (answer) return chosenForList(scope, inside, own);
    }
    const otherwise = chosenForList(scope, statement.otherwise, own);
    if (otherwise) return otherwise;
  }
  return undefined;
}

function returned(
  scope: Scope,
  value: Expression,
  own: readonly ClassDefinition[],
): readonly ClassDefinition[] | undefined {
  // `return super().get_serializer_class()`, `return self.serializer_class`
  const isOwn =
    (value.kind === "call" &&
      value.callee.kind === "attribute" &&
      value.callee.name === "get_serializer_class") ||
    (value.kind === "attribute" && value.name === "serializer_class");
  if (isOwn) return own;
  const serializer = classMeant(scope, value);
  return serializer && [serializer];
}

/** Whether a test of `self.action` holds for `"list"`; `undefined` for a test of something else. */
function isForList(test: Expression): boolean | undefined {
  if (test.kind !== "compare" || test.left.kind !== "attribute" || test.left.name !== "action")
    return undefined;
  const [right] = test.comparators;
  const words =
    right?.kind === "string"
      ? [right.value]
      : right?.kind === "list" || right?.kind === "tuple" || right?.kind === "set"
        ? right.elements.map((each) => (each.kind === "string" ? each.value : ""))
        : undefined;
  if (!words) return undefined;
  const isNamed = words.includes("list");
  return /^(?:not in|!=)$/u.test(test.operators[0] ?? "") ? !isNamed : isNamed;
}

/** Views of Django whose pages show each row by its name, as its model's `__str__` writes it. */
export function namedRows(orm: Orm, walk: Walk): readonly Omit<ListView, "serializers">[] {
  return [...orm.program.classes.values()].flatMap((definition) => {
    if (isTestPath(definition.module.path)) return [];
    const ancestry = ancestryOf(definition);
    const isPage = ancestry.some((each) =>
      libraryBases(orm.program, each).some((path) => /^django\.views\..*\bListView$/u.test(path)),
    );
    if (!isPage || methodOf(definition, "get_queryset", undefined)) return [];
    const scope = scopeOf(orm.program, definition.module);
    for (const line of linesOf(definition.statement.body)) {
      const binding = bindingOf(line);
      if (!binding?.value || !/^(?:model|queryset)$/u.test(binding.name)) continue;
      const known = walk.evaluate({ ...walk, scope, loop: undefined }, binding.value);
      const rows =
        known.rows?.kind === "rows" ? known.rows : known.model && allRows(known.model, "lazy");
      const { start, end } = binding.value;
      if (rows) return [{ definition, rows, at: { module: definition.module, start, end } }];
    }
    return [];
  });
}
