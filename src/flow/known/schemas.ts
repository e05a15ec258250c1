// Schemas of Marshmallow: what a field checks is no text of the visitor's.
// https://marshmallow.readthedocs.io/en/stable/marshmallow.fields.html

import type { Expression } from "../../python/syntax.ts";
import { deepLabels, emptyObject, newObject } from "../data/containers.ts";
import { type ClassDefinition, labelledValue, makeValue, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const schemaCalls: KnownCalls = new Map([
  ["marshmallow.Schema.load", load],
  ["marshmallow.Schema.loads", load],
]);

/** A dict of what was given, in which the checked fields hold nothing from outside. */
function load({ frame, receiver, given }: KnownCall): Value | undefined {
  const data = given.positional[0] ?? given.keywords.get("data") ?? given.keywords.get("json_data");
  const definitions = (receiver?.types ?? []).flatMap(
    (type) => frame.machine.classes.get(type) ?? [],
  );
  const [definition] = definitions;
  if (!data || !definition) return undefined;
  const entries = new Map(checkedFields(definition).map((name) => [name, makeValue({})]));
  const { objects } = newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  return labelledValue(deepLabels(frame, data.value), { types: ["dict"], objects });
}

function checkedFields({ statement }: ClassDefinition): readonly string[] {
  return statement.body.flatMap((each) => {
    if (each.kind !== "assign" || !isChecked(each.value)) return [];
    return each.targets.flatMap((target) => (target.kind === "name" ? [target.id] : []));
  });
}

function isChecked(field: Expression): boolean {
  if (field.kind !== "call") return false;
  if (checkedTypes.test(lastName(field.callee))) return true;
  const validate = field.arguments.find(({ name }) => name === "validate")?.value;
  return validate?.kind === "call" && lastName(validate.callee) === "OneOf";
}

const checkedTypes =
  /^(?:Int|Integer|Float|Number|Decimal|Bool|Boolean|UUID|Date|DateTime|Time|TimeDelta|Enum|IP|IPv4|IPv6)$/u;

function lastName(expression: Expression): string {
  if (expression.kind === "name") return expression.id;
  return expression.kind === "attribute" ? expression.name : "";
}
