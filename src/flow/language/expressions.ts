// What an expression is worth in a state: one case a kind of expression.

import type { Span } from "../../python/module.ts";
import type { Argument, CallExpression, Expression } from "../../python/syntax.ts";
import { noArguments } from "../calls/arguments.ts";
import { noteImplicit } from "../calls/effects.ts";
import { keyName, keysOf, maybeReplaced, newObject, readItem } from "../data/containers.ts";
import { evaluateFormatted } from "../data/texts.ts";
import { sensitiveValue } from "../entry-points/sensitive.ts";
import {
  type ArgumentValue,
  type CallArguments,
  type Frame,
  liveState,
  objectsOf,
  spanOf,
} from "../frame.ts";
import { compareValues } from "../guards/comparisons.ts";
import { assume, assumeIn, impliedBy, impliedByBoth, negate } from "../guards/conditions.ts";
import { chosenFunction, namespace } from "../known/calls.ts";
import { allBits } from "../models.ts";
import { foldUnary } from "../values/constants.ts";
import { bake, forkState, joinStates, knownValue } from "../values/state.ts";
import {
  constantValue,
  joinValues,
  labelledValue,
  labelsOf,
  makeValue,
  soleString,
  truthOf,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { evaluateComprehension } from "./comprehensions.ts";
import { defineLambda } from "./definitions.ts";
import { lookUpName } from "./names.ts";
import { applyOperator } from "./operators.ts";
import { evaluateSlice } from "./slices.ts";

/** Evaluates an expression in the frame's state, which it may change (walrus, calls). */
export function evaluate(frame: Frame, expression: Expression): Value {
  frame.machine.spend(1);
  // A part before this one never returns: nothing after it is evaluated.
  if (!frame.state) return unknownValue;
  const value = evaluateKind(frame, expression);
  frame.machine.observer?.evaluated(frame, expression, value);
  return value;
}

function evaluateKind(frame: Frame, expression: Expression): Value {
  switch (expression.kind) {
    case "name":
      return knownValue(lookUpName(frame, expression.id) ?? unknownValue, liveState(frame));
    case "string":
      return constantValue(expression.value);
    case "bytes":
      return constantValue({ bytes: expression.value });
    case "number":
      return constantValue(expression.value);
    case "singleton":
      return expression.value === undefined ? unknownValue : constantValue(expression.value);
    case "formatted":
      return evaluateFormatted(frame, expression);
    case "binary": {
      const left = evaluate(frame, expression.left);
      const right = evaluate(frame, expression.right);
      if (!frame.state) return unknownValue;
      return applyOperator(frame, expression.operator, left, right, spanOf(frame, expression));
    }
    case "unary": {
      const operand = evaluate(frame, expression.operand);
      if (expression.operator === "not") return negate(frame, operand);
      return foldUnary(expression.operator, operand) ?? makeValue({ types: operand.types });
    }
    case "logical":
      return evaluateLogical(frame, expression.operator, expression.left, expression.right);
    case "compare":
      return evaluateCompare(frame, expression);
    case "call":
      return evaluateCall(frame, expression);
    case "attribute": {
      const object = evaluate(frame, expression.object);
      const value = frame.machine.readAttribute(
        frame,
        object,
        expression.name,
        spanOf(frame, expression),
      );
      if (!frame.state) return value;
      // `User.password` is a column, `user.password` what stands in it.
      const isOfClass = object.references.some(({ kind }) => kind === "class");
      const part = knownValue(value, frame.state);
      return isOfClass ? part : sensitiveValue(part, expression.name, spanOf(frame, expression));
    }
    case "subscript": {
      const object = evaluate(frame, expression.object);
      if (expression.index.kind === "slice") return evaluateSlice(frame, object, expression.index);
      const index = evaluate(frame, expression.index);
      if (!frame.state) return unknownValue;
      noteImplicit(frame, object, "__getitem__", spanOf(frame, expression));
      const span = spanOf(frame, expression);
      const read = itemByMethod(frame, object, index, span) ?? readItem(frame, object, index, span);
      if (!frame.state) return read;
      const item = knownValue(read, frame.state);
      const key = soleString(index);
      return key === undefined ? item : sensitiveValue(item, key, span);
    }
    case "slice":
      return unknownValue;
    case "tuple": {
      // With others spread into it, it is as open as a list.
      if (expression.elements.some((element) => element.kind === "starred"))
        return evaluateSequence(frame, "list", expression.elements);
      const elements = expression.elements.map((element) => evaluate(frame, element));
      return makeValue({ elements, labels: labelsOf(...elements) });
    }
    case "list":
    case "set":
      return evaluateSequence(frame, expression.kind, expression.elements);
    case "dict":
      return evaluateDict(frame, expression.entries);
    case "lambda":
      return defineLambda(frame, expression);
    case "conditional":
      return evaluateConditional(frame, expression.test, expression.whenTrue, expression.whenFalse);
    case "comprehension":
      return evaluateComprehension(frame, expression);
    case "await":
      return expression.value.kind === "call"
        ? evaluateCall(frame, expression.value, true)
        : evaluate(frame, expression.value);
    case "yield": {
      const value = expression.value ? evaluate(frame, expression.value) : constantValue(null);
      const element = expression.isFrom
        ? frame.machine.iterate(frame, value, spanOf(frame, expression))
        : value;
      frame.yielded = frame.yielded ? joinValues(frame.yielded, element) : element;
      return unknownValue;
    }
    case "starred":
      return evaluate(frame, expression.value);
    case "walrus": {
      const value = evaluate(frame, expression.value);
      frame.machine.assign(frame, expression.target, value);
      return value;
    }
    case "unknown":
      return unknownValue;
  }
}

/** `object[index]` where a class of the project says what that is. */
function itemByMethod(frame: Frame, object: Value, index: Value, span: Span): Value | undefined {
  if (object.types.includes(namespace)) return chosenFunction(index);
  const { classes } = frame.machine;
  if (!object.types.some((type) => classes.has(type))) return undefined;
  const method = frame.machine.readAttribute(frame, object, "__getitem__", span);
  if (!method.references.some(({ kind }) => kind === "function")) return undefined;
  const positional = [{ value: index, span }];
  return frame.machine.call(frame, method, { ...noArguments, positional }, span, span);
}

/** Evaluates the arguments of a call. */
export function evaluateArguments(frame: Frame, given: readonly Argument[]): CallArguments {
  const positional: ArgumentValue[] = [];
  const keywords = new Map<string, ArgumentValue>();
  let spread: Value | undefined;
  let keywordSpread: Value | undefined;
  let keywordNames: ArgumentValue | undefined;
  for (const argument of given) {
    const value = evaluate(frame, argument.value);
    const span = spanOf(frame, argument.value);
    if (argument.spread === "*") {
      if (value.elements && !spread)
        positional.push(...value.elements.map((element) => ({ value: element, span })));
      else {
        const listed = objectsOf(frame, value);
        const items = listed.length === 1 && !spread ? listed[0]?.object.items : undefined;
        if (items && !listed[0]?.object.rest)
          positional.push(...items.map((element) => ({ value: element, span })));
        else spread = joinValues(spread ?? unknownValue, frame.machine.iterate(frame, value, span));
      }
    } else if (argument.spread === "**") {
      const [known] = objectsOf(frame, value);
      for (const [key, entry] of known?.object.entries ?? [])
        keywords.set(key, { value: entry, span });
      if (!known?.object.isClosed || known.object.rest) {
        const rest = labelledValue(labelsOf(value, known?.object.rest));
        keywordSpread = keywordSpread ? joinValues(keywordSpread, rest) : rest;
        const names = keysOf(frame, value);
        if (names) keywordNames ??= { value: names, span };
      }
    } else if (argument.name !== undefined) keywords.set(argument.name, { value, span });
    else positional.push({ value, span });
  }
  return {
    positional,
    keywords,
    spread,
    keywordSpread,
    ...(keywordNames ? { keywordNames } : {}),
  };
}

function evaluateCall(frame: Frame, expression: CallExpression, isAwaited = false): Value {
  const callee = evaluate(frame, expression.callee);
  const given = evaluateArguments(frame, expression.arguments);
  const before = frame.state;
  if (!before) return unknownValue;
  const value = frame.machine.call(
    frame,
    callee,
    given,
    spanOf(frame, expression),
    spanOf(frame, expression.callee),
  );
  // A coroutine that nobody awaits here may run for ever; the call that makes it comes back.
  if (!isAwaited && isCoroutine(callee)) frame.state ??= before;
  return value;
}

function isCoroutine({ references }: Value): boolean {
  return (
    references.length > 0 &&
    references.every((reference) => reference.kind === "function" && reference.definition.isAsync)
  );
}

function evaluateLogical(
  frame: Frame,
  operator: "and" | "or",
  leftExpression: Expression,
  rightExpression: Expression,
): Value {
  const left = evaluate(frame, leftExpression);
  if (!frame.state) return unknownValue;
  const truth = truthOf(left);
  if (truth !== undefined) frame.machine.decisions += 1;
  // The right side runs only when the left side had this outcome.
  const outcome = operator === "and";
  if (truth === !outcome) return left;
  const short = forkState(frame.state);
  assume(frame, left, outcome);
  if (!frame.state) {
    frame.state = short;
    return left;
  }
  const right = evaluate(frame, rightExpression);
  if (!frame.state) {
    // The right side never returns: `ok or abort(400)`.
    frame.state = short;
    assume(frame, left, !outcome);
    return left;
  }
  // A left side that is known adds nothing to what the right side teaches.
  if (truth === outcome) return right;
  const implies = impliedByBoth(operator, impliedBy(frame, left), impliedBy(frame, right));
  const value = joinValues(keptSide(left, !outcome), right);
  // Of `x or default` a true one is x or the default, and a false x is empty.
  if (operator === "or" && left.labels.length > 0)
    frame.machine.identities.noteSame(value.symbol, left.symbol, allBits);
  assumeIn(frame, short, left, !outcome);
  frame.state = joinStates(short, frame.state);
  return { ...value, implies };
}

/** `x or default`: of the left side only what is true comes through, of `x and y` only what is false. */
function keptSide(value: Value, outcome: boolean): Value {
  if (!outcome && value.labels.length > 0) return { ...value, labels: [] };
  const constants = value.constants?.filter(
    (constant) => truthOf(constantValue(constant)) === outcome,
  );
  return constants && constants.length > 0 ? { ...value, constants } : value;
}

function evaluateCompare(
  frame: Frame,
  expression: Extract<Expression, { kind: "compare" }>,
): Value {
  let left = evaluate(frame, expression.left);
  let result: Value | undefined;
  for (const [index, operator] of expression.operators.entries()) {
    const comparator = expression.comparators[index];
    if (!comparator) break;
    const right = evaluate(frame, comparator);
    if (!frame.state) return unknownValue;
    const compared = compareValues(frame, operator, left, right);
    if (result) {
      const implies = impliedByBoth("and", result.implies, compared.implies);
      result = { ...makeValue({ types: ["bool"] }), implies };
    } else result = compared;
    left = right;
  }
  return result ?? unknownValue;
}

function evaluateConditional(
  frame: Frame,
  test: Expression,
  whenTrue: Expression,
  whenFalse: Expression,
): Value {
  const condition = evaluate(frame, test);
  if (!frame.state) return unknownValue;
  const other = forkState(frame.state);
  assume(frame, condition, true);
  const left = frame.state ? evaluate(frame, whenTrue) : undefined;
  const afterTrue = frame.state;
  frame.state = other;
  assume(frame, condition, false);
  const right = frame.state ? evaluate(frame, whenFalse) : undefined;
  const afterFalse = frame.state as typeof afterTrue;
  const bakedLeft = left && afterTrue && bake(left, afterTrue);
  const bakedRight = right && afterFalse && bake(right, afterFalse);
  frame.state = joinStates(afterTrue, afterFalse);
  if (bakedLeft && bakedRight) return joinValues(bakedLeft, bakedRight);
  return bakedLeft ?? bakedRight ?? unknownValue;
}

function evaluateSequence(
  frame: Frame,
  kind: "list" | "set",
  elements: readonly Expression[],
): Value {
  // What stands before the first `*more` keeps its place.
  const first: Value[] = [];
  let isSpread = false;
  let spreadFirst: Value | undefined;
  let rest: Value | undefined;
  for (const element of elements) {
    const value = evaluate(frame, element);
    const isStar = element.kind === "starred";
    const [held] = isStar ? objectsOf(frame, value) : [];
    const known = value.elements ?? (held?.object.rest ? undefined : held?.object.items);
    if (isStar && known && !isSpread) {
      first.push(...known);
      continue;
    }
    const item = isStar ? frame.machine.iterate(frame, value, spanOf(frame, element)) : value;
    if (isStar) spreadFirst ??= item;
    isSpread ||= isStar;
    if (!isSpread) first.push(item);
    else rest = rest ? joinValues(rest, item) : item;
  }
  if (!frame.state) return unknownValue;
  // `[*options, name]` begins with one of the options.
  const items = isSpread && first.length === 0 ? spreadFirst && [spreadFirst] : first;
  return newObject(frame, { kind, items, entries: new Map(), rest, isClosed: true });
}

function evaluateDict(
  frame: Frame,
  pairs: readonly { readonly key: Expression | undefined; readonly value: Expression }[],
): Value {
  let entries = new Map<string, Value>();
  let rest: Value | undefined;
  let names: Value | undefined;
  let isClosed = true;
  for (const pair of pairs) {
    const key = pair.key && evaluate(frame, pair.key);
    const value = evaluate(frame, pair.value);
    if (!frame.state) return unknownValue;
    const keys = key?.constants;
    if (keys?.length === 1 && keys[0] !== undefined) entries.set(keyName(keys[0]), value);
    else if (!pair.key) {
      const [spread] = objectsOf(frame, value);
      const others = labelledValue(labelsOf(value));
      const inner = spread?.object.rest
        ? joinValues(spread.object.rest, others)
        : !spread || others.labels.length > 0
          ? others
          : undefined;
      if (inner) rest = rest ? joinValues(rest, inner) : inner;
      // What is spread replaces what was written before it, and not what is written after it.
      entries = new Map([
        ...maybeReplaced({ kind: "dict", entries }, inner),
        ...(spread?.object.entries ?? []),
      ]);
      isClosed &&= spread?.object.isClosed ?? false;
      const more = spread ? spread.object.keys : keysOf(frame, value);
      if (more) names = names ? joinValues(names, more) : more;
    } else {
      rest = rest ? joinValues(rest, value) : value;
      entries = new Map(maybeReplaced({ kind: "dict", entries }, value));
      if (key) names = names ? joinValues(names, key) : key;
    }
  }
  return newObject(frame, {
    ...{ kind: "dict", items: undefined, entries, rest, isClosed },
    ...(names ? { keys: names } : {}),
  });
}
