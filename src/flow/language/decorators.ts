// What decorators make of a function: those of the project are called with it, as Python does; of a library's,
// only what moves work to a thread changes anything; every other one is taken to give the function back.

import type { Span } from "../../python/module.ts";
import type { Expression, FunctionStatement } from "../../python/syntax.ts";
import { noArguments } from "../calls/arguments.ts";
import { noteHandlers, routeOfCall } from "../entry-points/route-registration.ts";
import { type CallArguments, type Frame, type FunctionReference, spanOf } from "../frame.ts";
import { makeValue, pathOf, type Reference, type Value } from "../values/value.ts";

/** The value that the name of a decorated function gets. */
export function decorate(
  frame: Frame,
  reference: FunctionReference,
  decorators: readonly { readonly value: Value; readonly expression: Expression }[],
): Value {
  let current = makeValue({ references: [reference] });
  for (const { value, expression } of decorators.toReversed()) {
    if (!frame.state) break;
    const span = spanOf(frame, expression);
    if (isOffload(frame, value) || isOurs(frame, value)) {
      const made = apply(frame, value, current, span);
      if (isOffload(frame, value) || isCallable(frame, made)) current = made;
    } else notePlain(frame, value, current, span);
  }
  const own = makeValue({ references: [reference] });
  for (const { expression } of decorators) noteStarts(frame, own, expression);
  return current;
}

/** `@csrf_exempt` is a call of it, with the function: rules may ask for it. */
function notePlain(frame: Frame, decorator: Value, decorated: Value, span: Span): void {
  const paths = decorator.references.flatMap((reference) =>
    reference.kind === "api" ? [frame.machine.models.canonical(reference.path)] : [],
  );
  if (paths.length === 0) return;
  const given = { ...noArguments, positional: [{ value: decorated, span }] };
  frame.machine.recorder.recordCall(frame, { span, calleeSpan: span, paths, arguments: given });
}

/** `@order.setter` above `def order`: the class keeps its property, and calls this when it is set. */
export function isSetter(statement: FunctionStatement): boolean {
  return statement.decorators.some(
    (decorator) =>
      decorator.kind === "attribute" &&
      decorator.name === "setter" &&
      decorator.object.kind === "name" &&
      decorator.object.id === statement.name,
  );
}

function apply(frame: Frame, decorator: Value, decorated: Value, span: Span): Value {
  const given = {
    positional: [{ value: decorated, span }],
    keywords: new Map(),
    spread: undefined,
    keywordSpread: undefined,
  };
  // Whatever the decorator does while it decorates is done when the module is imported.
  const effects = frame.effects.length;
  const { state } = frame;
  const made = frame.machine.call(frame, decorator, given, span, span);
  frame.effects.length = effects;
  frame.state ??= state;
  return made;
}

/** A function, class or object of the project, or a closure that one gave. */
function isOurs(frame: Frame, value: Value): boolean {
  return isCallable(frame, value) && value.labels.length === 0;
}

function isCallable(frame: Frame, value: Value): boolean {
  return (
    value.references.some((reference) =>
      ["function", "class", "partial"].includes(reference.kind),
    ) || value.types.some((type) => frame.machine.classes.get(type)?.attributes.has("__call__"))
  );
}

function isOffload(frame: Frame, value: Value): boolean {
  const { models } = frame.machine;
  return value.references.some((reference) => {
    const path =
      reference.kind === "api"
        ? reference.path
        : reference.kind === "function"
          ? models.described(pathOf(reference.definition))
          : undefined;
    if (path === undefined) return false;
    return models.find(path)?.offloads?.parameters?.[0]?.isMarked === true;
  });
}

/** `@app.route("/books/<name>")`: the function or class answers requests; `@app.task`: a worker runs it. */
export function noteStarts(frame: Frame, decorated: Value, decorator: Expression): void {
  if (!frame.state) return;
  const callee = frame.machine.evaluate(
    frame,
    decorator.kind === "call" ? decorator.callee : decorator,
  );
  for (const decorating of callee.references) {
    const model =
      decorating.kind === "api" ? frame.machine.models.find(decorating.path) : undefined;
    const kind = model?.entry?.kind ?? (isCommandOfGroup(decorating) ? "command" : undefined);
    if (kind !== undefined)
      frame.machine.recorder.noteEntry(
        frame,
        { value: decorated, span: spanOf(frame, decorator) },
        kind,
        model?.handsOver,
      );
    if (!model?.route) continue;
    const route = routeOfCall(frame, model.route, argumentsOf(frame, decorator));
    noteHandlers(frame, decorated, route);
  }
}

/** `@tools.command()`, where `@click.group()` has made a group of the function `tools`. */
function isCommandOfGroup(reference: Reference): boolean {
  return (
    reference.kind === "member" &&
    (reference.name === "command" || reference.name === "group") &&
    reference.receiver.references.some((receiver) => receiver.kind === "function")
  );
}

/** What a decorator is called with, without what it spreads. */
function argumentsOf(frame: Frame, decorator: Expression): CallArguments {
  const given = decorator.kind === "call" ? decorator.arguments : [];
  const evaluated = given.flatMap((argument) =>
    argument.spread === "" && frame.state
      ? [
          {
            name: argument.name,
            value: frame.machine.evaluate(frame, argument.value),
            span: spanOf(frame, argument.value),
          },
        ]
      : [],
  );
  return {
    ...noArguments,
    positional: evaluated.filter(({ name }) => name === undefined),
    keywords: new Map(
      evaluated.flatMap((each) => (each.name === undefined ? [] : [[each.name, each] as const])),
    ),
  };
}
