// Where a value must not be from outside: every label that gets here is told.

import type { Span } from "../python/module.ts";
import { conditionHolds, markedArguments } from "./arguments.ts";
import { deepLabels, readItem } from "./containers.ts";
import type { CallArguments, Frame } from "./frame.ts";
import type { SinkModel } from "./models.ts";
import { clearedBits } from "./state.ts";
import { constantValue } from "./value.ts";

/** Reports every label that reaches a sink's marked argument and is not neutralised for its class. */
export function checkSink(
  frame: Frame,
  sink: SinkModel,
  path: string,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
  isTyped: boolean,
): void {
  if (!frame.state || !conditionHolds(frame, sink.signature, given)) return;
  const bit = frame.machine.models.bitOfSink(sink.concept);
  for (const { parameter, argument } of markedArguments(sink.signature, given)) {
    let { value } = argument;
    if (parameter.element !== undefined) {
      const isText = value.constants || (value.objects.length === 0 && !value.elements);
      if (!isText) value = readItem(frame, value, constantValue(parameter.element), argument.span);
    }
    if (isTyped && value.constants) {
      frame.machine.recordConstant({
        concept: sink.concept,
        path,
        constants: value.constants,
        call: span,
        callee: calleeSpan,
        argument: argument.span,
        given,
        definition: frame.definition,
      });
    }
    if (isFixedByPrefix(sink.concept, value.prefix)) continue;
    for (const label of deepLabels(frame, value, 2)) {
      if ((clearedBits(label, frame.state) & bit) !== 0) continue;
      frame.machine.recordFlow({
        concept: sink.concept,
        label,
        path,
        isTyped,
        call: span,
        callee: calleeSpan,
        argument: argument.span,
        definition: frame.definition,
      });
    }
  }
}

/** A scheme, a host and the slash that ends it: what follows cannot choose another host. */
export function fixesHost(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#\\@]+|\uFFFC[^/?#\\@:]*)[/?#]/iu.test(text);
}

/** Where the constant beginning of an address says where it leads, the rest is of no matter. */
function isFixedByPrefix(concept: string, prefix: string | undefined): boolean {
  if (prefix === undefined || (concept !== "url" && concept !== "redirect")) return false;
  // `/` alone is no fixed beginning: `//host` is another host.
  return fixesHost(prefix) || /^\/[^/\\]/u.test(prefix);
}

/** Text that a route returns is the page itself, where the framework sends text as HTML. */
export function checkReturned(frame: Frame, concept: string): void {
  const bit = frame.machine.models.bitOfSink(concept);
  for (const { value, state, span } of frame.returns) {
    if (!span) continue;
    const body = value.elements?.[0] ?? value;
    const isText = body.objects.length === 0 && body.types.every((type) => type === "str");
    if (!isText) continue;
    for (const label of body.labels) {
      // What unknown code made of it may be anything, not only this text.
      if (label.hops > 0 || (clearedBits(label, state) & bit) !== 0) continue;
      frame.machine.recordFlow({
        concept,
        label,
        path: "route.return",
        isTyped: true,
        call: span,
        callee: span,
        argument: span,
        definition: frame.definition,
      });
    }
  }
}
