// What is known once a condition turned out true or false, and how `not`, `and` and `or` change that.

import { type Frame, objectsOf } from "../frame.ts";
import { allBits } from "../models.ts";
import { foldUnary } from "../values/constants.ts";
import { learn, mergeFacts, type State } from "../values/state.ts";
import {
  constantValue,
  type Fact,
  type Implication,
  makeValue,
  truthOf,
  type Value,
} from "../values/value.ts";

/** Makes the frame's state that in which a condition had this outcome; unreachable if it cannot have. */
export function assume(frame: Frame, condition: Value, outcome: boolean): void {
  if (!frame.state) return;
  const truth = truthOf(condition);
  if (truth !== undefined) frame.machine.decisions += 1;
  if (truth !== undefined && truth !== outcome) {
    frame.state = undefined;
    return;
  }
  assumeIn(frame, frame.state, condition, outcome);
}

/** The same in a state that is not the frame's, where the outcome is known to be possible. */
export function assumeIn(frame: Frame, state: State, condition: Value, outcome: boolean): void {
  const implied = outcome ? condition.implies : impliedBy(frame, condition);
  const facts = outcome ? implied?.whenTrue : implied?.whenFalse;
  if (facts && facts.length > 0) learn(state, facts);
}

export function negate(frame: Frame, operand: Value): Value {
  const folded = foldUnary("not", operand);
  const truth = truthOf(operand);
  const base =
    folded ?? (truth === undefined ? makeValue({ types: ["bool"] }) : constantValue(!truth));
  const implied = impliedBy(frame, operand);
  if (!implied) return base;
  return { ...base, implies: { whenTrue: implied.whenFalse, whenFalse: implied.whenTrue } };
}

/** What a value teaches as a condition; what is false is empty, so nothing of the visitor's is in it. */
export function impliedBy(frame: Frame, value: Value): Implication | undefined {
  const whenEmpty = knownWhenEmpty(frame, value);
  if (whenEmpty.length > 0)
    return {
      ...nothingImplied,
      ...value.implies,
      whenFalse: [...(value.implies?.whenFalse ?? []), ...whenEmpty],
    };
  if (value.labels.length === 0) return value.implies;
  const emptied = frame.machine.identities.factsAbout(value.symbol, allBits);
  return {
    whenTrue: value.implies?.whenTrue ?? [],
    whenFalse: [...(value.implies?.whenFalse ?? []), ...emptied],
  };
}

/** What is known where the list, set or dict that a value is has nothing in it. */
export function knownWhenEmpty(frame: Frame, value: Value): readonly Fact[] {
  if (value.objects.length !== 1 || value.labels.length > 0) return [];
  return objectsOf(frame, value)[0]?.object.whenEmpty ?? [];
}

/** What `left and right`, or `left or right`, teaches. */
export function impliedByBoth(
  operator: "and" | "or",
  left: Implication | undefined,
  right: Implication | undefined,
): Implication | undefined {
  if (!left && !right) return undefined;
  const l = left ?? nothingImplied;
  const r = right ?? nothingImplied;
  return operator === "and"
    ? { whenTrue: [...l.whenTrue, ...r.whenTrue], whenFalse: eitherFacts(l.whenFalse, r.whenFalse) }
    : {
        whenTrue: eitherFacts(l.whenTrue, r.whenTrue),
        whenFalse: [...l.whenFalse, ...r.whenFalse],
      };
}

const nothingImplied: Implication = { whenTrue: [], whenFalse: [] };

function eitherFacts(left: readonly Fact[], right: readonly Fact[]): readonly Fact[] {
  return left.flatMap((fact) => {
    const other = right.find((candidate) => candidate.symbol === fact.symbol);
    const merged = other && mergeFacts(fact, other);
    return merged ? [merged] : [];
  });
}
