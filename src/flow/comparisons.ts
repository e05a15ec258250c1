// Comparisons: what they give, and what their outcome teaches about the values compared.

import { foldCompare } from "./constants.ts";
import { keyConstant } from "./containers.ts";
import { type Frame, objectsOf } from "./frame.ts";
import { allBits } from "./models.ts";
import {
  type Constant,
  constantValue,
  type Fact,
  type Implication,
  makeValue,
  sameConstant,
  type Value,
} from "./value.ts";

/** The value of `left operator right`. */
export function compareValues(frame: Frame, operator: string, left: Value, right: Value): Value {
  const members = operator === "in" || operator === "not in" ? membersOf(frame, right) : undefined;
  const folded = members
    ? foldMembership(left, members, operator)
    : foldCompare(operator, left, right);
  const base = folded === undefined ? makeValue({ types: ["bool"] }) : constantValue(folded);
  const implies = implicationOf(frame, operator, left, right, members);
  return implies ? { ...base, implies } : base;
}

function implicationOf(
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
  members: readonly Constant[] | undefined,
): Implication | undefined {
  switch (operator) {
    case "==":
    case "is":
      return { whenTrue: equalityFacts(left, right), whenFalse: [] };
    case "!=":
    case "is not":
      return { whenTrue: [], whenFalse: equalityFacts(left, right) };
    case "in":
      return {
        whenTrue: membershipFacts(frame, left, right, members),
        whenFalse: absenceFacts(frame, left, right),
      };
    case "not in":
      return {
        whenTrue: absenceFacts(frame, left, right),
        whenFalse: membershipFacts(frame, left, right, members),
      };
    default:
      return undefined;
  }
}

/** `x == constant`: x is that constant. `x == y` with a y that nobody outside made: x is no more than y. */
function equalityFacts(left: Value, right: Value): readonly Fact[] {
  const facts: Fact[] = [];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (other.constants && other.constants.length > 0 && !one.constants) {
      facts.push({
        symbol: one.symbol,
        cleared: other.constants[0] === null ? 0 : allBits,
        constants: other.constants,
      });
    }
  }
  return facts;
}

/** `x in names`: x is one of them, if the names are not from outside themselves. */
function membershipFacts(
  frame: Frame,
  left: Value,
  right: Value,
  members: readonly Constant[] | undefined,
): readonly Fact[] {
  if (members)
    return [
      {
        symbol: left.symbol,
        cleared: allBits,
        constants: members.length > 0 ? members : undefined,
      },
    ];
  if (right.labels.length > 0 || left.constants) return [];
  const isText =
    right.types.includes("str") ||
    right.constants?.some((constant) => typeof constant === "string");
  if (isText) return [];
  const held = objectsOf(frame, right);
  const holdsLabels = held.some(({ object }) =>
    [
      ...(object.items ?? []),
      ...(object.kind === "dict" ? [] : object.entries.values()),
      ...(object.rest && object.kind !== "dict" ? [object.rest] : []),
    ].some((value) => value.labels.length > 0),
  );
  return holdsLabels ? [] : [{ symbol: left.symbol, cleared: allBits, constants: undefined }];
}

/** `".." in x` was false: x cannot climb out of a folder. */
function absenceFacts(frame: Frame, left: Value, right: Value): readonly Fact[] {
  const part = left.constants?.length === 1 ? left.constants[0] : undefined;
  if (typeof part !== "string" || right.labels.length === 0) return [];
  const bits = (classesWithout[part] ?? []).reduce(
    (sum, concept) => sum | frame.machine.models.bit(concept),
    0,
  );
  return bits === 0 ? [] : [{ symbol: right.symbol, cleared: bits, constants: undefined }];
}

// Without this text a value is harmless for these classes of sinks.
const classesWithout: Readonly<Record<string, readonly string[]>> = {
  "..": ["path"],
  "../": ["path"],
  "/": ["path"],
  "'": ["sql"],
  "\n": ["log", "header"],
  "\r\n": ["log", "header"],
};

function membersOf(frame: Frame, container: Value): readonly Constant[] | undefined {
  const values = container.elements ?? keysOf(frame, container);
  if (!values) return undefined;
  const members: Constant[] = [];
  for (const value of values) {
    if (!value.constants) return undefined;
    members.push(...value.constants);
  }
  return members;
}

function keysOf(frame: Frame, container: Value): readonly Value[] | undefined {
  const held = objectsOf(frame, container);
  const [only] = held;
  if (held.length !== 1 || !only?.object.isClosed) return undefined;
  const { object } = only;
  if (object.rest) return undefined;
  if (object.kind === "dict")
    return [...object.entries.keys()].map((key) => constantValue(keyConstant(key)));
  return object.kind === "instance" ? undefined : object.items;
}

function foldMembership(
  left: Value,
  members: readonly Constant[],
  operator: string,
): boolean | undefined {
  if (!left.constants || left.constants.length === 0)
    return members.length === 0 ? operator === "not in" : undefined;
  const found = left.constants.map((constant) =>
    members.some((member) => sameConstant(constant, member)),
  );
  if (found.every((isIn) => isIn)) return operator === "in";
  if (found.every((isIn) => !isIn)) return operator === "not in";
  return undefined;
}
