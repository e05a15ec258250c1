// Arguments of a request that webargs reads by a schema and hands to the function it decorates.
// https://webargs.readthedocs.io/en/latest/quickstart.html

import type { Span } from "../../python/module.ts";
import { noArguments } from "../calls/arguments.ts";
import { emptyObject, newObject } from "../data/containers.ts";
import type { ArgumentValue } from "../frame.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { constantValue, fromVisitor, makeValue, soleString, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";
import { checkedNames, isCheckedField } from "./schemas.ts";

const core = "webargs.core";

export const webargsCalls: KnownCalls = new Map(
  Object.entries({
    [`${core}.use_args`]: (call: KnownCall) => decorator(call, "args"),
    [`${core}.use_kwargs`]: (call: KnownCall) => decorator(call, "kwargs"),
    "flask_smorest.Blueprint.arguments": (call: KnownCall) => decorator(call, "args"),
    [`${core}.decorate`]: decorate,
    [`${core}.call`]: callDecorated,
    [`${core}.parse`]: ({ frame, given, span }: KnownCall) =>
      given.positional[0] && parsed(frame, given.positional[0].value, span),
  }),
);

function partOf(path: string, positional: readonly Value[]): Value {
  const callee = makeValue({ references: [{ kind: "api", path, receiver: undefined }] });
  return makeValue({ references: [{ kind: "partial", callee, positional, keywords: new Map() }] });
}

function decorator({ given }: KnownCall, way: "args" | "kwargs"): Value | undefined {
  const schema = (given.positional[0] ?? given.keywords.get("argmap"))?.value;
  if (!schema) return undefined;
  const asWords = given.keywords.get("as_kwargs")?.value.constants?.[0] === true;
  return partOf(`${core}.decorate`, [schema, constantValue(asWords ? "kwargs" : way)]);
}

function decorate({ given }: KnownCall): Value | undefined {
  const [schema, way, decorated] = given.positional;
  if (!schema || !way || !decorated) return undefined;
  return partOf(`${core}.call`, [decorated.value, schema.value, way.value]);
}

/** The function, with what was read behind the arguments it gets anyway, or as its own by name. */
function callDecorated({ frame, given, span, calleeSpan }: KnownCall): Value | undefined {
  const [decorated, schema, way, ...rest] = given.positional;
  if (!decorated || !schema || !way) return undefined;
  const values = parsed(frame, schema.value, decorated.span);
  const keywords = new Map<string, ArgumentValue>(given.keywords);
  const positional = [...rest];
  if (soleString(way.value) === "args") positional.push({ value: values, span });
  else
    for (const { object } of objectsOf(frame, values))
      for (const [name, value] of object.entries) keywords.set(name, { value, span });
  const handed = { ...noArguments, positional, keywords };
  return frame.machine.call(frame, decorated.value, handed, span, calleeSpan);
}

/** What the visitor sent, by the schema's fields; those that are checked hold nothing of it. */
function parsed(frame: Frame, schema: Value, span: Span): Value {
  const value = fromVisitor("http-parameter", span, ["dict"]);
  const entries = new Map<string, Value>();
  for (const [name, isChecked] of fieldsOf(frame, schema))
    entries.set(name, isChecked ? makeValue({}) : fromVisitor("http-parameter", span, ["str"]));
  const { objects } = newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  return { ...value, objects };
}

function fieldsOf(frame: Frame, schema: Value): ReadonlyMap<string, boolean> {
  const fields = new Map<string, boolean>();
  for (const { object } of objectsOf(frame, schema))
    for (const [name, field] of object.kind === "dict" ? object.entries : [])
      fields.set(name, isCheckedField(field));
  const classes = schema.references.flatMap((reference) =>
    reference.kind === "class" ? [reference.definition] : [],
  );
  const made = schema.types.flatMap((type) => frame.machine.classes.get(type) ?? []);
  for (const definition of [...classes, ...made])
    for (const [name, isChecked] of checkedNames(definition)) fields.set(name, isChecked);
  return fields;
}
