// Views of Django REST framework that answer with many rows, and the serializers they write them with.
// https://www.django-rest-framework.org/api-guide/generic-views/

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
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
import type { Rows } from "./orm-value.ts";
import { methodOf } from "./project-calls.ts";
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
    const last = linesOf(statement.body).findLast((line) => line.kind === "return");
    const { start, end } = last?.kind === "return" && last.value ? last.value : statement;
    return { definition, rows: known.rows, at: { module, start, end }, serializers };
  }
  for (const each of ancestry) {
    const scope = scopeOf(walk.orm.program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.name !== "queryset" || !binding.value) continue;
      const known = walk.evaluate({ ...walk, scope, loop: undefined }, binding.value);
      if (known.rows?.kind !== "rows") return undefined;
      const { start, end } = binding.value;
      return { definition, rows: known.rows, at: { module: each.module, start, end }, serializers };
    }
  }
  return undefined;
}

/** `serializer_class`, or what `get_serializer_class` gives for a list. */
function serializersOf(
  walk: Walk,
  definition: ClassDefinition,
  ancestry: readonly ClassDefinition[],
): readonly ClassDefinition[] {
  const chooser = methodOf(definition, "get_serializer_class", undefined);
  if (chooser) {
    const scope = scopeOf(walk.orm.program, chooser.definition.module);
    return forLists(scope, chooser.definition.statement.body);
  }
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

/** What is returned under `if self.action == "list"`. */
function forLists(scope: Scope, body: readonly Statement[]): readonly ClassDefinition[] {
  return body.flatMap((statement) => {
    if (statement.kind !== "if") return [];
    return statement.branches.flatMap(({ test, body: inside }) =>
      mentionsList(test) ? inside.flatMap((line) => returned(scope, line)) : [],
    );
  });
}

function returned(scope: Scope, line: Statement): readonly ClassDefinition[] {
  const serializer = line.kind === "return" && line.value && classMeant(scope, line.value);
  return serializer ? [serializer] : [];
}

function mentionsList(test: Expression): boolean {
  return (
    test.kind === "compare" &&
    test.operators[0] === "==" &&
    test.comparators.some((each) => each.kind === "string" && each.value === "list")
  );
}
