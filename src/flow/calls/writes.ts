// Writing into something of a library is a call of it: `app.config["DEBUG"] = x` is
// `flask.Config.__setitem__(key, value)`, and `app.secret_key = x` is `flask.Flask.secret_key.__set__(value)`.

import type { Span } from "../../python/module.ts";
import type { ArgumentValue, CallArguments, Frame } from "../frame.ts";
import type { ClassDefinition, Value } from "../values/value.ts";
import { checkSink } from "./sinks.ts";

/**
 * Lets rules and sinks see a value being written into an object of a library, or of a class derived from one.
 * `member` is `__setitem__`, or an attribute's name and `.__set__`; `target` is what is written to.
 */
export function noteWrite(
  frame: Frame,
  object: Value,
  member: string,
  positional: readonly ArgumentValue[],
  span: Span,
  target: Span,
): void {
  const { machine } = frame;
  const paths = writtenPaths(frame, object).map((path) => `${path}.${member}`);
  if (paths.length === 0) return;
  const given: CallArguments = {
    positional,
    keywords: new Map(),
    spread: undefined,
    keywordSpread: undefined,
    receiver: { value: object, span: target },
  };
  for (const path of paths) {
    for (const sink of machine.models.find(path)?.sinks ?? [])
      checkSink(frame, sink, path, given, span, target, true);
  }
  machine.recorder.recordCall(frame, {
    span,
    calleeSpan: target,
    paths,
    arguments: given,
  });
}

/** What a library calls the object: its type, its type's bases, or itself where it is a module or a class. */
function writtenPaths(frame: Frame, object: Value): readonly string[] {
  const { models, classes } = frame.machine;
  const paths: string[] = [];
  const add = (path: string): void => {
    for (const each of [models.canonical(path), ...models.basesOf(path)])
      if (!paths.includes(each)) paths.push(each);
  };
  for (const type of object.types) {
    const definition = classes.get(type);
    if (!definition) add(type);
    else for (const base of libraryBases(definition)) add(base);
  }
  for (const reference of object.references) if (reference.kind === "api") add(reference.path);
  return paths;
}

/** The classes of libraries that a class of the project is derived from, nearest first. */
export function libraryBases(definition: ClassDefinition): readonly string[] {
  const found: string[] = [];
  const seen = new Set<ClassDefinition>();
  const queue = [definition];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { references, types } of next.bases) {
      for (const reference of references) {
        if (reference.kind === "api") found.push(reference.path);
        else if (reference.kind === "class") queue.push(reference.definition);
      }
      found.push(...types);
    }
  }
  return found;
}
