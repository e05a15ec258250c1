// Python's own ways of making classes and objects with named fields.

import type { AnnotatedStatement } from "../python/syntax.ts";
import { everyArgument, noArguments } from "./arguments.ts";
import { anyItem, deepLabels, emptyObject, makeCopy, newObject, writeItem } from "./containers.ts";
import { objectsOf } from "./frame.ts";
import type { KnownCall, KnownCalls } from "./known-call.ts";
import { received } from "./records.ts";
import {
  type ClassDefinition,
  constantValue,
  labelledValue,
  makeValue,
  soleString,
  type Value,
} from "./value.ts";

export const recordCalls: KnownCalls = new Map(
  Object.entries({
    "dataclasses.field": fieldDefault,
    "dataclasses.replace": replaceFields,
    "copy.replace": replaceFields,
    "collections.namedtuple": defineNamedTuple,
    "pydantic.BaseModel.model_validate": validateModel,
    "pydantic.BaseModel.model_validate_json": validateModel,
    "pydantic.BaseModel.parse_obj": validateModel,
    "pydantic.BaseModel.parse_raw": validateModel,
    "argparse.ArgumentParser": makeParser,
    "argparse.ArgumentParser.add_argument": addArgument,
    "argparse.ArgumentParser.parse_args": parseArguments,
  }),
);

function fieldDefault({ frame, given, span, calleeSpan }: KnownCall): Value | undefined {
  const factory = given.keywords.get("default_factory");
  if (factory) return frame.machine.call(frame, factory.value, noArguments, span, calleeSpan);
  return given.keywords.get("default")?.value;
}

/** A copy with some fields changed. */
function replaceFields({ frame, given }: KnownCall): Value | undefined {
  const [object] = given.positional;
  if (!object || object.value.objects.length === 0) return undefined;
  const copy = makeCopy(frame, object.value, 1);
  for (const [name, argument] of given.keywords)
    writeItem(frame, copy, constantValue(name), argument.value);
  return copy;
}

/** `namedtuple("Book", ["title", "shelf"])` is the class that one would write with `NamedTuple`. */
function defineNamedTuple({ frame, given, span }: KnownCall): Value | undefined {
  const name = soleString(given.positional[0]?.value);
  const fields = given.positional[1]?.value;
  if (name === undefined || !fields) return undefined;
  const text = soleString(fields);
  const listed = fields.elements ?? objectsOf(frame, fields)[0]?.object.items ?? [];
  const names =
    text === undefined
      ? listed.map((value) => soleString(value))
      : text.split(/[\s,]+/u).filter((word) => word !== "");
  const at = { start: span.start, end: span.end };
  const body = names.map(
    (id): AnnotatedStatement => ({
      ...at,
      kind: "annotated",
      target: { ...at, kind: "name", id: id ?? "" },
      annotation: { ...at, kind: "unknown" },
      value: undefined,
    }),
  );
  const qualifiedName = [...frame.qualifiers, name].join(".");
  const base = { kind: "api", path: "typing.NamedTuple", receiver: undefined } as const;
  const definition: ClassDefinition = {
    kind: "class",
    path: `${frame.module.name}.${qualifiedName}`,
    qualifiedName,
    module: frame.module,
    statement: {
      ...at,
      kind: "class",
      name,
      nameStart: span.start,
      arguments: [],
      decorators: [],
      body,
    },
    bases: [makeValue({ references: [base] })],
    attributes: new Map(),
    setters: new Map(),
  };
  frame.machine.classes.set(definition.path, definition);
  return makeValue({ references: [{ kind: "class", definition }] });
}

/** `Book.model_validate(data)`: a `Book`, whose numbers are numbers. */
function validateModel({ frame, receiver, given, span }: KnownCall): Value | undefined {
  for (const reference of receiver?.references ?? []) {
    if (reference.kind !== "class") continue;
    const labels = everyArgument(given).flatMap((value) => deepLabels(frame, value));
    const type = frame.machine.instanceOf(reference.definition);
    return received(frame, type, labelledValue(labels), span);
  }
  return undefined;
}

function makeParser({ frame }: KnownCall): Value {
  return newObject(frame, { ...emptyObject("instance"), isClosed: false }, [
    "argparse.ArgumentParser",
  ]);
}

/** An argument that is a number, or one of our own words, is nothing that a user could write freely. */
function addArgument({ frame, receiver, given }: KnownCall): Value | undefined {
  const type = given.keywords.get("type")?.value.references[0];
  const isNumber = type?.kind === "api" && ["int", "float"].includes(type.path);
  const isOurs = isNumber || given.keywords.has("choices");
  const names = given.positional.flatMap((argument) => soleString(argument.value) ?? []);
  const long = names.find((name) => name.startsWith("--")) ?? names[0];
  const name =
    soleString(given.keywords.get("dest")?.value) ?? long?.replace(/^-+/u, "").replaceAll("-", "_");
  if (receiver && isOurs && name !== undefined) {
    const value = makeValue({ types: isNumber ? [type.path] : [] });
    writeItem(frame, receiver, constantValue(name), value);
  }
  return undefined;
}

function parseArguments({ frame, path, receiver, span }: KnownCall): Value | undefined {
  const concept = frame.machine.models.find(path)?.callSource;
  const [parser] = receiver ? objectsOf(frame, receiver) : [];
  if (concept === undefined || !parser || !anyItem(parser.object)) return undefined;
  const label = { source: { concept, span }, via: [], cleared: 0, steps: undefined, hops: 0 };
  const value = labelledValue([label], { types: ["argparse.Namespace"] });
  return { ...value, objects: newObject(frame, parser.object).objects };
}
