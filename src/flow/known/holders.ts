// Python's own objects that hold something for somebody else: queues, context variables, the values of a
// thread, results of other threads; and functions that read a part of what they are given.
// https://docs.python.org/3/library/queue.html https://docs.python.org/3/library/contextvars.html
// https://docs.python.org/3/library/operator.html#operator.itemgetter

import { noArguments } from "../calls/arguments.ts";
import { callContainer } from "../data/container-methods.ts";
import { emptyObject, newObject, noteShared, readItem } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { joinValues, makeValue, soleString, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

/** Which end of a list the next one is taken from; of a queue with an order of its own, any. */
const queues: Readonly<Record<string, "popleft" | "pop" | "any">> = {
  "queue.Queue": "popleft",
  "queue.SimpleQueue": "popleft",
  "queue.LifoQueue": "pop",
  "queue.PriorityQueue": "any",
  "asyncio.Queue": "popleft",
  "asyncio.LifoQueue": "pop",
};

export const holderCalls: KnownCalls = new Map([
  ...Object.entries(queues).flatMap(([path, end]) => [
    [path, makeQueue] as const,
    ...["put", "put_nowait"].map((name) => [`${path}.${name}`, put] as const),
    ...["get", "get_nowait"].map(
      (name) => [`${path}.${name}`, (call: KnownCall) => take(call, end)] as const,
    ),
  ]),
  ...Object.entries({
    "contextvars.ContextVar": makeVariable,
    "contextvars.ContextVar.set": setVariable,
    "contextvars.ContextVar.get": getVariable,
    "threading.local": makeNamespace,
    "argparse.Namespace": makeNamespace,
    "os.getenv": readEnvironment,
    // The connection, and who is at its other end.
    "socket.socket.accept": () =>
      makeValue({ elements: [makeValue({ types: ["socket.socket"] }), makeValue({})] }),
    "concurrent.futures.Future.result": resultOfFuture,
    "concurrent.futures.as_completed": ({ given }: KnownCall) => given.positional[0]?.value,
    "operator.itemgetter": makeReader,
    "operator.attrgetter": makeReader,
    "operator.itemgetter.of": readByItem,
    "operator.attrgetter.of": readByName,
  }),
]);

/** What this run has put into the environment; the rest of it comes from outside. */
function readEnvironment({ frame, given }: KnownCall): Value | undefined {
  const key = soleString(given.positional[0]?.value ?? given.keywords.get("key")?.value);
  const environment = frame.state?.heap.get(frame.machine.sharedObject("os.environ"));
  return key === undefined ? undefined : environment?.entries.get(key);
}

function makeQueue({ frame, path }: KnownCall): Value {
  return newObject(frame, emptyObject("list"), [path]);
}

function put({ frame, receiver, given, span }: KnownCall): Value | undefined {
  const [item] = given.positional;
  if (!receiver || !item || receiver.objects.length === 0) return undefined;
  const only = { ...noArguments, positional: [item] };
  return callContainer(frame, "append", receiver, only, span);
}

function take(
  { frame, receiver, span }: KnownCall,
  end: "popleft" | "pop" | "any",
): Value | undefined {
  if (!receiver || receiver.objects.length === 0) return undefined;
  if (end === "any") return frame.machine.iterate(frame, receiver, span);
  return callContainer(frame, end, receiver, noArguments, span);
}

/** Where a context variable keeps its value: no attribute of Python's has such a name. */
const content = "(value)";

function makeVariable({ frame, path, given }: KnownCall): Value {
  const first = given.keywords.get("default")?.value;
  const entries = new Map(first ? [[content, first]] : []);
  return newObject(frame, { ...emptyObject("instance"), entries, isClosed: false }, [path]);
}

function setVariable({ frame, receiver, given }: KnownCall): Value | undefined {
  const [argument] = given.positional;
  if (!receiver || !argument || receiver.objects.length === 0) return undefined;
  for (const { id, object } of objectsOf(frame, receiver)) {
    noteShared(frame, id, argument.value);
    const entries = new Map([...object.entries, [content, argument.value]]);
    frame.state?.heap.set(id, { ...object, entries });
  }
  return makeValue({ types: ["contextvars.Token"] });
}

function getVariable({ frame, receiver }: KnownCall): Value | undefined {
  const held = receiver ? objectsOf(frame, receiver) : [];
  const values = held.flatMap(({ object }) => object.entries.get(content) ?? []);
  const [first, ...others] = values;
  return first && others.reduce(joinValues, first);
}

/** `SimpleNamespace(title=title)`, `threading.local()`: an object whose attributes are what was put there. */
function makeNamespace({ frame, path, given }: KnownCall): Value {
  const entries = new Map([...given.keywords].map(([name, { value }]) => [name, value] as const));
  const { keywordSpread } = given;
  const object = { ...emptyObject("instance"), entries, isClosed: false };
  const made = newObject(frame, object, [path]);
  return keywordSpread ? { ...made, labels: keywordSpread.labels } : made;
}

/** What the function gave that runs elsewhere. */
function resultOfFuture({ receiver }: KnownCall): Value | undefined {
  return receiver && { ...receiver, types: receiver.types.filter((type) => !isFuture(type)) };
}

function isFuture(type: string): boolean {
  return type === "concurrent.futures.Future";
}

/** `itemgetter("title")` is a function that reads this item of what it is given. */
function makeReader({ path, given }: KnownCall): Value | undefined {
  const keys = given.positional.map(({ value }) => value);
  if (keys.length === 0) return undefined;
  const callee = makeValue({
    references: [{ kind: "api", path: `${path}.of`, receiver: undefined }],
  });
  const positional = [makeValue({ elements: keys })];
  return makeValue({ references: [{ kind: "partial", callee, positional, keywords: new Map() }] });
}

function readByItem(call: KnownCall): Value | undefined {
  return readEach(call, (frame, object, key) => readItem(frame, object, key, call.span));
}

function readByName(call: KnownCall): Value | undefined {
  return readEach(call, (frame, object, key) => {
    const names = soleString(key)?.split(".") ?? [];
    const { machine } = frame;
    return names.reduce((at, name) => machine.readAttribute(frame, at, name, call.span), object);
  });
}

function readEach(
  { frame, given }: KnownCall,
  read: (frame: Frame, object: Value, key: Value) => Value,
): Value | undefined {
  const [keys, object] = given.positional.map(({ value }) => value);
  if (!keys?.elements || !object) return undefined;
  const values = keys.elements.map((key) => read(frame, object, key));
  const [only] = values;
  return values.length === 1 && only ? only : makeValue({ elements: values });
}
