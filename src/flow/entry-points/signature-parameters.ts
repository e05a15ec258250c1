// Parameters that a framework fills by the function's signature, as FastAPI and Typer do: the annotation and the
// default say where each comes from, and what it can be.

import type { Span } from "../../python/module.ts";
import type { Expression, Parameter } from "../../python/syntax.ts";
import { noArguments } from "../calls/arguments.ts";
import { fieldsOf, isHarmlessType, received } from "../data/records.ts";
import type { ArgumentValue, Frame, Route } from "../frame.ts";
import { lookUpMember } from "../language/attributes.ts";
import { bake } from "../values/state.ts";
import { type ClassDefinition, fromVisitor, makeValue, type Value } from "../values/value.ts";
import { isConstrained, throughValidators } from "./constraints.ts";
import { partsOfRule } from "./route-rules.ts";
import { styleOf } from "./route-styles.ts";

/** What the framework puts into the parameter. */
export function fromSignature(frame: Frame, route: Route, parameter: Parameter, span: Span): Value {
  const dependency = dependencyOf(frame, parameter);
  if (dependency) {
    const annotated =
      parameter.annotation && frame.machine.annotated(frame, unwrapAnnotated(parameter.annotation));
    const value = callDependency(frame, dependency, route, span);
    const isUntyped = value.types.length === 0 && value.objects.length === 0;
    if (!isUntyped || !annotated) return value;
    // Whoever makes it (a container, a factory that is not at hand), it is an object of the annotated class.
    const objects = value.labels.length === 0 ? annotated.objects : [];
    return { ...value, types: annotated.types, objects };
  }
  const annotation = parameter.annotation && unwrapAnnotated(parameter.annotation);
  const type = annotation && frame.machine.annotated(frame, annotation);
  const isKnown = type?.types.some(
    (name) => frame.machine.models.knows(name) && !textTypes.has(name),
  );
  // A session, a request: a library's own object is no value of the visitor's.
  if (type && isKnown && !isHarmlessType(frame, type)) return type;
  if (isConstrained(frame, parameter.annotation, parameter.default))
    return makeValue({ types: ["str"] });
  const concept = conceptOf(frame, route, parameter, type);
  const value = received(frame, type, fromVisitor(concept, span, ["str"]), span);
  return throughValidators(frame, parameter.annotation, value, span);
}

/** Which part of the request, or of the command line, a parameter is read from. */
function conceptOf(
  frame: Frame,
  route: Route,
  parameter: Parameter,
  type: Value | undefined,
): string {
  const origin = styleOf(route.style)?.origin;
  if (origin !== undefined) return origin;
  const metadata = parameter.annotation ? annotatedParts(frame, parameter.annotation) : undefined;
  const said = [parameter.default, ...(metadata?.metadata ?? [])];
  for (const expression of said) {
    if (expression?.kind !== "call" || !frame.state) continue;
    const callee = frame.machine.evaluate(frame, expression.callee);
    for (const reference of callee.references) {
      const source =
        reference.kind === "api" && frame.machine.models.find(reference.path)?.callSource;
      if (source) return source;
    }
  }
  if (type?.types.some((name) => name === "dict" || frame.machine.classes.has(name)))
    return "http-body";
  const inPath = route.rules.flatMap((rule) => partsOfRule(rule, "{name:type}"));
  return inPath.some(({ name }) => name === parameter.name) ? "http-path" : "http-parameter";
}

const textTypes = new Set([
  ...["str", "bytes", "list", "dict", "set", "tuple"],
  ...["pathlib.Path", "pathlib.PurePath"],
]);

/** `Depends(get_db)` as default, or within `Annotated[Session, Depends(get_db)]`, an alias of it too. */
function dependencyOf(frame: Frame, parameter: Parameter): Value | undefined {
  const named = parameter.annotation && unwrapAnnotated(parameter.annotation);
  const fromDefault = parameter.default && dependencyIn(frame, parameter.default, named);
  if (fromDefault) return fromDefault;
  const annotation = parameter.annotation && annotatedParts(frame, parameter.annotation);
  for (const part of annotation?.metadata ?? []) {
    const found = dependencyIn(annotation?.frame ?? frame, part, named);
    if (found) return found;
  }
  return undefined;
}

function dependencyIn(
  frame: Frame,
  expression: Expression,
  annotation: Expression | undefined,
): Value | undefined {
  if (expression.kind !== "call" || !frame.state) return undefined;
  const callee = frame.machine.evaluate(frame, expression.callee);
  const isDepends = callee.references.some(
    (reference) =>
      reference.kind === "api" &&
      /^fastapi\.(?:Depends|Security|params\.Depends|params\.Security)$/u.test(
        frame.machine.models.canonical(reference.path),
      ),
  );
  if (!isDepends) return undefined;
  const first = expression.arguments.find(
    (argument) => argument.name === undefined || argument.name === "dependency",
  );
  // `page: Page = Depends()` depends on `Page` itself.
  const given = first?.value ?? annotation;
  return given && frame.machine.evaluate(frame, given);
}

/**
 * What a dependency gives: its result, or what it yields. It is given what the request brings for its own
 * parameters, and runs by itself, so its effects are its own.
 */
function callDependency(frame: Frame, dependency: Value, route: Route, span: Span): Value {
  const record = recordIn(frame, dependency);
  // `page: Page = Depends()`: each field is a parameter of the query, whatever it is by default.
  if (record) {
    const type = frame.machine.instanceOf(record);
    return received(frame, type, fromVisitor("http-parameter", span, ["str"]), span);
  }
  const effects = frame.effects.length;
  const before = frame.state;
  const given = { ...noArguments, keywords: dependencyArguments(frame, dependency, route) };
  let value = frame.machine.call(frame, dependency, given, span, span);
  frame.state ??= before;
  const isGenerator = dependency.references.some(
    (reference) => reference.kind === "function" && reference.definition.isGenerator,
  );
  if (isGenerator && frame.state) value = frame.machine.iterate(frame, value, span);
  frame.effects.length = effects;
  return frame.state ? bake(value, frame.state) : value;
}

/** A model or dataclass, whose fields are its arguments. */
function recordIn(frame: Frame, dependency: Value): ClassDefinition | undefined {
  for (const reference of dependency.references) {
    if (reference.kind !== "class") continue;
    const { definition } = reference;
    const isMade = lookUpMember(frame, definition, "__init__") !== undefined;
    if (!isMade && fieldsOf(definition).length > 0) return definition;
  }
  return undefined;
}

function dependencyArguments(
  frame: Frame,
  dependency: Value,
  route: Route,
): ReadonlyMap<string, ArgumentValue> {
  const given = new Map<string, ArgumentValue>();
  if (frame.depth > 4) return given;
  for (const reference of dependency.references) {
    const made =
      reference.kind === "class"
        ? lookUpMember(frame, reference.definition, "__init__")
        : undefined;
    const functions = reference.kind === "function" ? [reference] : (made?.references ?? []);
    for (const each of functions) {
      if (each.kind !== "function") continue;
      const { definition } = each;
      const inner: Frame = {
        ...frame,
        module: definition.module,
        definition: undefined,
        closure: undefined,
        depth: frame.depth + 1,
      };
      const isMethod = made !== undefined || each.self !== undefined;
      for (const parameter of definition.parameters.slice(isMethod ? 1 : 0)) {
        if (parameter.spread !== "") continue;
        const span = {
          module: definition.module,
          start: parameter.start,
          end: parameter.start + parameter.name.length,
        };
        given.set(parameter.name, { value: fromSignature(inner, route, parameter, span), span });
      }
      frame.state = inner.state;
    }
  }
  return given;
}

/** `SessionDep = Annotated[Session, Depends(get_db)]` may stand in another file. */
function annotatedParts(
  frame: Frame,
  annotation: Expression,
): { readonly metadata: readonly Expression[]; readonly frame: Frame } | undefined {
  if (
    annotation.kind === "subscript" &&
    isAnnotated(annotation.object) &&
    annotation.index.kind === "tuple"
  ) {
    return { metadata: annotation.index.elements.slice(1), frame };
  }
  if (annotation.kind !== "name" && annotation.kind !== "attribute") return undefined;
  const alias = frame.machine.typeAlias(frame, annotation);
  return (
    alias &&
    annotatedParts(
      { ...frame, module: alias.module, definition: undefined, closure: undefined },
      alias.expression,
    )
  );
}

function unwrapAnnotated(annotation: Expression): Expression {
  const isWrapped =
    annotation.kind === "subscript" &&
    isAnnotated(annotation.object) &&
    annotation.index.kind === "tuple";
  return isWrapped && annotation.index.kind === "tuple"
    ? (annotation.index.elements[0] ?? annotation)
    : annotation;
}

function isAnnotated(expression: Expression): boolean {
  return (
    (expression.kind === "name" && expression.id === "Annotated") ||
    (expression.kind === "attribute" && expression.name === "Annotated")
  );
}
