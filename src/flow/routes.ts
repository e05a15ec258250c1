// Functions that answer requests: what their parameters get from the visitor.

import type { Span } from "../python/module.ts";
import type { Expression, Parameter } from "../python/syntax.ts";
import { noArguments } from "./arguments.ts";
import { lookUpMember } from "./attributes.ts";
import type { ArgumentValue, CallArguments, Frame, FunctionReference, Route } from "./frame.ts";
import { defaultOf } from "./functions.ts";
import { isHarmlessType, received } from "./records.ts";
import { bake } from "./state.ts";
import {
  type FunctionDefinition,
  labelledValue,
  makeValue,
  newSymbol,
  type Value,
} from "./value.ts";
import { styleOfMethod } from "./view-methods.ts";

export interface ParameterValue {
  readonly parameter: Parameter;
  readonly value: Value;
}

/** What the parameters of a function are worth when it runs by itself: what a request puts in them, if it is a route. */
export function parameterValues(
  frame: Frame,
  { definition, defaults }: FunctionReference,
  route: Route | undefined,
  self: Value | undefined,
): readonly ParameterValue[] {
  return definition.parameters.map((parameter, index) => {
    if (index === 0 && self) return { parameter, value: self };
    const fallback = (): Value =>
      requestByName(definition, parameter) ?? defaultOf(frame, parameter, defaults);
    if (!route) return { parameter, value: fallback() };
    const position = self ? index - 1 : index;
    return {
      parameter,
      value: requestValue(frame, definition, route, parameter, position, fallback),
    };
  });
}

/** Whose requests are handed over as a first parameter, which everybody calls `request`. */
const requestTypes: readonly { readonly library: RegExp; readonly type: string }[] = [
  { library: /^rest_framework\b/u, type: "rest_framework.request.Request" },
  { library: /^django\b/u, type: "django.http.HttpRequest" },
  { library: /^aiohttp\b/u, type: "aiohttp.web.Request" },
];

/** The route may stand in a file that is not at hand: the name, in a file that imports the library, is enough. */
function requestByName(definition: FunctionDefinition, parameter: Parameter): Value | undefined {
  const position = definition.parameters.indexOf(parameter);
  if (parameter.name !== "request" || parameter.annotation || position > 1) return undefined;
  const imported = definition.module.body.flatMap((statement) => {
    if (statement.kind === "import") return statement.names.map(({ name }) => name);
    return statement.kind === "import-from" && statement.level === 0 ? [statement.module] : [];
  });
  const found = requestTypes.find(({ library }) => imported.some((name) => library.test(name)));
  return found && makeValue({ types: [found.type] });
}

/** The same as arguments of a call, as a framework makes it: the request by position, the rest by name. */
export function requestArguments(
  values: readonly ParameterValue[],
  route: Route,
  self: Value | undefined,
  span: Span,
): CallArguments {
  const first = (self ? 1 : 0) + (positionalStyles.has(route.style) ? 1 : 0);
  const plain = values.filter(({ parameter }) => parameter.spread === "");
  return {
    positional: plain.slice(0, first).map(({ value }) => ({ value, span })),
    keywords: new Map(
      plain.slice(first).map(({ parameter, value }) => [parameter.name, { value, span }]),
    ),
    spread: undefined,
    keywordSpread: undefined,
  };
}

const positionalStyles: ReadonlySet<string> = new Set([
  "django",
  "rest-framework",
  "aiohttp",
  "starlette",
]);

/** How a method of a view class is reached; `undefined` for any other method. */
export function routeOfMethod(frame: Frame, definition: FunctionDefinition): Route | undefined {
  const { owner } = definition;
  const style = owner && styleOfMethod(frame, owner, definition.name);
  return style === undefined ? undefined : { style, rule: undefined };
}

function requestValue(
  frame: Frame,
  definition: FunctionDefinition,
  route: Route,
  parameter: Parameter,
  index: number,
  fallback: () => Value,
): Value {
  const span = {
    module: definition.module,
    start: parameter.start,
    end: parameter.start + parameter.name.length,
  };
  switch (route.style) {
    case "fastapi":
      return fromSignature(frame, route, parameter, span);
    case "django":
      if (index === 0) return makeValue({ types: ["django.http.HttpRequest"] });
      return fromRule(route, parameter, span, frame, fallback);
    case "rest-framework":
      if (index === 0) return makeValue({ types: ["rest_framework.request.Request"] });
      return fromRule(route, parameter, span, frame, fallback);
    case "aiohttp":
      return makeValue({ types: ["aiohttp.web.Request"] });
    case "starlette":
      return makeValue({ types: ["starlette.requests.Request"] });
    case "flask":
      return fromRule(route, parameter, span, frame, fallback);
    default:
      return fallback();
  }
}

/** Flask and Django: `<int:id>` is a number, `<name>` is text of the visitor's. */
function fromRule(
  route: Route,
  parameter: Parameter,
  span: Span,
  frame: Frame,
  fallback: () => Value,
): Value {
  const annotated = parameter.annotation && frame.machine.annotated(frame, parameter.annotation);
  if (annotated && isHarmlessType(frame, annotated)) return annotated;
  if (route.rule === undefined) return fallback();
  const converter = new RegExp(
    `<(?:([a-zA-Z_]\\w*)(?:\\([^)]*\\))?:)?\\s*${parameter.name}\\s*>`,
    "u",
  ).exec(route.rule ?? "")?.[1];
  if (converter && ["int", "float", "uuid", "slug"].includes(converter))
    return makeValue({ types: [converter === "slug" ? "str" : converter] });
  return fromVisitor("http-path", span, ["str"]);
}

/** FastAPI: the annotation and the default say where a parameter comes from. */
function fromSignature(frame: Frame, route: Route, parameter: Parameter, span: Span): Value {
  const dependency = dependencyOf(frame, parameter);
  if (dependency) {
    const annotated =
      parameter.annotation && frame.machine.annotated(frame, unwrapAnnotated(parameter.annotation));
    const value = callDependency(frame, dependency, route, span);
    const isUntyped = value.types.length === 0 && value.objects.length === 0;
    return isUntyped && annotated ? { ...value, types: annotated.types } : value;
  }
  const annotation = parameter.annotation && unwrapAnnotated(parameter.annotation);
  const type = annotation && frame.machine.annotated(frame, annotation);
  const isKnown = type?.types.some(
    (name) => frame.machine.models.knows(name) && !textTypes.has(name),
  );
  // A session, a request: a library's own object is no value of the visitor's.
  if (type && isKnown && !isHarmlessType(frame, type)) return type;
  const isBody = type?.types.some((name) => frame.machine.classes.has(name));
  const isInPath = new RegExp(`\\{${parameter.name}(?::\\w+)?\\}`, "u").test(route.rule ?? "");
  const concept = isBody ? "http-body" : isInPath ? "http-path" : "http-parameter";
  return received(frame, type, fromVisitor(concept, span, ["str"]), span);
}

const textTypes = new Set(["str", "bytes", "list", "dict", "set", "tuple"]);

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

function fromVisitor(concept: string, span: Span, types: readonly string[]): Value {
  const symbol = newSymbol();
  const label = { source: { concept, span }, via: [symbol], cleared: 0, steps: undefined, hops: 0 };
  return { ...labelledValue([], { types }), symbol, labels: [label] };
}
