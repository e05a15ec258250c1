// What statements do to the state: one case a kind of statement. Paths part and meet here.

import type { Expression, Statement, TryStatement, WithStatement } from "../../python/syntax.ts";
import { joinAll } from "../data/containers.ts";
import { type Frame, spanOf } from "../frame.ts";
import { assume } from "../guards/conditions.ts";
import { bind } from "../values/cells.ts";
import { forkState, isSameState, joinStates, type State } from "../values/state.ts";
import { addStep, constantValue, labelledValue, makeValue, type Value } from "../values/value.ts";
import { unassign } from "./assign.ts";
import { defineClass, defineFunction } from "./definitions.ts";
import { importFrom, importModules } from "./imports.ts";
import { executeFor, executeWhile } from "./loops.ts";
import { augmentValue } from "./operators.ts";
import { executeMatch } from "./patterns.ts";

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
      for (const target of statement.targets) machine.assign(frame, target, value, statement.value);
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
      if (statement.value) {
        const value = machine.evaluate(frame, statement.value);
        if (value.labels.length > 0 || value.objects.length > 0) frame.raised.push(value);
      }
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
      executeMatch(frame, statement);
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
      for (const target of statement.targets) unassign(frame, target);
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

/** A line of the path, for values that carry something from outside. */
function withStep(frame: Frame, value: Value, statement: Statement): Value {
  if (value.labels.length === 0) return value;
  const span = spanOf(frame, statement);
  const words = stepWords(statement);
  return { ...value, labels: value.labels.map((label) => addStep(label, span, words)) };
}

/** What happens to a value in an assignment, in words for the path it takes. */
function stepWords(statement: Statement): string {
  if (statement.kind === "augmented") return "becomes part of the text";
  if (statement.kind === "with") return "is opened";
  const value = "value" in statement ? statement.value : undefined;
  switch (value?.kind) {
    case "formatted":
    case "binary":
      return "becomes part of the text";
    case "call":
      return "comes out of the call";
    case "await":
      return "is awaited";
    case "dict":
    case "list":
    case "tuple":
    case "set":
    case "comprehension":
      return "is put in with others";
    default:
      return "is kept";
  }
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
    // `db: Session = Depends(get_db)` in a class of views is what the dependency gives.
    value.types.every((each) => each === "fastapi.Depends") &&
    value.references.length === 0 &&
    !value.constants &&
    value.objects.length === 0;
  frame.machine.assign(
    frame,
    statement.target,
    isUntyped && type ? { ...value, types: type.types } : value,
    statement.value,
  );
}

function executeAugmented(
  frame: Frame,
  statement: Extract<Statement, { kind: "augmented" }>,
): void {
  const before = frame.machine.evaluate(frame, statement.target);
  const added = frame.machine.evaluate(frame, statement.value);
  if (!frame.state) return;
  const span = spanOf(frame, statement);
  const value = augmentValue(frame, statement.operator, before, added, span);
  // A list that grew is still the same list.
  if (value === before && statement.target.kind === "name") return;
  frame.machine.assign(frame, statement.target, withStep(frame, value, statement));
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

function executeTry(frame: Frame, statement: TryStatement): void {
  const caught: State[] = [];
  const outer = frame.raised;
  frame.raised = [];
  frame.handlers.push(caught);
  const returnsBefore = frame.returns.length;
  execute(frame, statement.body);
  frame.handlers.pop();
  const raised = joinAll(frame.raised);
  frame.raised = outer;
  if (raised && statement.handlers.length === 0) outer.push(raised);
  if (frame.state) execute(frame, statement.otherwise);
  let after = frame.state;
  let start: State | undefined;
  for (const state of caught) start = joinStates(start, state);
  for (const handler of statement.handlers) {
    frame.state = start && forkState(start);
    if (!frame.state) break;
    if (handler.type) frame.machine.evaluate(frame, handler.type);
    if (handler.name) {
      const value = raised ?? makeValue({ types: ["Exception"] });
      bind(frame, handler.name, caughtValue(frame, handler.type, handler.name, value));
    }
    execute(frame, handler.body);
    after = joinStates(after, frame.state);
  }
  frame.state = after;
  if (statement.finally.length === 0) return;
  if (frame.state) {
    execute(frame, statement.finally);
    return;
  }
  // No path goes on from here; the last words are run on the ways out.
  let leaving = statement.handlers.length === 0 ? start : undefined;
  for (const { state } of frame.returns.slice(returnsBefore)) leaving = joinStates(leaving, state);
  frame.state = leaving && forkState(leaving);
  if (frame.state) execute(frame, statement.finally);
  frame.state = undefined;
}

/** Of any kind, and those that name a file, a query or a command: no sentence for a visitor. */
const tellingExceptions =
  /^(?:(?:Base)?Exception|(?:OS|IO|FileNotFound|Permission)Error|(?:sqlite3|psycopg2?|asyncpg|pymysql|MySQLdb|mysql\.connector|oracledb|pyodbc|sqlalchemy\.exc|django\.db|pymongo\.errors|subprocess)\.(?:\w+\.)*\w*(?:Error|Exception))$/u;

/** What an exception tells that was not made for the visitor: paths, queries, addresses of other hosts. */
function caughtValue(
  frame: Frame,
  type: Expression | undefined,
  name: string,
  value: Value,
): Value {
  if (!type || !frame.state) return value;
  const types = type.kind === "tuple" ? type.elements : [type];
  const isTelling = types.some((each) =>
    frame.machine
      .evaluate(frame, each)
      .references.some((kind) => kind.kind === "api" && tellingExceptions.test(kind.path)),
  );
  if (!isTelling) return value;
  const start = frame.module.text.indexOf(name, type.end);
  const span = { module: frame.module, start, end: start + name.length };
  const source = { concept: "error-text", span };
  const label = { source, via: [], cleared: 0, steps: undefined, hops: 0 };
  return { ...value, labels: [...value.labels, label] };
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
