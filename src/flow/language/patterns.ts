// `match`: which case a value takes, what the case teaches of it, and the names it binds.
// https://docs.python.org/3/reference/compound_stmts.html#the-match-statement

import type { Expression, MatchStatement, Pattern } from "../../python/syntax.ts";
import { readItem, readPart } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { compareValues } from "../guards/comparisons.ts";
import { assume } from "../guards/conditions.ts";
import { allBits } from "../models.ts";
import { forkState, joinStates, knownValue, learn, type State } from "../values/state.ts";
import {
  constantValue,
  labelledValue,
  labelsOf,
  makeValue,
  unknownValue,
  type Value,
} from "../values/value.ts";

/** Runs the cases one after the other, each with what the ones before it have left over. */
export function executeMatch(frame: Frame, statement: MatchStatement): void {
  const subject = frame.machine.evaluate(frame, statement.subject);
  let after: State | undefined;
  for (const each of statement.cases) {
    if (!frame.state) break;
    const matched = conditionOf(frame, subject, each.pattern);
    if (!frame.state) break;
    const other = forkState(frame.state);
    assume(frame, matched, true);
    takeApart(frame, subject, each.pattern);
    let missedByGuard: State | undefined;
    if (each.guard && frame.state) {
      const guard = frame.machine.evaluate(frame, each.guard);
      missedByGuard = frame.state && forkState(frame.state);
      assume(frame, guard, true);
    }
    frame.machine.execute(frame, each.body);
    after = joinStates(after, frame.state);
    frame.state = other;
    assume(frame, matched, false);
    frame.state = joinStates(frame.state, missedByGuard);
  }
  frame.state = joinStates(after, frame.state);
}

/** Whether a value matches, as a condition: what it implies is what the case teaches. */
function conditionOf(frame: Frame, subject: Value, pattern: Pattern): Value {
  switch (pattern.kind) {
    case "any":
      return constantValue(true);
    case "bound":
      return conditionOf(frame, subject, pattern.pattern);
    case "value":
      return compareValues(frame, "==", subject, frame.machine.evaluate(frame, pattern.value));
    case "either": {
      const constants: Value[] = [];
      for (const inner of pattern.patterns) {
        if (inner.kind === "any") return constantValue(true);
        if (inner.kind !== "value") return unknownValue;
        constants.push(frame.machine.evaluate(frame, inner.value));
      }
      return compareValues(frame, "in", subject, makeValue({ elements: constants }));
    }
    default:
      return unknownValue;
  }
}

/** Binds the names of a pattern that matched, and learns what its literals say of the parts. */
function takeApart(frame: Frame, subject: Value, pattern: Pattern): void {
  if (!frame.state) return;
  const at = { module: frame.module, start: 0, end: 0 };
  const bind = (name: string | undefined, value: Value): void => {
    if (name === undefined) return;
    frame.machine.assign(frame, { kind: "name", id: name, start: 0, end: 0 }, value);
  };
  switch (pattern.kind) {
    case "any":
      bind(pattern.name, subject);
      return;
    case "rest":
      bind(pattern.name, labelledValue(labelsOf(subject), { types: ["list"] }));
      return;
    case "bound":
      takeApart(frame, subject, pattern.pattern);
      if (frame.state) bind(pattern.name, knownValue(subject, frame.state));
      return;
    case "sequence": {
      const rest = pattern.patterns.findIndex((inner) => inner.kind === "rest");
      for (const [index, inner] of pattern.patterns.entries()) {
        if (!frame.state) return;
        const position = rest === -1 || index <= rest ? index : index - pattern.patterns.length;
        const part =
          inner.kind === "rest" ? subject : readItem(frame, subject, constantValue(position), at);
        takeApart(frame, part, inner);
      }
      return;
    }
    case "mapping":
      for (const entry of pattern.entries) {
        const key = frame.machine.evaluate(frame, entry.key);
        if (!frame.state) return;
        takeApart(frame, readItem(frame, subject, key, at), entry.pattern);
      }
      bind(pattern.rest, readPart(frame, subject, undefined, at));
      return;
    case "class":
      takeInstanceApart(frame, subject, pattern);
      return;
    case "either": {
      // The names of each alternative may be bound by any of them.
      assume(frame, conditionOf(frame, subject, pattern), true);
      for (const inner of pattern.patterns)
        if (inner.kind !== "value") takeApart(frame, subject, inner);
      return;
    }
    case "value":
      assume(frame, conditionOf(frame, subject, pattern), true);
      return;
  }
}

function takeInstanceApart(
  frame: Frame,
  subject: Value,
  pattern: Extract<Pattern, { kind: "class" }>,
): void {
  const at = { module: frame.module, start: 0, end: 0 };
  const name = pattern.type.kind === "name" ? pattern.type.id : "";
  if (numbers.has(name) && frame.state)
    learn(frame.state, [{ symbol: subject.symbol, cleared: allBits, constants: undefined }]);
  for (const keyword of pattern.keywords) {
    if (!frame.state) return;
    const field = frame.machine.readAttribute(frame, subject, keyword.name, at);
    takeApart(frame, field, keyword.pattern);
  }
  const fields = pattern.positional.length > 0 ? matchArguments(frame, pattern.type) : [];
  for (const [index, inner] of pattern.positional.entries()) {
    if (!frame.state) return;
    const field = fields[index];
    // `case str(name)`: the one positional pattern is the value itself.
    if (casts.has(name)) takeApart(frame, knownValue(subject, frame.state), inner);
    else if (field === undefined) takeApart(frame, readPart(frame, subject, undefined, at), inner);
    else takeApart(frame, frame.machine.readAttribute(frame, subject, field, at), inner);
  }
}

/** The fields that positional patterns stand for: `__match_args__`, or a dataclass's own. */
function matchArguments(frame: Frame, type: Expression): readonly string[] {
  for (const reference of frame.machine.evaluate(frame, type).references) {
    if (reference.kind !== "class") continue;
    const named = reference.definition.attributes.get("__match_args__")?.elements;
    if (named)
      return named.flatMap((value) =>
        typeof value.constants?.[0] === "string" ? [value.constants[0]] : [],
      );
    return reference.definition.statement.body.flatMap((statement) =>
      statement.kind === "annotated" && statement.target.kind === "name"
        ? [statement.target.id]
        : [],
    );
  }
  return [];
}

const numbers = new Set(["int", "float", "bool"]);
const casts = new Set([...numbers, "str", "bytes", "dict", "list", "tuple"]);
