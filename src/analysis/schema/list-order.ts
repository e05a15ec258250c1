// Which models are listed, page by page, in the order that `Meta.ordering` says.
// https://docs.djangoproject.com/en/stable/ref/models/options/#ordering

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Expression } from "../../python/syntax.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { ancestryOf, bindingOf, classMeant, libraryBases, linesOf, scopeOf } from "./names.ts";

export interface ListedModel {
  /** The view that lists it. */
  readonly view: ClassDefinition;
  /** It answers programs, which turn every page. */
  readonly isEndpoint: boolean;
}

const known = new WeakMap<Program, ReadonlyMap<ClassDefinition, ListedModel>>();

/** By the model's class. */
export function listedModels(program: Program): ReadonlyMap<ClassDefinition, ListedModel> {
  const before = known.get(program);
  if (before) return before;
  const found = new Map<ClassDefinition, ListedModel>();
  for (const view of program.classes.values()) {
    if (isTestPath(view.module.path)) continue;
    const kind = listKind(program, view);
    const model = kind && modelOf(program, view);
    if (model && (kind === "endpoint" || !found.has(model)))
      found.set(model, { view, isEndpoint: kind === "endpoint" });
  }
  known.set(program, found);
  return found;
}

function listKind(program: Program, view: ClassDefinition): "endpoint" | "page" | undefined {
  const bases = ancestryOf(view).flatMap((each) => libraryBases(program, each));
  const isEndpoint = bases.some((path) =>
    /^rest_framework\.(?:viewsets\.(?:ReadOnly)?ModelViewSet|generics\.List\w*|mixins\.ListModelMixin)$/u.test(
      path,
    ),
  );
  if (isEndpoint) return "endpoint";
  return bases.some((path) => /^django\.views\..*\bListView$/u.test(path)) ? "page" : undefined;
}

/** `model = Event`, `queryset = Event.objects.filter(...)`, what `get_queryset` begins with. */
function modelOf(program: Program, view: ClassDefinition): ClassDefinition | undefined {
  for (const each of ancestryOf(view)) {
    const scope = scopeOf(program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      const given =
        binding?.name === "model" || binding?.name === "queryset" ? binding.value : undefined;
      const returned =
        line.kind === "function" && line.name === "get_queryset"
          ? linesOf(line.body).flatMap((inner) =>
              inner.kind === "return" ? (inner.value ?? []) : [],
            )
          : [];
      for (const value of [given, ...returned]) {
        const definition = value && classMeant(scope, rootOf(value));
        if (definition) return definition;
      }
    }
  }
  return undefined;
}

/** `Event` in `Event.objects.filter(...).order_by(...)`; an order of its own is not the model's. */
function rootOf(expression: Expression): Expression {
  let at = expression;
  for (;;) {
    if (at.kind === "call" && at.callee.kind === "attribute") {
      if (at.callee.name === "order_by") return { ...at, kind: "unknown" };
      at = at.callee.object;
    } else if (at.kind === "attribute" && at.name === "objects") return at.object;
    else return at;
  }
}
