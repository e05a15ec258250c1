// `io.StringIO` and `io.BytesIO`: what is written is read again.
// https://docs.python.org/3/library/io.html#io.StringIO

import { emptyObject, newObject } from "../data/containers.ts";
import { joinTexts, shown } from "../data/texts.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { constantValue, joinValues, unknownValue, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

const buffers = ["io.StringIO", "io.BytesIO"];

export const bufferCalls: KnownCalls = new Map(
  buffers.flatMap((buffer) => [
    [buffer, makeBuffer] as const,
    [`${buffer}.write`, writeText] as const,
    [`${buffer}.writelines`, writeText] as const,
    [`${buffer}.truncate`, truncate] as const,
    ...["getvalue", "getbuffer", "read", "readline"].map(
      (name) => [`${buffer}.${name}`, readText] as const,
    ),
  ]),
);

/** Where a buffer keeps its text: no attribute of Python's has such a name. */
const content = "(text)";

function makeBuffer({ frame, path, given }: KnownCall): Value {
  const [initial] = given.positional;
  const text = initial?.value ?? given.keywords.get("initial_value")?.value ?? constantValue("");
  const entries = new Map([[content, asContent(frame, text)]]);
  return newObject(frame, { ...emptyObject("instance"), entries, isClosed: false }, [path]);
}

/** A file's content: whoever is given the buffer instead of a path opens no other file. */
function asContent(frame: Frame, text: Value): Value {
  if (text.labels.length === 0) return text;
  const bit = frame.machine.models.bit("path");
  const labels = text.labels.map((label) => ({ ...label, cleared: label.cleared | bit }));
  return { ...text, labels };
}

function writeText({ frame, receiver, given, path, span }: KnownCall): Value | undefined {
  const [argument] = given.positional;
  if (!receiver || !argument) return undefined;
  const written = path.endsWith("writelines")
    ? frame.machine.iterate(frame, argument.value, span)
    : argument.value;
  const added = shown(frame, written, span);
  const held = objectsOf(frame, receiver);
  for (const { id, object } of held) {
    const before = object.entries.get(content) ?? unknownValue;
    const after = joinTexts(frame, [before, added]);
    const text = asContent(frame, held.length === 1 ? after : joinValues(before, after));
    frame.state?.heap.set(id, {
      ...object,
      entries: new Map([...object.entries, [content, text]]),
    });
  }
  return unknownValue;
}

/** `truncate(0)` empties it; any other size keeps some of it. */
function truncate({ frame, receiver, given }: KnownCall): Value | undefined {
  if (!receiver || given.positional[0]?.value.constants?.[0] !== 0) return undefined;
  const held = objectsOf(frame, receiver);
  for (const { id, object } of held.length === 1 ? held : []) {
    const entries = new Map([...object.entries, [content, constantValue("")]]);
    frame.state?.heap.set(id, { ...object, entries });
  }
  return unknownValue;
}

function readText({ frame, receiver }: KnownCall): Value | undefined {
  const texts = receiver
    ? objectsOf(frame, receiver).flatMap(({ object }) => object.entries.get(content) ?? [])
    : [];
  const [first, ...others] = texts;
  const text = first && others.reduce(joinValues, first);
  if (!text || text.labels.length === 0) return text;
  // The text itself may name a file again.
  const bit = frame.machine.models.bit("path");
  return {
    ...text,
    labels: text.labels.map((label) => ({ ...label, cleared: label.cleared & ~bit })),
  };
}
