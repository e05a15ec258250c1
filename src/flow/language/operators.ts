// `+`, `%`, `|` and the others, on numbers, texts, lists, dicts, sets and objects of ours.

import type { Span } from "../../python/module.ts";
import { deepLabels, emptyObject, extendItems, joinAll, newObject } from "../data/containers.ts";
import { formatPercent, joinTexts } from "../data/texts.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { factsOfEach, isHarmless } from "../guards/each.ts";
import { noteOnlyPart } from "../guards/path-facts.ts";
import { allBits } from "../models.ts";
import { foldBinary } from "../values/constants.ts";
import {
  type HeapObject,
  joinLabels,
  joinValues,
  labelledValue,
  labelsOf,
  makeValue,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { lookUpMember } from "./attributes.ts";

/** The value of `left operator right`. */
export function applyOperator(
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
  span: Span,
): Value {
  const folded = foldBinary(operator, left, right);
  if (folded) return folded;
  if (isNumber(left) && isNumber(right)) return makeValue({ types: ["int"] });
  const own = callOwnOperator(frame, operator, left, right, span);
  if (own) return own;
  const isContainer = containerOf(frame, left) ?? containerOf(frame, right);
  if (isContainer && operator !== "%") {
    const made = combine(frame, operator, left, right, span);
    if (made) return made;
  }
  const markup = (operator === "%" || operator === "+") && addToMarkup(frame, left, right);
  if (markup) return markup;
  if (operator === "+") {
    if (left.elements && right.elements) {
      const elements = [...left.elements, ...right.elements];
      return makeValue({ elements, labels: labelsOf(...elements) });
    }
    return joinTexts(frame, [left, right]);
  }
  const leftIsText =
    left.constants?.some((constant) => typeof constant === "string") || left.types.includes("str");
  if (operator === "%" && (leftIsText || left.labels.length > 0))
    return formatPercent(frame, left, right, span);
  // A path made with `/` is still a path.
  const types = operator === "/" ? left.types : [];
  const value = labelledValue(labelsOf(left, right), { types });
  if (operator === "/") noteOnlyPart(frame, value, [left, right]);
  return value;
}

/** `Markup("<b>%s</b>") % name`: what is added to markup is escaped. */
function addToMarkup(frame: Frame, left: Value, right: Value): Value | undefined {
  const [markup, added] = isMarkup(left) ? [left, right] : isMarkup(right) ? [right, left] : [];
  if (!markup || !added) return undefined;
  const html = frame.machine.models.bit("html");
  const escaped = deepLabels(frame, added, 2).map((label) => ({
    ...label,
    cleared: label.cleared | (isMarkup(added) ? 0 : html),
  }));
  return labelledValue(joinLabels(markup.labels, escaped), { types: [markupType] });
}

const markupType = "markupsafe.Markup";

function isMarkup(value: Value): boolean {
  return value.types.includes(markupType);
}

/** `target operator= value`: lists, sets and dicts are changed and stay themselves. */
export function augmentValue(
  frame: Frame,
  operator: string,
  target: Value,
  value: Value,
  span: Span,
): Value {
  const held = objectsOf(frame, target);
  const isChanged =
    (operator === "+" || operator === "|") &&
    held.length > 0 &&
    held.every(({ object }) => object.kind !== "instance");
  if (!isChanged) return applyOperator(frame, operator, target, value, span);
  extendItems(frame, target, value, frame.machine.iterate(frame, value, span));
  return target;
}

function isNumber(value: Value): boolean {
  if (value.labels.length > 0) return false;
  if (value.constants) return value.constants.every((constant) => typeof constant === "number");
  return value.types.length > 0 && value.types.every((type) => type === "int" || type === "float");
}

const ownOperators: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "|": "or",
  "&": "and",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
  "@": "matmul",
};

/** `__add__` and its like, where a class of the project has them. */
function callOwnOperator(
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
  span: Span,
): Value | undefined {
  const name = ownOperators[operator];
  if (name === undefined) return undefined;
  for (const [self, other, method] of [
    [left, right, `__${name}__`],
    [right, left, `__r${name}__`],
  ] as const) {
    for (const type of self.types) {
      const definition = frame.machine.classes.get(type);
      if (!definition) continue;
      const found = lookUpMember(frame, definition, method);
      if (!found?.references.some((reference) => reference.kind === "function")) continue;
      const bound = frame.machine.readAttribute(frame, self, method, span);
      const given = {
        positional: [{ value: other, span }],
        keywords: new Map(),
        spread: undefined,
        keywordSpread: undefined,
      };
      return frame.state ? frame.machine.call(frame, bound, given, span, span) : unknownValue;
    }
  }
  return undefined;
}

function containerOf(frame: Frame, value: Value): HeapObject | undefined {
  return objectsOf(frame, value).find(({ object }) => object.kind !== "instance")?.object;
}

/** Operators of lists, sets and dicts; the result is a new one. */
function combine(
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
  span: Span,
): Value | undefined {
  const first = containerOf(frame, left);
  switch (operator) {
    case "+":
    case "|": {
      // What is not known on the left may still be known on the right.
      if (!first) {
        const mine = frame.machine.iterate(frame, left, span);
        const rest = joinValues(mine, frame.machine.iterate(frame, right, span));
        const kind = operator === "|" ? "set" : "list";
        // What is added stands behind what was there.
        return newObject(frame, { ...emptyObject(kind), items: [mine], rest });
      }
      const isOpen = first.kind === "list" && !first.items && first.rest !== undefined;
      const begun = isOpen && first.rest ? { ...first, items: [first.rest] } : first;
      const made = newObject(frame, withoutEach(begun));
      extendItems(frame, made, right, frame.machine.iterate(frame, right, span));
      return made;
    }
    case "*": {
      const side = first ? left : right;
      const rest = frame.machine.iterate(frame, side, span);
      const kind = containerOf(frame, side)?.kind ?? "list";
      return newObject(frame, { ...emptyObject(kind), items: undefined, rest });
    }
    case "-": {
      if (first?.kind !== "set") return undefined;
      const made = newObject(frame, withoutEach(first));
      // Nothing left over: every element of the one is in the other.
      const whenFalse = isHarmless(frame, right) ? factsOfEach(frame, left, allBits) : [];
      return { ...made, implies: { whenTrue: [], whenFalse } };
    }
    case "&": {
      // What is in both is as harmless as the more harmless of them.
      const side = isHarmless(frame, left) ? left : isHarmless(frame, right) ? right : undefined;
      const rest = side
        ? frame.machine.iterate(frame, side, span)
        : joinValues(
            frame.machine.iterate(frame, left, span),
            frame.machine.iterate(frame, right, span),
          );
      return newObject(frame, { ...emptyObject("set"), items: undefined, rest });
    }
    case "^": {
      const rest = joinAll([left, right].map((side) => frame.machine.iterate(frame, side, span)));
      return newObject(frame, { ...emptyObject("set"), items: undefined, rest });
    }
    default:
      return undefined;
  }
}

function withoutEach(object: HeapObject): HeapObject {
  const { each: _, some: __, ...rest } = object;
  return rest;
}
