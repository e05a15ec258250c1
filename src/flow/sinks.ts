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
  const bit = frame.machine.models.bit(sink.concept);
  for (const { parameter, argument } of markedArguments(sink.signature, given)) {
    let { value } = argument;
    if (parameter.element !== undefined) {
      const isText = value.constants || (value.objects.length === 0 && !value.elements);
      if (!isText) value = readItem(frame, value, constantValue(parameter.element), argument.span);
    }
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
