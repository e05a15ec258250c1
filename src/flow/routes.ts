// Functions that answer requests: what their parameters get from the visitor.

import type { Span } from "../python/module.ts";
import type { Expression, Parameter } from "../python/syntax.ts";
import { inheritsFrom } from "./attributes.ts";
import { newObject } from "./containers.ts";
import { type Frame, liveState, type Route } from "./frame.ts";
import { defaultOf } from "./functions.ts";
import {
  type FunctionDefinition,
  labelledValue,
  makeValue,
  newSymbol,
  type Value,
} from "./value.ts";

/** Gives the parameters of a route's function what a request puts in them. */
export function bindRequest(
  frame: Frame,
  definition: FunctionDefinition,
  route: Route,
  self: Value | undefined,
): void {
  for (const [index, parameter] of definition.parameters.entries()) {
    const isSelf = index === 0 && self !== undefined;
    const value = isSelf
      ? self
      : requestValue(frame, definition, route, parameter, self ? index - 1 : index);
    liveState(frame).variables.set(parameter.name, value);
  }
}

/** Classes of libraries whose methods of these names answer requests. */
const viewClasses: readonly { readonly base: string; readonly style: string }[] = [
  // Before Django's, from which it comes.
  { base: "rest_framework.views.APIView", style: "rest-framework" },
  { base: "django.views.View", style: "django" },
  { base: "flask.views.View", style: "flask" },
];
const httpMethods = new Set([
  "get",
  "post",
  "put",
  "patch",
  "delete",
  "head",
  "options",
  "dispatch",
  "dispatch_request",
]);

/** How a method of a view class is reached; `undefined` for any other method. */
export function routeOfMethod(frame: Frame, definition: FunctionDefinition): Route | undefined {
  const { owner } = definition;
  if (!owner || !httpMethods.has(definition.name)) return undefined;
  const view = viewClasses.find(({ base }) => inheritsFrom(frame, owner, base));
  return view && { style: view.style, rule: undefined };
}

function requestValue(
  frame: Frame,
  definition: FunctionDefinition,
  route: Route,
  parameter: Parameter,
  index: number,
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
      return fromRule(route, parameter, span, frame);
    case "rest-framework":
      if (index === 0) return makeValue({ types: ["rest_framework.request.Request"] });
      return fromRule(route, parameter, span, frame);
    case "aiohttp":
      return makeValue({ types: ["aiohttp.web.Request"] });
    case "starlette":
      return makeValue({ types: ["starlette.requests.Request"] });
    case "flask":
      return fromRule(route, parameter, span, frame);
    default:
      return defaultOf(frame, parameter);
  }
}

/** Flask and Django: `<int:id>` is a number, `<name>` is text of the visitor's. */
function fromRule(route: Route, parameter: Parameter, span: Span, frame: Frame): Value {
  const annotated = parameter.annotation && frame.machine.annotated(frame, parameter.annotation);
  if (
    annotated &&
    annotated.types.length > 0 &&
    annotated.types.every((type) => harmlessTypes.has(type))
  )
    return annotated;
  if (route.rule === undefined) return defaultOf(frame, parameter);
  const converter = new RegExp(
    `<(?:([a-zA-Z_]\\w*)(?:\\([^)]*\\))?:)?\\s*${parameter.name}\\s*>`,
    "u",
  ).exec(route.rule ?? "")?.[1];
  if (converter && ["int", "float", "uuid"].includes(converter))
    return makeValue({ types: [converter] });
  return fromVisitor("http-path", span, ["str"]);
}

/** FastAPI: the annotation and the default say where a parameter comes from. */
function fromSignature(frame: Frame, route: Route, parameter: Parameter, span: Span): Value {
  const dependency = dependencyOf(frame, parameter);
  if (dependency) {
    const annotated =
      parameter.annotation && frame.machine.annotated(frame, unwrapAnnotated(parameter.annotation));
    const value = callDependency(frame, dependency, span);
    const isUntyped = value.types.length === 0 && value.objects.length === 0;
    return isUntyped && annotated ? { ...value, types: annotated.types } : value;
  }
  const annotation = parameter.annotation && unwrapAnnotated(parameter.annotation);
  const type = annotation && frame.machine.annotated(frame, annotation);
  if (type && type.types.length > 0) {
    if (type.types.every((name) => harmlessTypes.has(name))) return type;
    for (const name of type.types) {
      const model = frame.machine.classes.get(name);
      if (model) return isEnum(frame, model) ? type : bodyOf(frame, name, span);
      if (frame.machine.models.knows(name) && !textTypes.has(name)) return type;
    }
  }
  const isInPath = new RegExp(`\\{${parameter.name}(?::\\w+)?\\}`, "u").test(route.rule ?? "");
  return fromVisitor(isInPath ? "http-path" : "http-parameter", span, type?.types ?? ["str"]);
}

const harmlessTypes = new Set([
  "int",
  "float",
  "bool",
  "uuid",
  "uuid.UUID",
  "UUID",
  "datetime.datetime",
  "datetime.date",
  "decimal.Decimal",
]);
const textTypes = new Set(["str", "bytes", "list", "dict", "set", "tuple"]);

/** `Depends(get_db)` as default, or within `Annotated[Session, Depends(get_db)]`, an alias of it too. */
function dependencyOf(frame: Frame, parameter: Parameter): Value | undefined {
  const fromDefault = parameter.default && dependencyIn(frame, parameter.default);
  if (fromDefault) return fromDefault;
  const annotation = parameter.annotation && annotatedParts(frame, parameter.annotation);
  for (const part of annotation?.metadata ?? []) {
    const found = dependencyIn(annotation?.frame ?? frame, part);
    if (found) return found;
  }
  return undefined;
}

function dependencyIn(frame: Frame, expression: Expression): Value | undefined {
  if (expression.kind !== "call" || !frame.state) return undefined;
  const callee = frame.machine.evaluate(frame, expression.callee);
  const isDepends = callee.references.some(
    (reference) =>
      reference.kind === "api" &&
      /^fastapi\.(?:Depends|Security|params\.Depends|params\.Security)$/u.test(
        frame.machine.models.canonical(reference.path),
      ),
  );
  const first = expression.arguments.find(
    (argument) => argument.name === undefined || argument.name === "dependency",
  );
  return isDepends && first ? frame.machine.evaluate(frame, first.value) : undefined;
}

/** What a dependency gives: its result, or what it yields. It runs by itself, so its effects are its own. */
function callDependency(frame: Frame, dependency: Value, span: Span): Value {
  const none = { positional: [], keywords: new Map(), spread: undefined, keywordSpread: undefined };
  const effects = frame.effects.length;
  let value = frame.machine.call(frame, dependency, none, span, span);
  frame.effects.length = effects;
  const isGenerator = dependency.references.some(
    (reference) => reference.kind === "function" && reference.definition.isGenerator,
  );
  if (isGenerator) value = frame.machine.iterate(frame, value, span);
  return value;
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

/** A Pydantic model as the body: text fields are the visitor's, numbers are harmless. */
function bodyOf(frame: Frame, type: string, span: Span): Value {
  const definition = frame.machine.classes.get(type);
  const entries = new Map<string, Value>();
  const value = fromVisitor("http-body", span, [type]);
  for (const statement of definition?.statement.body ?? []) {
    if (statement.kind !== "annotated" || statement.target.kind !== "name") continue;
    const inner: Frame = {
      ...frame,
      module: definition?.module ?? frame.module,
      definition: undefined,
      closure: undefined,
    };
    const fieldType = frame.machine.annotated(inner, statement.annotation);
    const isHarmless =
      fieldType &&
      fieldType.types.length > 0 &&
      fieldType.types.every((name) => harmlessTypes.has(name));
    const isKnownEnum = fieldType?.types.some((name) => {
      const model = frame.machine.classes.get(name);
      return model !== undefined && isEnum(frame, model);
    });
    if (fieldType && (isHarmless || isKnownEnum)) entries.set(statement.target.id, fieldType);
  }
  const object = newObject(
    frame,
    { kind: "instance", items: undefined, entries, rest: undefined, isClosed: false },
    [type],
  );
  return { ...value, objects: object.objects };
}

function isEnum(
  frame: Frame,
  definition: NonNullable<ReturnType<Frame["machine"]["classes"]["get"]>>,
): boolean {
  return ["enum.Enum", "enum.StrEnum", "enum.IntEnum"].some((path) =>
    inheritsFrom(frame, definition, path),
  );
}

function fromVisitor(concept: string, span: Span, types: readonly string[]): Value {
  const symbol = newSymbol();
  const label = { source: { concept, span }, via: [symbol], cleared: 0, steps: undefined, hops: 0 };
  return { ...labelledValue([], { types }), symbol, labels: [label] };
}
