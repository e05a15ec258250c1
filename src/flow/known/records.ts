// Python's own ways of making classes and objects with named fields.

import type { AnnotatedStatement } from "../../python/syntax.ts";
import { everyArgument, noArguments } from "../calls/arguments.ts";
import { deepLabels, makeCopy, writeItem } from "../data/containers.ts";
import { received } from "../data/records.ts";
import { objectsOf } from "../frame.ts";
import {
  type ClassDefinition,
  constantValue,
  labelledValue,
  makeValue,
  soleConstant,
  soleString,
  type Value,
} from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const recordCalls: KnownCalls = new Map(
  Object.entries({
    "ruamel.yaml.YAML": makeYaml,
    "jinja2.Environment": makeTemplates,
    "jinja2.Template": makeTemplates,
    "dataclasses.field": fieldDefault,
    "dataclasses.replace": replaceFields,
    "copy.replace": replaceFields,
    "collections.namedtuple": defineNamedTuple,
    "pydantic.BaseModel.model_validate": validateModel,
    "pydantic.BaseModel.model_validate_json": validateModel,
    "pydantic.BaseModel.parse_obj": validateModel,
    "pydantic.BaseModel.parse_raw": validateModel,
    "msgspec.json.decode": decodeStruct,
    "msgspec.convert": decodeStruct,
  }),
);

/** Only `YAML(typ="unsafe")` builds any object: a type of its own in the models. */
function makeYaml({ given }: KnownCall): Value {
  const type = soleString((given.keywords.get("typ") ?? given.positional[0])?.value);
  return makeValue({ types: [type === "unsafe" ? "ruamel.yaml.YAML.unsafe" : "ruamel.yaml.YAML"] });
}

/** Nothing is escaped unless somebody asks for it: https://jinja.palletsprojects.com/en/stable/api/#autoescaping */
function makeTemplates({ frame, path, given }: KnownCall): Value | undefined {
  const isAsked = given.keywords.get("autoescape")?.value;
  const isOff = !given.keywordSpread && (!isAsked || soleConstant(isAsked) === false);
  // What extends the environment may escape in its own way.
  if (!isOff || given.keywords.has("extensions")) return undefined;
  const name = soleString(given.positional[0]?.value) ?? "";
  const isPage = path !== "jinja2.Template" || /<\/?\w+/u.test(name);
  return isPage && frame.state ? makeValue({ types: [`${path}.unescaped`] }) : undefined;
}

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

/** `msgspec.json.decode(data, type=Book)`: a `Book`, whose numbers are numbers. */
function decodeStruct({ frame, path, given, span }: KnownCall): Value | undefined {
  const [data, second] = given.positional;
  const type = given.keywords.get("type") ?? (path.endsWith(".convert") ? second : undefined);
  const [reference] = type?.value.references ?? [];
  if (!data || reference?.kind !== "class") return undefined;
  const text = labelledValue(deepLabels(frame, data.value));
  return received(frame, frame.machine.instanceOf(reference.definition), text, span);
}
