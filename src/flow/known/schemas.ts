// Schemas of Marshmallow: what a field checks is no text of the visitor's.
// https://marshmallow.readthedocs.io/en/stable/marshmallow.fields.html

import type { Expression } from "../../python/syntax.ts";
import { deepLabels, emptyObject, newObject } from "../data/containers.ts";
import { isSafePattern } from "../guards/safe-pattern.ts";
import {
  type ClassDefinition,
  labelledValue,
  makeValue,
  soleString,
  type Value,
} from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

/** Fields whose type checks nothing that keeps a text from being dangerous. */
const textFields = ["Str", "String", "Raw", "Field", "Email", "Url", "URL"].map(
  (name) => `marshmallow.fields.${name}`,
);
const checkedText = "marshmallow.fields.checked";
const safePattern = "marshmallow.validate.Regexp.safe";

export const schemaCalls: KnownCalls = new Map([
  ["marshmallow.Schema.load", load],
  ["marshmallow.Schema.loads", load],
  ["marshmallow.validate.Regexp", makePattern],
  ...textFields.map((path) => [path, makeField] as const),
]);

function makePattern({ given }: KnownCall): Value | undefined {
  const pattern = soleString((given.positional[0] ?? given.keywords.get("regex"))?.value);
  const isSafe = pattern !== undefined && isSafePattern(pattern, "start");
  return isSafe ? makeValue({ types: [safePattern] }) : undefined;
}

/** A field of text is as good as what validates it. */
function makeField({ path, given }: KnownCall): Value {
  const types = given.keywords.get("validate")?.value.types ?? [];
  const isChecked = types.some(
    (type) => type === "marshmallow.validate.OneOf" || type === safePattern,
  );
  return makeValue({ types: [isChecked ? checkedText : path] });
}

/** Whether a field, as a value, lets nothing dangerous through. */
export function isCheckedField(field: Value): boolean {
  return field.types.some((type) => type === checkedText || checkedTypes.test(lastPart(type)));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** The fields of a schema, and whether each is checked. */
export function checkedNames({ statement }: ClassDefinition): ReadonlyMap<string, boolean> {
  return new Map(
    statement.body.flatMap((each) => {
      if (each.kind !== "assign" || each.value.kind !== "call") return [];
      const isSafe = isChecked(each.value);
      return each.targets.flatMap((target) =>
        target.kind === "name" ? [[target.id, isSafe] as const] : [],
      );
    }),
  );
}

/** A dict of what was given, in which the checked fields hold nothing from outside. */
function load({ frame, receiver, given }: KnownCall): Value | undefined {
  const data = given.positional[0] ?? given.keywords.get("data") ?? given.keywords.get("json_data");
  const definitions = (receiver?.types ?? []).flatMap(
    (type) => frame.machine.classes.get(type) ?? [],
  );
  const [definition] = definitions;
  if (!data || !definition) return undefined;
  const entries = new Map(
    [...checkedNames(definition)].flatMap(([name, isSafe]) =>
      isSafe ? [[name, makeValue({})] as const] : [],
    ),
  );
  const { objects } = newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  return labelledValue(deepLabels(frame, data.value), { types: ["dict"], objects });
}

function isChecked(field: Expression): boolean {
  if (field.kind !== "call") return false;
  if (checkedTypes.test(lastName(field.callee))) return true;
  const validate = field.arguments.find(({ name }) => name === "validate")?.value;
  if (validate?.kind !== "call") return false;
  if (lastName(validate.callee) === "OneOf") return true;
  const [pattern] = validate.arguments;
  return (
    lastName(validate.callee) === "Regexp" &&
    pattern?.value.kind === "string" &&
    isSafePattern(pattern.value.value, "start")
  );
}

const checkedTypes =
  /^(?:Int|Integer|Float|Number|Decimal|Bool|Boolean|UUID|Date|DateTime|Time|TimeDelta|Enum|IP|IPv4|IPv6)$/u;

function lastName(expression: Expression): string {
  if (expression.kind === "name") return expression.id;
  return expression.kind === "attribute" ? expression.name : "";
}
