// Calls of Python's own library whose meaning is more than a row in a model can say.

import { noArguments } from "../calls/arguments.ts";
import { noteImplicit } from "../calls/effects.ts";
import { joinAll, makeCopy } from "../data/containers.ts";
import { joinTexts, noteSameText, shown } from "../data/texts.ts";
import { knownWhenEmpty, negate } from "../guards/conditions.ts";
import { writeAttribute } from "../language/attributes.ts";
import { allBits } from "../models.ts";
import { textOf } from "../values/constants.ts";
import {
  constantValue,
  joinValues,
  labelledValue,
  makeValue,
  soleString,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { addressCalls } from "./addresses.ts";
import { applicationCalls } from "./applications.ts";
import { archiveCalls } from "./archives.ts";
import { bufferCalls } from "./buffers.ts";
import type { KnownCall, KnownCalls } from "./call.ts";
import { configCalls } from "./configs.ts";
import { containerCalls, listOf } from "./containers.ts";
import { decoderCalls } from "./encodings.ts";
import { formFieldCalls } from "./form-fields.ts";
import { holderCalls } from "./holders.ts";
import { parserCalls } from "./parsers.ts";
import { pathCalls } from "./paths.ts";
import { patternCalls } from "./patterns.ts";
import { recordCalls } from "./records.ts";
import { schemaCalls } from "./schemas.ts";
import { signatureCalls } from "./signatures.ts";
import { webargsCalls } from "./webargs.ts";

/** The type of the dict that `globals()` gives. */
export const namespace = "builtins.globals";

/** By API path; `undefined` as result leaves the call to its model. */
export const knownCalls: KnownCalls = new Map([
  ...containerCalls,
  ...pathCalls,
  ...patternCalls,
  ...recordCalls,
  ...decoderCalls,
  ...formFieldCalls,
  ...holderCalls,
  ...parserCalls,
  ...schemaCalls,
  ...signatureCalls,
  ...webargsCalls,
  ...addressCalls,
  ...archiveCalls,
  ...bufferCalls,
  ...configCalls,
  ...applicationCalls,
  ...Object.entries({
    isinstance: isInstance,
    bool: truth,
    len: length,
    str: toText,
    repr: toText,
    ascii: toText,
    bytes: toText,
    getattr: getAttribute,
    setattr: setAttribute,
    globals: () => makeValue({ types: [namespace] }),
    [`${namespace}.get`]: ({ given }: KnownCall) =>
      given.positional[0] && chosenFunction(given.positional[0].value),
    vars: ({ given }: KnownCall) => given.positional[0]?.value,
    super: superCall,
    "copy.copy": copy,
    "copy.deepcopy": copy,
    "typing.cast": ({ given }: KnownCall) => given.positional[1]?.value,
    "functools.partial": partial,
    "sqlalchemy.orm.sessionmaker": sessionMaker,
    "functools.wraps": () => makeValue({}),
    "functools.reduce": reduce,
    "contextlib.nullcontext": ({ given }: KnownCall) => given.positional[0]?.value,
    "contextlib.contextmanager": ({ given }: KnownCall) => given.positional[0]?.value,
    "contextlib.asynccontextmanager": ({ given }: KnownCall) => given.positional[0]?.value,
    "asyncio.gather": gather,
    "asyncio.get_event_loop": () => makeValue({ types: ["asyncio.AbstractEventLoop"] }),
    "asyncio.get_running_loop": () => makeValue({ types: ["asyncio.AbstractEventLoop"] }),
  }),
]);

/** `globals()[name]` with a name from outside: whoever calls it calls what the visitor chose. */
export function chosenFunction(name: Value): Value | undefined {
  if (name.labels.length === 0) return undefined;
  const references = [{ kind: "api", path: "globals.chosen", receiver: name } as const];
  return makeValue({ references });
}

/** `bool(x)` teaches what `x` itself teaches as a condition. */
function truth({ frame, given }: KnownCall): Value | undefined {
  const value = given.positional[0]?.value;
  return value && negate(frame, negate(frame, value));
}

/** `sessionmaker(engine, class_=AsyncSession)`: what it makes is told by its class, or by the engine. */
function sessionMaker({ frame, given }: KnownCall): Value | undefined {
  const { models } = frame.machine;
  const pathsOf = (value: Value | undefined): readonly string[] => [
    ...(value?.types ?? []),
    ...(value?.references ?? []).flatMap((each) =>
      each.kind === "api" ? [models.canonical(each.path)] : [],
    ),
  ];
  const made = given.keywords.get("class_")?.value;
  const engine = given.keywords.get("bind")?.value ?? given.positional[0]?.value;
  const isAsync = pathsOf(made).some((path) =>
    [path, ...models.basesOf(path)].includes("sqlalchemy.ext.asyncio.AsyncSession"),
  );
  if (isAsync || pathsOf(engine).includes("sqlalchemy.ext.asyncio.AsyncEngine"))
    return makeValue({ types: ["sqlalchemy.ext.asyncio.async_sessionmaker"] });
  return undefined;
}

function isInstance({ given }: KnownCall): Value {
  const subject = given.positional[0]?.value;
  const kinds = given.positional[1]?.value;
  const references = [kinds, ...(kinds?.elements ?? [])].flatMap(
    (value) => value?.references ?? [],
  );
  const names = references.map((reference) => (reference.kind === "api" ? reference.path : "?"));
  const isNumber = names.length > 0 && names.every((name) => numberTypes.has(name));
  const facts =
    subject && isNumber ? [{ symbol: subject.symbol, cleared: allBits, constants: undefined }] : [];
  return { ...makeValue({ types: ["bool"] }), implies: { whenTrue: facts, whenFalse: [] } };
}

const numberTypes = new Set([
  "int",
  "float",
  "bool",
  "complex",
  "decimal.Decimal",
  "uuid.UUID",
  "datetime.datetime",
  "datetime.date",
]);

function toText({ frame, path, given, span }: KnownCall): Value | undefined {
  const value = given.positional[0]?.value;
  if (!value) return constantValue("");
  const texts = value.constants?.map(textOf);
  if (texts?.every((text) => text !== undefined))
    return constantValue(...(texts as readonly string[]));
  const text = joinTexts(frame, [{ ...shown(frame, value, span), constants: undefined }]);
  if (path === "str" || path === "bytes") noteSameText(frame, text, value);
  return text;
}

function length({ frame, given, span }: KnownCall): Value | undefined {
  const value = given.positional[0]?.value;
  if (value) noteImplicit(frame, value, "__len__", span);
  if (value?.elements) return constantValue(value.elements.length);
  const whenFalse = value ? knownWhenEmpty(frame, value) : [];
  if (whenFalse.length > 0)
    return { ...makeValue({ types: ["int"] }), implies: { whenTrue: [], whenFalse } };
  const texts = value?.constants;
  if (!texts?.every((text) => typeof text === "string")) return undefined;
  return constantValue(...new Set(texts.map((text) => Array.from(text).length)));
}

function copy({ frame, path, given }: KnownCall): Value | undefined {
  const value = given.positional[0]?.value;
  return value && makeCopy(frame, value, path.endsWith("deepcopy") ? 4 : 1);
}

function getAttribute({ frame, given, span }: KnownCall): Value | undefined {
  const object = given.positional[0]?.value;
  const chosen = given.positional[1]?.value;
  const name = soleString(chosen);
  const fallback = given.positional[2]?.value;
  if (!object) return undefined;
  if (chosen && chosen.labels.length > 0) return chosenAttribute(object, chosen);
  if (name === undefined) return undefined;
  const value = frame.machine.readAttribute(frame, object, name, span);
  return fallback ? joinValues(value, fallback) : value;
}

/**
 * `getattr(object, name)` with a name from outside: whoever calls it calls what the visitor chose, see
 * `getattr.chosen` in the models. A name that begins with ours is one of a family of ours.
 */
function chosenAttribute(object: Value, name: Value): Value {
  // What is read is the object's own, whoever chose it.
  const { labels } = object;
  if (name.prefix !== undefined && name.prefix !== "") return labelledValue(labels);
  return labelledValue(labels, {
    references: [{ kind: "api", path: "getattr.chosen", receiver: name }],
  });
}

function setAttribute({ frame, given, span }: KnownCall): Value {
  const [object, name, value] = given.positional;
  const text = soleString(name?.value);
  if (object && value && text !== undefined)
    writeAttribute(frame, object.value, text, value.value, span);
  return constantValue(null);
}

/** `super()` inside a method: the same object, looked at from its bases. */
function superCall({ frame }: KnownCall): Value {
  const owner = frame.definition?.owner;
  const self = frame.definition?.parameters[0];
  const value = self && frame.state?.variables.get(self.name);
  if (!owner || !value) return unknownValue;
  const references = owner.bases.flatMap((base) => base.references);
  const members = references.map((reference) => {
    if (reference.kind === "class") return reference.definition.path;
    return reference.kind === "api" ? frame.machine.models.canonical(reference.path) : "";
  });
  return {
    ...makeValue({ types: members.filter((path) => path !== ""), objects: value.objects }),
    labels: value.labels,
    superOf: value,
  };
}

function partial({ given }: KnownCall): Value | undefined {
  const [callee, ...bound] = given.positional;
  if (!callee) return undefined;
  const keywords = new Map(
    [...given.keywords].map(([name, argument]) => [name, argument.value] as const),
  );
  return makeValue({
    references: [
      {
        kind: "partial",
        callee: callee.value,
        positional: bound.map((argument) => argument.value),
        keywords,
      },
    ],
  });
}

/** What it gives is a list of what each coroutine gave. */
function gather({ frame, given }: KnownCall): Value {
  const elements = given.positional.map((argument) => argument.value);
  if (given.spread) return listOf(frame, joinAll([...elements, given.spread]));
  return makeValue({ elements });
}

function reduce({ frame, given, span, calleeSpan }: KnownCall): Value | undefined {
  const [callee, iterable, initial] = given.positional;
  if (!callee || !iterable) return undefined;
  const element = frame.machine.iterate(frame, iterable.value, iterable.span);
  let result = initial?.value ?? element;
  for (let round = 0; round < 2 && frame.state; round += 1) {
    const positional = [result, element].map((value) => ({ value, span }));
    const next = frame.machine.call(
      frame,
      callee.value,
      { ...noArguments, positional },
      span,
      calleeSpan,
    );
    result = { ...joinValues(result, next), constants: undefined };
  }
  return result;
}
