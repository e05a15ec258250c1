// Functions that answer requests: what their parameters get from the visitor.

import type { Span } from "../../python/module.ts";
import type { Parameter } from "../../python/syntax.ts";
import { noArguments } from "../calls/arguments.ts";
import { defaultOf } from "../calls/functions.ts";
import { emptyObject, joinAll, newObject } from "../data/containers.ts";
import { isHarmlessType } from "../data/records.ts";
import type { CallArguments, Frame, FunctionReference, Route } from "../frame.ts";
import { ofType } from "../language/imports.ts";
import { type FunctionDefinition, fromVisitor, makeValue, type Value } from "../values/value.ts";
import { formOfView } from "./forms.ts";
import { fromOptions } from "./option-parameters.ts";
import { publicParameter } from "./public-parameters.ts";
import { isCheckedArgument } from "./resolver-arguments.ts";
import { partsOfRule, type RulePart } from "./route-rules.ts";
import { requestTypeByName, routeByShape } from "./route-shapes.ts";
import { type Handed, type RouteStyle, styleOf } from "./route-styles.ts";
import { sensitiveValue } from "./sensitive.ts";
import { fromSignature } from "./signature-parameters.ts";
import { viewRoute } from "./view-methods.ts";

export interface ParameterValue {
  readonly parameter: Parameter;
  readonly value: Value;
}

/** How a function is reached where no call registers it: as a method of a view, or by its shape. */
export function routeOfFunction(frame: Frame, definition: FunctionDefinition): Route | undefined {
  const { owner } = definition;
  const view = owner && viewRoute(frame, owner, definition.name);
  return view ?? routeByShape(definition);
}

/** What the parameters of a function are worth when it runs by itself: what a request puts in them, if it is a route. */
export function parameterValues(
  frame: Frame,
  { definition, defaults }: FunctionReference,
  route: Route | undefined,
  self: Value | undefined,
): readonly ParameterValue[] {
  const parameters = definition.parameters.slice(self ? 1 : 0);
  const style = route && styleOf(route.style);
  const handed = style ? handedTo(style, parameters) : new Map<Parameter, Handed>();
  return definition.parameters.map((parameter, index) => {
    if (index === 0 && self)
      return { parameter, value: style?.makesSelf ? madeSelf(frame, definition, style) : self };
    const form = self && formOfView(frame, definition, index);
    if (form) return { parameter, value: form };
    const isFirst = parameter === parameters[0] && parameter.annotation === undefined;
    const known =
      requestTypeByName(definition, parameter) ??
      (isFirst ? frame.machine.recorder.handedTo(definition) : undefined);
    const fallback = (): Value =>
      known
        ? ofType(frame, known)
        : sensitiveValue(
            defaultOf(frame, parameter, defaults),
            parameter.name,
            spanOfParameter(definition, parameter),
          );
    const span = spanOfParameter(definition, parameter);
    if (!route || !style) {
      const value = publicParameter(fallback(), definition, parameter, span);
      return { parameter, value };
    }
    const given = handed.get(parameter);
    if (given) return { parameter, value: handedValue(frame, given, route, style, span) };
    const position = parameters.indexOf(parameter);
    const isMarked = route.signature?.parameters?.[position]?.isMarked === true;
    if (isMarked) return { parameter, value: fromVisitor("http-body", span, ["str"]) };
    const behind = parameters.findIndex(({ name }) => name === style.behind);
    const asked = { definition, route, style, parameter, position: position - handed.size, span };
    const value = position <= behind ? undefined : otherValue(frame, asked);
    return { parameter, value: value ?? fallback() };
  });
}

/** The same as arguments of a call, as a framework makes it: the request by position, the rest by name. */
export function requestArguments(
  values: readonly ParameterValue[],
  route: Route,
  self: Value | undefined,
  span: Span,
): CallArguments {
  const style = styleOf(route.style);
  const plain = values.filter(({ parameter }) => parameter.spread === "");
  const own = plain.slice(self ? 1 : 0).map(({ parameter }) => parameter);
  const first = (self ? 1 : 0) + (style ? handedTo(style, own).size : 0);
  return {
    positional: plain.slice(0, first).map(({ value }) => ({ value, span })),
    keywords: new Map(
      plain.slice(first).map(({ parameter, value }) => [parameter.name, { value, span }]),
    ),
    spread: undefined,
    keywordSpread: undefined,
  };
}

/** Which parameters, behind `self`, get what is handed over by position. */
function handedTo(style: RouteStyle, parameters: readonly Parameter[]): Map<Parameter, Handed> {
  const plain = parameters.filter(({ spread }) => spread === "");
  const from = style.isHandedLast ? Math.max(0, plain.length - style.handed.length) : 0;
  const handed = new Map<Parameter, Handed>();
  for (const [index, parameter] of plain.slice(from).entries()) {
    const each = style.handed[index];
    if (each) handed.set(parameter, each);
  }
  return handed;
}

function handedValue(
  frame: Frame,
  handed: Handed,
  route: Route,
  style: RouteStyle,
  span: Span,
): Value {
  if ("keys" in handed) {
    const entries = new Map(
      Object.entries(handed.keys).map(([key, concept]) => [key, fromVisitor(concept, span, [])]),
    );
    const { others } = handed;
    for (const key of others?.harmless ?? []) entries.set(key, makeValue({}));
    const dict = newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
    return others
      ? { ...fromVisitor(others.concept, span, ["dict"]), objects: dict.objects }
      : dict;
  }
  if ("origin" in handed) return fromVisitor(handed.origin, span, []);
  const parts = route.rules.flatMap((rule) => partsOfRule(rule, style.notation));
  const { type, pathParameters } = handed;
  if (pathParameters === undefined || parts.every(({ kind }) => kind === "text"))
    return makeValue({ types: [type] });
  const entries = new Map([[pathParameters, pathValues(frame, parts, span)]]);
  return newObject(frame, { ...emptyObject("instance"), entries, isClosed: false }, [type]);
}

/** The object of a view's class, made with what is handed over. */
function madeSelf(frame: Frame, { owner, span }: FunctionDefinition, style: RouteStyle): Value {
  const references = owner ? [{ kind: "class", definition: owner } as const] : [];
  const positional = style.handed.map((each) => ({
    value: makeValue({ types: "type" in each ? [each.type] : [] }),
    span,
  }));
  const made = makeValue({ references });
  return frame.machine.call(frame, made, { ...noArguments, positional }, span, span);
}

/** A parameter that is not handed over by position. */
interface Asked {
  readonly definition: FunctionDefinition;
  readonly route: Route;
  readonly style: RouteStyle;
  readonly parameter: Parameter;
  /** Behind those that are handed over. */
  readonly position: number;
  readonly span: Span;
}

/** `undefined` where nothing is known of it. */
function otherValue(frame: Frame, asked: Asked): Value | undefined {
  const { definition, route, style, parameter, span } = asked;
  switch (style.others) {
    case "unknown":
      return undefined;
    case "signature":
      return fromSignature(frame, route, parameter, span);
    case "decorators":
      return fromOptions(frame, definition, parameter, span);
    case "arguments":
      return isCheckedArgument(definition, parameter)
        ? makeValue({})
        : fromAnyone(frame, parameter, span);
    case "visitor":
      return harmlessByType(frame, parameter) ?? fromAnyone(frame, parameter, span);
    case "rule":
      return harmlessByType(frame, parameter) ?? fromRule(frame, asked);
  }
}

function harmlessByType(frame: Frame, { annotation }: Parameter): Value | undefined {
  const annotated = annotation && frame.machine.annotated(frame, annotation);
  return annotated && isHarmlessType(frame, annotated) ? annotated : undefined;
}

function fromAnyone(frame: Frame, parameter: Parameter, span: Span): Value {
  return spread(frame, parameter, fromVisitor("http-parameter", span, ["str"]));
}

function fromRule(
  frame: Frame,
  { definition, route, style, parameter, position, span }: Asked,
): Value | undefined {
  if (route.rules.length === 0) {
    // https://www.django-rest-framework.org/api-guide/routers/
    const isChecked = ["lookup_value_regex", "lookup_value_converter"].some((name) =>
      definition.owner?.attributes.has(name),
    );
    if (isChecked) return undefined;
    const text = fromVisitor("http-path", span, ["str"]);
    return style.isFromPathAlone ? spread(frame, parameter, text) : undefined;
  }
  const parts = route.rules.flatMap((rule) => partsOfRule(rule, style.notation));
  if (parameter.spread === "**") return pathValues(frame, parts, span);
  if (parameter.spread === "*") {
    const rest = joinAll(parts.filter(isByPosition).map((part) => pathValue(part, span)));
    return rest && newObject(frame, { ...emptyObject("list"), items: undefined, rest });
  }
  const named = parts.filter(({ name }) => name === parameter.name);
  const byPosition = route.rules.flatMap(
    (rule) => partsOfRule(rule, style.notation).filter(isByPosition)[position] ?? [],
  );
  return joinAll([...named, ...byPosition].map((part) => pathValue(part, span)));
}

function isByPosition({ name }: RulePart): boolean {
  return name === undefined;
}

/** `*args` and `**kwargs` hold values like this one. */
function spread(frame: Frame, parameter: Parameter, value: Value): Value {
  if (parameter.spread === "") return value;
  return newObject(frame, {
    ...emptyObject(parameter.spread === "*" ? "list" : "dict"),
    items: undefined,
    rest: value,
    isClosed: false,
  });
}

/** What a route's text puts into a dict of its parameters. */
function pathValues(frame: Frame, parts: readonly RulePart[], span: Span): Value {
  const entries = new Map<string, Value>();
  for (const part of parts)
    if (part.name !== undefined) entries.set(part.name, pathValue(part, span));
  return newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
}

function pathValue({ kind, type }: RulePart, span: Span): Value {
  if (kind === "text") return fromVisitor("http-path", span, [type]);
  return makeValue({ types: kind === "harmless" ? [type] : [] });
}

function spanOfParameter({ module }: FunctionDefinition, { start, name }: Parameter): Span {
  return { module, start, end: start + name.length };
}
