// Where a value must not be from outside: every label that gets here is told.

import type { Span } from "../../python/module.ts";
import { deepLabels, keysOf, readItem } from "../data/containers.ts";
import { type ArgumentValue, type CallArguments, type Frame, objectsOf } from "../frame.ts";
import { pathBits } from "../guards/path-facts.ts";
import type { ModelParameter, Models, SinkModel } from "../models.ts";
import { clearedBits } from "../values/state.ts";
import { constantValue, type Label, labelsOf, soleString, type Value } from "../values/value.ts";
import { conditionMayHold, markedArguments } from "./arguments.ts";

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
  if (!frame.state || !conditionMayHold(frame, sink.signature, given)) return;
  const { models } = frame.machine;
  // What takes a file as well as its path opens nothing that a file's content names.
  const concept = sink.concept === "path-or-file" ? "path" : sink.concept;
  const bit = models.bitOfSink(concept);
  for (const { parameter, argument } of markedArguments(sink.signature, given)) {
    const value = partOf(frame, parameter, argument);
    if (!value || (concept !== sink.concept && !isPath(value))) continue;
    if (isTyped && value.constants) {
      frame.machine.recorder.recordConstant({
        concept,
        path,
        constants: value.constants,
        call: span,
        callee: calleeSpan,
        argument: argument.span,
        given,
        definition: frame.definition,
      });
    }
    // What the code at hand has serialised is as harmless as what it was made of.
    const isOwn = concept === "deserialize" && value.encodes !== undefined;
    const isFixed = isOwn || isFixedByPrefix(concept, value.prefix);
    frame.machine.observer?.arrived(frame, {
      concept,
      path,
      call: span,
      parameter: parameter.name,
      argument: { ...argument, value },
      isFixed,
    });
    if (isFixed) continue;
    // An archive whose members' names were all looked at.
    const isLookedAt = (frame.state.facts.get(value.symbol)?.cleared ?? 0) & pathBits(frame);
    if (concept === "archive" && isLookedAt) continue;
    for (const label of reaching(frame, concept, value, given)) {
      const cleared = clearedBits(label, frame.state);
      if ((cleared & bit) !== 0) continue;
      if (concept === "redirect" && isOwnPage(models, cleared)) continue;
      frame.machine.recorder.recordFlow({
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

/** A text, or made to be a path: what comes in an address, a header or a cookie is text. */
function isPath({ types, labels }: Value): boolean {
  return (
    types.some((type) => type === "str" || type.startsWith("pathlib.")) ||
    (types.length === 0 &&
      labels.every(({ source }) => /^http-(?:parameter|path|header|cookie)$/u.test(source.concept)))
  );
}

/** The labels that get to a sink with a value: those of everything in it, unless it is only shown. */
function reaching(
  frame: Frame,
  concept: string,
  value: Value,
  given: CallArguments,
): readonly Label[] {
  const isContainer = value.objects.length > 0 || value.elements !== undefined;
  // A query made of objects is as deep as what it asks.
  if (concept !== "log" || !isContainer)
    return deepLabels(frame, value, concept === "nosql" ? 6 : 2);
  // A log shows a list or dict as Python does, its texts in quotes; but `%(name)s` takes one text out of it.
  const isByName = given.positional.some((argument) =>
    argument.value.constants?.some((text) => typeof text === "string" && text.includes("%(")),
  );
  const items = isByName
    ? objectsOf(frame, value).flatMap(({ object }) => [...object.entries])
    : [];
  return labelsOf(...items.flatMap(([, item]) => (isPlain(item) ? [item] : [])));
}

function isPlain({ objects, elements }: Value): boolean {
  return objects.length === 0 && !elements;
}

/** `/home`, but not `//other.example`: a page of the same host. */
export function isOwnPage(models: Models, cleared: number): boolean {
  return (cleared & models.bit("rooted")) !== 0 && (cleared & models.bit("one-slash")) !== 0;
}

/** The part of an argument that a row marks; `undefined` where it has none. */
function partOf(
  frame: Frame,
  { element, isOfKeys, spread }: ModelParameter,
  { value, span }: ArgumentValue,
): Value | undefined {
  if (isOfKeys && spread === "") return keysOf(frame, value);
  if (element === undefined) return value;
  const isText = value.constants || (value.objects.length === 0 && !value.elements);
  if (element === "script") return isText ? undefined : scriptOf(frame, value, span);
  if (typeof element === "string" && isText) return undefined;
  return isText ? value : readItem(frame, value, constantValue(element), span);
}

/** Of `["sh", "-c", script]` the script. */
function scriptOf(frame: Frame, value: Value, span: Span): Value | undefined {
  const item = (position: number): Value => readItem(frame, value, constantValue(position), span);
  const isShell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k|a)?sh$/u.test(soleString(item(0)) ?? "");
  return isShell && /^-[a-z]*c$/u.test(soleString(item(1)) ?? "") ? item(2) : undefined;
}

/** A scheme, a host and the slash that ends it: what follows cannot choose another host. */
export function fixesHost(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#\\@]+|\uFFFC[^/?#\\@:]*)[/?#]/iu.test(text);
}

/** Where the constant beginning of an address says where it leads, the rest is of no matter. */
export function isFixedByPrefix(concept: string, prefix: string | undefined): boolean {
  if (prefix === undefined || (concept !== "url" && concept !== "redirect")) return false;
  // `/` alone is no fixed beginning: `//host` is another host.
  return fixesHost(prefix) || /^\/[^/\\]/u.test(prefix);
}
