// `for` and `while`: their bodies are run until nothing new comes round.

import type { Expression, ForStatement, Statement } from "../../python/syntax.ts";
import { deepLabels } from "../data/containers.ts";
import { type Frame, objectsOf, spanOf } from "../frame.ts";
import { assume } from "../guards/conditions.ts";
import { factsOfEach, isSurelyFilled } from "../guards/each.ts";
import { allBits } from "../models.ts";
import { forkState, joinStates, learn, type State } from "../values/state.ts";
import { addStep, type Value } from "../values/value.ts";
import { hasGrown, widened } from "../values/widen.ts";

/** What is carried further than this many rounds is not seen. */
const maxRounds = 5;

export function executeFor(frame: Frame, statement: ForStatement): void {
  const iterable = frame.machine.evaluate(frame, statement.iterable);
  if (!frame.state) return;
  if (isSurelyEmpty(frame, iterable)) {
    frame.machine.execute(frame, statement.otherwise);
    return;
  }
  const items = fewItems(frame, iterable);
  if (items) {
    executeInTurn(frame, statement, items);
    return;
  }
  const span = spanOf(frame, statement.iterable);
  let element: Value | undefined;
  let cleared = allBits;
  loop(
    frame,
    isSurelyFilled(frame, iterable),
    () => {
      const effects = frame.effects.length;
      element = frame.machine.iterate(frame, iterable, span);
      if (statement.isAsync) frame.effects.length = effects;
      frame.machine.assign(frame, statement.target, withStep(frame, element, statement));
      frame.machine.execute(frame, statement.body);
    },
    (ends) => {
      // What every round has made sure of its element holds of all of them, once they are through.
      cleared = allBits;
      for (const end of ends)
        cleared &= element ? (end.facts.get(element.symbol)?.cleared ?? 0) : 0;
    },
    () => {
      if (frame.state) learn(frame.state, factsOfEach(frame, iterable, cleared));
      frame.machine.execute(frame, statement.otherwise);
    },
  );
}

/** Lists no longer than this are gone through item by item. */
const mostInTurn = 4;

/**
 * The items of a short list that was written here, some of them from outside: which comes first decides what
 * `for x in ("fixed", name): if x: return x` gives.
 */
function fewItems(frame: Frame, iterable: Value): readonly Value[] | undefined {
  const [held, ...others] = objectsOf(frame, iterable);
  const isOwn =
    held !== undefined &&
    others.length === 0 &&
    iterable.labels.length === 0 &&
    held.object.kind === "list" &&
    held.object.rest === undefined &&
    frame.state?.heap.get(held.id) !== undefined;
  const items = iterable.elements ?? (isOwn ? held.object.items : undefined);
  const isShort = items !== undefined && items.length > 0 && items.length <= mostInTurn;
  const isMixed = isShort && items.some((item) => deepLabels(frame, item, 1).length > 0);
  return isMixed && frame.loops.length < 2 ? items : undefined;
}

/** One round for each item. What the body adds to the list meanwhile is not gone through. */
function executeInTurn(frame: Frame, statement: ForStatement, items: readonly Value[]): void {
  const breaks: State[] = [];
  for (const item of items) {
    if (!frame.state) break;
    const continues: State[] = [];
    frame.loops.push({ breaks, continues });
    frame.machine.assign(frame, statement.target, withStep(frame, item, statement));
    frame.machine.execute(frame, statement.body);
    frame.loops.pop();
    for (const state of continues) frame.state = joinStates(frame.state, state);
  }
  frame.machine.execute(frame, statement.otherwise);
  for (const state of breaks) frame.state = joinStates(frame.state, state);
}

export function executeWhile(
  frame: Frame,
  test: Expression,
  body: readonly Statement[],
  otherwise: readonly Statement[],
): void {
  let exit: State | undefined;
  loop(
    frame,
    false,
    () => {
      const condition = frame.machine.evaluate(frame, test);
      if (!frame.state) return;
      const leaving = forkState(frame.state);
      const inside: State = frame.state;
      frame.state = leaving;
      assume(frame, condition, false);
      exit = joinStates(exit, frame.state);
      frame.state = inside;
      assume(frame, condition, true);
      frame.machine.execute(frame, body);
    },
    () => {},
    () => {
      frame.state = exit;
      frame.machine.execute(frame, otherwise);
    },
  );
}

/** `isRun`: at least once. `ended` is told the states at the end of each round. */
function loop(
  frame: Frame,
  isRun: boolean,
  round: () => void,
  ended: (ends: readonly State[]) => void,
  otherwise: () => void,
): void {
  const breaks: State[] = [];
  for (let count = 0; count < maxRounds && frame.state; count += 1) {
    const before = forkState(frame.state);
    const continues: State[] = [];
    frame.loops.push({ breaks, continues });
    round();
    frame.loops.pop();
    let after: State | undefined = frame.state;
    ended(after ? [after, ...continues] : continues);
    for (const state of continues) after = joinStates(after, state);
    const joined = isRun && count === 0 ? after : joinStates(before, after);
    // A number that counts up would be another one each time.
    frame.state = joined && count > 0 ? widened(before, joined) : joined;
    if (!joined || !hasGrown(before, joined, count === 0)) break;
  }
  otherwise();
  for (const state of breaks) frame.state = joinStates(frame.state, state);
}

/** `for x in []`: a list that was made here, with nothing in it. */
function isSurelyEmpty(frame: Frame, iterable: Value): boolean {
  if (iterable.elements) return iterable.elements.length === 0;
  const held = objectsOf(frame, iterable);
  return (
    held.length > 0 &&
    iterable.labels.length === 0 &&
    held.every(
      ({ id, object }) =>
        // What the module holds may be filled by any function.
        frame.state?.heap.get(id) !== undefined &&
        object.kind === "list" &&
        object.isClosed &&
        !object.rest &&
        object.items?.length === 0,
    )
  );
}

function withStep(frame: Frame, value: Value, statement: ForStatement): Value {
  if (value.labels.length === 0) return value;
  const span = { module: frame.module, start: statement.start, end: statement.iterable.end };
  return {
    ...value,
    labels: value.labels.map((label) => addStep(label, span, "is taken one by one")),
  };
}
