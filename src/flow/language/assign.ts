// Giving a value to a target: a name, an attribute, an item, or several at once.

import type { Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import { noteWrite } from "../calls/writes.ts";
import { deleteItem, emptyObject, newObject, readItem, writeItem } from "../data/containers.ts";
import { type Frame, objectsOf, spanOf } from "../frame.ts";
import { bind } from "../values/cells.ts";
import { constantValue, soleConstant, unknownValue, type Value } from "../values/value.ts";
import { writeAttribute } from "./attributes.ts";

/** `from` is the expression the value comes from, where there is one. */
export function assign(frame: Frame, target: Expression, value: Value, from?: Expression): void {
  if (!frame.state) return;
  switch (target.kind) {
    case "name":
      bind(frame, target.id, value);
      return;
    case "attribute": {
      const object = frame.machine.evaluate(frame, target.object);
      if (!frame.state) return;
      const at = spanOf(frame, target);
      writeAttribute(frame, object, target.name, value, at);
      const written = [{ value, span: spanOf(frame, from ?? target) }];
      noteWrite(frame, object, `${target.name}.__set__`, written, wholeOf(frame, target, from), at);
      return;
    }
    case "subscript": {
      const whole = frame.machine.evaluate(frame, target.object);
      const index = frame.machine.evaluate(frame, target.index);
      if (!frame.state) return;
      const object = asMapping(frame, target.object, whole, index);
      writeItem(frame, object, index, value);
      const written = [
        { value: index, span: spanOf(frame, target.index) },
        { value, span: spanOf(frame, from ?? target) },
      ];
      const at = wholeOf(frame, target, from);
      noteWrite(frame, object, "__setitem__", written, at, spanOf(frame, target));
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

/**
 * `data = request.get_json(); data["role"] = "guest"`: of a mapping that came from outside one key is known
 * from now on, to whoever asks for it by this name.
 */
function asMapping(frame: Frame, target: Expression, whole: Value, index: Value): Value {
  const { labels, objects, elements, references, types } = whole;
  const isPlain =
    labels.length > 0 &&
    (objects.length === 0 || whole.isBeside) &&
    references.length === 0 &&
    !elements &&
    types.every((type) => type === "dict");
  if (target.kind !== "name" || !isPlain || typeof soleConstant(index) !== "string") return whole;
  const held = newObject(frame, { ...emptyObject("dict"), isClosed: false });
  const mapping = { ...whole, objects: held.objects, isBeside: false };
  bind(frame, target.id, mapping);
  return mapping;
}

/** `target = from`, as one place. */
function wholeOf(frame: Frame, target: Expression, from: Expression | undefined): Span {
  return { module: frame.module, start: target.start, end: Math.max(target.end, from?.end ?? 0) };
}

/** `del target`. */
export function unassign(frame: Frame, target: Expression): void {
  if (!frame.state) return;
  if (target.kind === "name") frame.state.variables.delete(target.id);
  else if (target.kind === "tuple" || target.kind === "list")
    for (const element of target.elements) unassign(frame, element);
  else if (target.kind === "subscript" && target.index.kind !== "slice") {
    const object = frame.machine.evaluate(frame, target.object);
    const index = frame.machine.evaluate(frame, target.index);
    if (frame.state) deleteItem(frame, object, index);
  }
}

function unpack(frame: Frame, targets: readonly Expression[], value: Value, at: Expression): void {
  const starred = targets.findIndex((target) => target.kind === "starred");
  const [held] = objectsOf(frame, value);
  const items = value.elements ?? (held && !held.object.rest ? held.object.items : undefined);
  for (const [index, target] of targets.entries()) {
    if (!frame.state) return;
    if (items && (starred === -1 || index < starred))
      assign(frame, target, items[index] ?? unknownValue);
    else if (items && index > starred)
      assign(frame, target, items.at(index - targets.length) ?? unknownValue);
    else if (target.kind === "starred") {
      const rest = items
        ? {
            items: items.slice(starred, items.length - (targets.length - 1 - starred)),
            rest: undefined,
          }
        : { items: undefined, rest: frame.machine.iterate(frame, value, spanOf(frame, at)) };
      const list = newObject(frame, { kind: "list", entries: new Map(), isClosed: true, ...rest });
      assign(frame, target.value, list);
    } else {
      const position = starred !== -1 && index > starred ? index - targets.length : index;
      assign(frame, target, readItem(frame, value, constantValue(position), spanOf(frame, at)));
    }
  }
}
