// Comparisons: what they give, and what their outcome teaches about the values compared.

import { keyConstant } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { factsOfSigned } from "../known/signatures.ts";
import { allBits } from "../models.ts";
import { foldCompare } from "../values/constants.ts";
import {
  type Constant,
  constantValue,
  type Fact,
  type Implication,
  isTruthy,
  makeValue,
  sameConstant,
  type Value,
} from "../values/value.ts";
import { factsOfEach, isHarmless, subsetFacts } from "./each.ts";

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
      return equality(frame, left, right);
    case "!=":
    case "is not": {
      const { whenTrue, whenFalse } = equality(frame, left, right);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
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
    case "<":
    case "<=":
    case ">":
    case ">=":
      return (
        amount(operator, left, right) ??
        amount(mirrored[operator], right, left) ??
        subset(frame, operator, left, right)
      );
    default:
      return undefined;
  }
}

const mirrored = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** `names.count(x) > 0`, `len(errors) < 1`: whether there is any. */
function amount(
  operator: keyof typeof mirrored,
  left: Value,
  right: Value,
): Implication | undefined {
  const bound = right.constants?.length === 1 ? right.constants[0] : undefined;
  if (!left.implies || !isCount(left)) return undefined;
  const { whenTrue, whenFalse } = left.implies;
  if ((operator === ">" && bound === 0) || (operator === ">=" && bound === 1)) return left.implies;
  const isNone = (operator === "<" && bound === 1) || (operator === "<=" && bound === 0);
  return isNone ? { whenTrue: whenFalse, whenFalse: whenTrue } : undefined;
}

function isCount({ types, constants }: Value): boolean {
  return !constants && types.length === 1 && types[0] === "int";
}

function subset(
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
): Implication | undefined {
  switch (operator) {
    case "<":
    case "<=":
      return { whenTrue: isSet(left) ? subsetFacts(frame, left, right) : [], whenFalse: [] };
    case ">":
    case ">=":
      return { whenTrue: isSet(right) ? subsetFacts(frame, right, left) : [], whenFalse: [] };
    default:
      return undefined;
  }
}

function isSet(value: Value): boolean {
  return value.types.includes("set");
}

/** What follows when two values are the same, and when they are not. */
function equality(frame: Frame, left: Value, right: Value): Implication {
  const whenTrue: Fact[] = [];
  const whenFalse: Fact[] = [];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    whenTrue.push(...equalityFacts(frame, one, other), ...factsOfSigned(frame, one));
    const constant = other.constants?.length === 1 ? other.constants[0] : undefined;
    if (!one.implies || constant === undefined) continue;
    // `if problem_of(x) is None`, `if is_known(x) == True`: what the call's own outcome teaches.
    if (constant === true) {
      whenTrue.push(...one.implies.whenTrue);
      if (isTruth(one)) whenFalse.push(...one.implies.whenFalse);
    } else if (constant === 0 && isCount(one)) {
      whenTrue.push(...one.implies.whenFalse);
      whenFalse.push(...one.implies.whenTrue);
    } else if (constant === null || constant === false) {
      whenTrue.push(...one.implies.whenFalse);
      if (constant === null ? isTrueUnlessNone(one) : isTruth(one))
        whenFalse.push(...one.implies.whenTrue);
    }
  }
  return { whenTrue, whenFalse };
}

/** `x == constant`: x is that constant. `x == y` with a y that nobody outside made: x is no more than y. */
function equalityFacts(frame: Frame, one: Value, other: Value): readonly Fact[] {
  if (one.constants) return [];
  const { constants } = other;
  if (constants && constants.length > 0) {
    const cleared = constants[0] === null ? 0 : allBits;
    return [{ symbol: one.symbol, cleared, constants }, ...sameFacts(frame, one, cleared)];
  }
  const isOurs = one.labels.length > 0 && isHarmless(frame, other);
  return isOurs ? frame.machine.identities.factsAbout(one.symbol, allBits) : [];
}

/** For what is the same as a value, but not letter by letter. */
function sameFacts(frame: Frame, value: Value, cleared: number): readonly Fact[] {
  return cleared === 0 ? [] : frame.machine.identities.factsAbout(value.symbol, cleared).slice(1);
}

function isTruth(value: Value): boolean {
  if (value.constants) return value.constants.every((constant) => typeof constant === "boolean");
  return value.types.length > 0 && value.types.every((type) => type === "bool");
}

function isTrueUnlessNone(value: Value): boolean {
  if (value.constants)
    return value.constants.every((constant) => constant === null || isTruthy(constant));
  return value.types.length > 0 && value.types.every((type) => type === "re.Match");
}

/** `x in names`: x is one of them, if the names are not from outside themselves. */
function membershipFacts(
  frame: Frame,
  left: Value,
  right: Value,
  members: readonly Constant[] | undefined,
): readonly Fact[] {
  if (left.constants) return [];
  if (members) {
    // What the module holds may have grown since.
    const isFixed =
      right.elements !== undefined ||
      objectsOf(frame, right).every(({ id }) => frame.state?.heap.get(id) !== undefined);
    const constants = members.length > 0 && isFixed ? members : undefined;
    return [
      { symbol: left.symbol, cleared: allBits, constants },
      ...sameFacts(frame, left, allBits),
    ];
  }
  // `BASE in path.parents`: the path stands below a folder of ours.
  if (right.types.includes("pathlib.PurePath.parents"))
    return isHarmless(frame, left)
      ? frame.machine.identities.factsAbout(right.symbol, frame.machine.models.bit("path"))
      : [];
  if (!isHarmless(frame, right)) return [];
  const isText = right.types.includes("str");
  // A piece of a text that is written here is as harmless as the text; of another text nobody knows.
  if (isText && !right.constants) return [];
  return frame.machine.identities.factsAbout(left.symbol, allBits);
}

/** `".." in x` was false: x cannot climb out of a folder. */
function absenceFacts(frame: Frame, left: Value, right: Value): readonly Fact[] {
  const part = left.constants?.length === 1 ? left.constants[0] : undefined;
  // `address in network` was false, of a network that must not be asked.
  if (right.types.includes("ipaddress.IPv4Network") && isHarmless(frame, right))
    return frame.machine.identities.factsAbout(left.symbol, frame.machine.models.bit("url"));
  if (typeof part !== "string") return absentNames(frame, left, right);
  const bits = bitsWithout(frame, [part]);
  if (bits === 0) return [];
  // `".." in path.split("/")`: what none of the parts is, the whole does not hold.
  return right.labels.length > 0
    ? frame.machine.identities.factsAbout(right.symbol, bits)
    : factsOfEach(frame, right, bits);
}

/** `part in ("..", "/")` was false, of one part of a path: that part does not climb. */
function absentNames(frame: Frame, left: Value, right: Value): readonly Fact[] {
  const isPart =
    left.labels.length > 0 && frame.machine.identities.wholeOf(left.symbol) !== undefined;
  if (!isPart || !membersOf(frame, right)?.includes("..")) return [];
  return frame.machine.identities.factsAbout(left.symbol, frame.machine.models.bit("path"));
}

/** What a value is harmless for once none of these texts is in it. */
export function bitsWithout(frame: Frame, texts: readonly string[]): number {
  return texts
    .flatMap((text) => classesWithout[text] ?? [])
    .reduce((sum, concept) => sum | frame.machine.models.bit(concept), 0);
}

// Without this text a value is harmless for these classes of sinks.
const classesWithout: Readonly<Record<string, readonly string[]>> = {
  "..": ["path"],
  "../": ["path"],
  "/": ["path"],
  "'": ["sql", "xpath"],
  '"': ["xpath"],
  "<": ["html"],
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
  if (object.rest || object.keys) return undefined;
  // A container of the module with nothing in it is there to be filled.
  const isShared = frame.state?.heap.get(only.id) === undefined;
  if (isShared && object.entries.size === 0 && (object.items?.length ?? 0) === 0) return undefined;
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
