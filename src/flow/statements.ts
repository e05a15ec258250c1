// What statements do to the state: one case a kind of statement. Paths part and meet here.

import type {
  Expression,
  Pattern,
  Statement,
  TryStatement,
  WithStatement,
} from "../python/syntax.ts";
import { compareValues } from "./comparisons.ts";
import { appendItem, newObject, readItem, readPart, writeItem } from "./containers.ts";
import { defineClass, defineFunction } from "./definitions.ts";
import { assume, joinTexts } from "./expressions.ts";
import { type Frame, objectsOf, spanOf } from "./frame.ts";
import { importFrom, importModules } from "./imports.ts";
import { forkState, isSameState, joinStates, type State } from "./state.ts";
import {
  addStep,
  constantValue,
  labelledValue,
  labelsOf,
  makeValue,
  unknownValue,
  type Value,
} from "./value.ts";

/** Runs statements from the frame's state on, as far as a path leads. */
export function execute(frame: Frame, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (!frame.state) return;
    frame.machine.spend(1);
    // An exception may leave a `try` from before or after any of its statements.
    catchState(frame);
    executeStatement(frame, statement);
    catchState(frame);
  }
}

/** Notes the state for the handlers around, unless it is the one noted last. */
function catchState(frame: Frame): void {
  const states = frame.handlers.at(-1);
  if (!states || !frame.state) return;
  const last = states.at(-1);
  if (last && isSameState(last, frame.state)) return;
  states.push(forkState(frame.state));
}

function executeStatement(frame: Frame, statement: Statement): void {
  const { machine } = frame;
  switch (statement.kind) {
    case "expression":
      machine.evaluate(frame, statement.value);
      return;
    case "assign": {
      const value = withStep(frame, machine.evaluate(frame, statement.value), statement);
      for (const target of statement.targets) machine.assign(frame, target, value);
      return;
    }
    case "annotated":
      executeAnnotated(frame, statement);
      return;
    case "augmented":
      executeAugmented(frame, statement);
      return;
    case "return": {
      const value = statement.value
        ? machine.evaluate(frame, statement.value)
        : constantValue(null);
      const span = statement.value && spanOf(frame, statement.value);
      if (frame.state) frame.returns.push({ value, state: frame.state, span });
      frame.state = undefined;
      return;
    }
    case "raise":
      if (statement.value) machine.evaluate(frame, statement.value);
      frame.state = undefined;
      return;
    case "if":
      executeIf(frame, statement.branches, statement.otherwise);
      return;
    case "for":
      executeFor(frame, statement);
      return;
    case "while":
      executeWhile(frame, statement.test, statement.body, statement.otherwise);
      return;
    case "try":
      executeTry(frame, statement);
      return;
    case "with":
      executeWith(frame, statement);
      return;
    case "match":
      executeMatch(frame, machine.evaluate(frame, statement.subject), statement.cases);
      return;
    case "function":
      bind(frame, statement.name, defineFunction(frame, statement));
      return;
    case "class":
      bind(frame, statement.name, defineClass(frame, statement));
      return;
    case "import":
      importModules(frame, statement);
      return;
    case "import-from":
      importFrom(frame, statement);
      return;
    case "assert": {
      const condition = machine.evaluate(frame, statement.test);
      assume(frame, condition, true);
      return;
    }
    case "delete":
      for (const target of statement.targets)
        if (target.kind === "name") frame.state?.variables.delete(target.id);
      return;
    case "break":
      if (frame.state) frame.loops.at(-1)?.breaks.push(frame.state);
      frame.state = undefined;
      return;
    case "continue":
      if (frame.state) frame.loops.at(-1)?.continues.push(frame.state);
      frame.state = undefined;
      return;
    case "broken":
    case "pass":
    case "global":
    case "nonlocal":
      return;
  }
}

/** Gives a value to a target: a name, an attribute, an item, or several at once. */
export function assign(frame: Frame, target: Expression, value: Value): void {
  if (!frame.state) return;
  switch (target.kind) {
    case "name":
      bind(frame, target.id, value);
      return;
    case "attribute": {
      const object = frame.machine.evaluate(frame, target.object);
      if (frame.state) writeItem(frame, object, constantValue(target.name), value);
      return;
    }
    case "subscript": {
      const object = frame.machine.evaluate(frame, target.object);
      const index = frame.machine.evaluate(frame, target.index);
      if (frame.state) writeItem(frame, object, index, value);
      return;
    }
    case "tuple":
    case "list":
      unpack(frame, target.elements, value, target);
      return;
    case "starred":
      assign(frame, target.value, value);
      return;
    default:
      return;
  }
}

function unpack(frame: Frame, targets: readonly Expression[], value: Value, at: Expression): void {
  const starred = targets.findIndex((target) => target.kind === "starred");
  const [held] = objectsOf(frame, value);
  const items = value.elements ?? (held && !held.object.rest ? held.object.items : undefined);
  for (const [index, target] of targets.entries()) {
    if (items && (starred === -1 || index < starred))
      assign(frame, target, items[index] ?? unknownValue);
    else if (items && index > starred)
      assign(frame, target, items.at(index - targets.length) ?? unknownValue);
    else if (items && target.kind === "starred") {
      const rest = items.slice(starred, items.length - (targets.length - 1 - starred));
      assign(
        frame,
        target,
        newObject(frame, {
          kind: "list",
          items: rest,
          entries: new Map(),
          rest: undefined,
          isClosed: true,
        }),
      );
    } else assign(frame, target, readItem(frame, value, constantValue(index), spanOf(frame, at)));
  }
}

function bind(frame: Frame, name: string, value: Value): void {
  if (!frame.state) return;
  // `global x` in a function changes the module, which has no state here: it is not followed.
  if (frame.definition && !frame.definition.locals.has(name)) return;
  frame.state.variables.set(name, value);
}

/** A line of the path, for values that carry something from outside. */
function withStep(frame: Frame, value: Value, statement: Statement): Value {
  if (value.labels.length === 0) return value;
  const span = spanOf(frame, statement);
  return { ...value, labels: value.labels.map((label) => addStep(label, span, "")) };
}

function executeAnnotated(
  frame: Frame,
  statement: Extract<Statement, { kind: "annotated" }>,
): void {
  const type = frame.machine.annotated(frame, statement.annotation);
  if (!statement.value) {
    if (frame.owner && !frame.definition && type && statement.target.kind === "name")
      bind(frame, statement.target.id, type);
    return;
  }
  const value = withStep(frame, frame.machine.evaluate(frame, statement.value), statement);
  const isUntyped =
    value.types.length === 0 &&
    value.references.length === 0 &&
    !value.constants &&
    value.objects.length === 0;
  frame.machine.assign(
    frame,
    statement.target,
    isUntyped && type ? { ...value, types: type.types } : value,
  );
}

function executeAugmented(
  frame: Frame,
  statement: Extract<Statement, { kind: "augmented" }>,
): void {
  const before = frame.machine.evaluate(frame, statement.target);
  const added = frame.machine.evaluate(frame, statement.value);
  if (!frame.state) return;
  const held = objectsOf(frame, before);
  if (held.length > 0) {
    const element = frame.machine.iterate(frame, added, spanOf(frame, statement.value));
    appendItem(frame, before, element);
    return;
  }
  const value =
    statement.operator === "+"
      ? joinTexts([before, added])
      : labelledValue(labelsOf(before, added), { types: before.types });
  const isNumber = [before, added].every((each) =>
    each.constants?.every((constant) => typeof constant === "number"),
  );
  frame.machine.assign(
    frame,
    statement.target,
    withStep(frame, isNumber ? makeValue({ types: ["int"] }) : value, statement),
  );
}

function executeIf(
  frame: Frame,
  branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[],
  otherwise: readonly Statement[],
): void {
  let after: State | undefined;
  for (const branch of branches) {
    if (!frame.state) break;
    const condition = frame.machine.evaluate(frame, branch.test);
    if (!frame.state) break;
    const other = forkState(frame.state);
    assume(frame, condition, true);
    execute(frame, branch.body);
    after = joinStates(after, frame.state);
    frame.state = other;
    assume(frame, condition, false);
  }
  execute(frame, otherwise);
  frame.state = joinStates(after, frame.state);
}

function executeFor(frame: Frame, statement: Extract<Statement, { kind: "for" }>): void {
  const iterable = frame.machine.evaluate(frame, statement.iterable);
  if (!frame.state) return;
  const span = spanOf(frame, statement.iterable);
  loop(
    frame,
    () => {
      const element = frame.machine.iterate(frame, iterable, span);
      frame.machine.assign(frame, statement.target, withStepAt(frame, element, statement));
      execute(frame, statement.body);
    },
    () => execute(frame, statement.otherwise),
  );
}

function executeWhile(
  frame: Frame,
  test: Expression,
  body: readonly Statement[],
  otherwise: readonly Statement[],
): void {
  let exit: State | undefined;
  loop(
    frame,
    () => {
      const condition = frame.machine.evaluate(frame, test);
      if (!frame.state) return;
      const leaving = forkState(frame.state);
      const isEndless = condition.constants?.length === 1 && condition.constants[0] === true;
      if (!isEndless) {
        const inside: State = frame.state;
        frame.state = leaving;
        assume(frame, condition, false);
        exit = joinStates(exit, frame.state);
        frame.state = inside;
      }
      assume(frame, condition, true);
      execute(frame, body);
    },
    () => {
      frame.state = exit;
      execute(frame, otherwise);
    },
  );
}

/** Runs a loop's body as often as it takes for what it carries from one round to the next to show. */
function loop(frame: Frame, round: () => void, otherwise: () => void): void {
  const breaks: State[] = [];
  for (let count = 0; count < 2 && frame.state; count += 1) {
    const before = forkState(frame.state);
    const continues: State[] = [];
    frame.loops.push({ breaks, continues });
    round();
    frame.loops.pop();
    let after: State | undefined = frame.state;
    for (const state of continues) after = joinStates(after, state);
    frame.state = joinStates(before, after);
  }
  otherwise();
  for (const state of breaks) frame.state = joinStates(frame.state, state);
}

function executeTry(frame: Frame, statement: TryStatement): void {
  const caught: State[] = [];
  if (statement.handlers.length > 0) frame.handlers.push(caught);
  const returnsBefore = frame.returns.length;
  execute(frame, statement.body);
  if (statement.handlers.length > 0) frame.handlers.pop();
  if (frame.state) execute(frame, statement.otherwise);
  let after = frame.state;
  let start: State | undefined;
  for (const state of caught) start = joinStates(start, state);
  for (const handler of statement.handlers) {
    frame.state = start && forkState(start);
    if (!frame.state) break;
    if (handler.type) frame.machine.evaluate(frame, handler.type);
    if (handler.name) bind(frame, handler.name, makeValue({ types: ["Exception"] }));
    execute(frame, handler.body);
    after = joinStates(after, frame.state);
  }
  frame.state = after;
  if (statement.finally.length === 0) return;
  if (frame.state) execute(frame, statement.finally);
  else if (frame.returns.length > returnsBefore) {
    // Every path returns: the last words are still run.
    const last = frame.returns.at(-1);
    frame.state = last && forkState(last.state);
    execute(frame, statement.finally);
    frame.state = undefined;
  }
}

function executeWith(frame: Frame, statement: WithStatement): void {
  for (const item of statement.items) {
    const manager = frame.machine.evaluate(frame, item.context);
    if (!frame.state) return;
    const entered = enter(frame, manager, item.context);
    if (item.target) frame.machine.assign(frame, item.target, withStep(frame, entered, statement));
  }
  // `contextlib.suppress` and the like may end the body early.
  const suppressing = statement.items.some(
    (item) => item.context.kind === "call" && /suppress/u.test(textOf(frame, item.context.callee)),
  );
  const before = suppressing && frame.state ? forkState(frame.state) : undefined;
  execute(frame, statement.body);
  if (before) frame.state = joinStates(frame.state, before);
}

function textOf(frame: Frame, expression: Expression): string {
  return frame.module.text.slice(expression.start, expression.end);
}

/** What `with manager as x` gives for x. */
function enter(frame: Frame, manager: Value, context: Expression): Value {
  const { machine } = frame;
  // A function under `@contextmanager` gives what it yields.
  if (manager.types.includes("generator"))
    return machine.iterate(frame, manager, spanOf(frame, context));
  for (const type of manager.types) {
    const entered = machine.models.entered(type);
    if (entered) return labelledValue(manager.labels, { types: [entered] });
    if (!machine.classes.has(type)) continue;
    for (const name of ["__enter__", "__aenter__"]) {
      const method = machine.readAttribute(frame, manager, name, spanOf(frame, context));
      if (!method.references.some((reference) => reference.kind === "function")) continue;
      const none = {
        positional: [],
        keywords: new Map(),
        spread: undefined,
        keywordSpread: undefined,
      };
      return machine.call(frame, method, none, spanOf(frame, context), spanOf(frame, context));
    }
  }
  return manager;
}

function executeMatch(
  frame: Frame,
  subject: Value,
  cases: Extract<Statement, { kind: "match" }>["cases"],
): void {
  let after: State | undefined;
  for (const each of cases) {
    if (!frame.state) break;
    const matched = matchPattern(frame, subject, each.pattern);
    if (!frame.state) break;
    const other = forkState(frame.state);
    assume(frame, matched, true);
    if (frame.state) bindPattern(frame, subject, each.pattern);
    let missedByGuard: State | undefined;
    if (each.guard && frame.state) {
      const guard = frame.machine.evaluate(frame, each.guard);
      missedByGuard = frame.state && forkState(frame.state);
      assume(frame, guard, true);
    }
    execute(frame, each.body);
    after = joinStates(after, frame.state);
    frame.state = other;
    assume(frame, matched, false);
    frame.state = joinStates(frame.state, missedByGuard);
  }
  frame.state = joinStates(after, frame.state);
}

/** Whether a value matches, as a condition: what it implies is what the case teaches. */
function matchPattern(frame: Frame, subject: Value, pattern: Pattern): Value {
  switch (pattern.kind) {
    case "any":
      return constantValue(true);
    case "bound":
      return matchPattern(frame, subject, pattern.pattern);
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

function bindPattern(frame: Frame, subject: Value, pattern: Pattern): void {
  const at = { module: frame.module, start: 0, end: 0 };
  switch (pattern.kind) {
    case "any":
      if (pattern.name) bind(frame, pattern.name, subject);
      return;
    case "rest":
      if (pattern.name)
        bind(frame, pattern.name, labelledValue(labelsOf(subject), { types: ["list"] }));
      return;
    case "bound":
      bind(frame, pattern.name, subject);
      bindPattern(frame, subject, pattern.pattern);
      return;
    case "sequence":
      for (const [index, inner] of pattern.patterns.entries()) {
        bindPattern(frame, readItem(frame, subject, constantValue(index), at), inner);
      }
      return;
    case "mapping":
      for (const entry of pattern.entries) {
        const key = frame.machine.evaluate(frame, entry.key);
        bindPattern(frame, readItem(frame, subject, key, at), entry.pattern);
      }
      if (pattern.rest) bind(frame, pattern.rest, readPart(frame, subject, undefined, at));
      return;
    case "class":
      for (const keyword of pattern.keywords) {
        bindPattern(
          frame,
          frame.machine.readAttribute(frame, subject, keyword.name, at),
          keyword.pattern,
        );
      }
      for (const inner of pattern.positional)
        bindPattern(
          frame,
          isBuiltinCast(pattern.type) ? subject : readPart(frame, subject, undefined, at),
          inner,
        );
      return;
    case "either":
      for (const inner of pattern.patterns) bindPattern(frame, subject, inner);
      return;
    case "value":
      return;
  }
}

/** `case str(name)`: the one positional pattern is the value itself. */
function isBuiltinCast(type: Expression): boolean {
  return (
    type.kind === "name" &&
    ["str", "bytes", "int", "float", "bool", "dict", "list", "tuple"].includes(type.id)
  );
}

function withStepAt(
  frame: Frame,
  value: Value,
  statement: Extract<Statement, { kind: "for" }>,
): Value {
  if (value.labels.length === 0) return value;
  const span = { module: frame.module, start: statement.start, end: statement.iterable.end };
  return { ...value, labels: value.labels.map((label) => addStep(label, span, "")) };
}
