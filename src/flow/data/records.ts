// Classes whose fields are their arguments: dataclasses, named tuples, models of Pydantic. A model of Pydantic
// checks what it is given: its numbers are numbers, its literals and enumerations are ours.

import type { Module, Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import { isConstrained, throughValidators } from "../entry-points/constraints.ts";
import { type CallArguments, type Frame, objectsOf } from "../frame.ts";
import { attrsField, checkedFormField } from "../known/form-fields.ts";
import { inheritsFrom, lookUpMember } from "../language/attributes.ts";
import { bake } from "../values/state.ts";
import {
  type ClassDefinition,
  labelledValue,
  labelsOf,
  makeValue,
  ownValue,
  type Value,
} from "../values/value.ts";
import { emptyObject, newObject } from "./containers.ts";

export interface RecordField {
  readonly name: string;
  readonly annotation: Expression;
  /** What stands behind `=`: a default, or `Field(...)`. */
  readonly default: Expression | undefined;
  readonly module: Module;
}

/** The annotated names of a class and of its bases, in the order in which arguments are given. */
export function fieldsOf(definition: ClassDefinition, seen = 0): readonly RecordField[] {
  const fields = new Map<string, RecordField>();
  if (seen < 20) {
    for (const base of definition.bases) {
      for (const reference of base.references) {
        if (reference.kind !== "class") continue;
        for (const field of fieldsOf(reference.definition, seen + 1)) fields.set(field.name, field);
      }
    }
  }
  for (const statement of definition.statement.body) {
    // `name = attrs.field(...)`
    const [target] = statement.kind === "assign" ? statement.targets : [];
    if (target?.kind === "name" && isAttrs(definition.attributes.get(target.id))) {
      const { id: name, start, end } = target;
      const annotation = { kind: "unknown", start, end } as const;
      fields.set(name, { name, annotation, default: undefined, module: definition.module });
    }
    if (statement.kind !== "annotated" || statement.target.kind !== "name") continue;
    const { id: name } = statement.target;
    const { annotation, value } = statement;
    fields.set(name, { name, annotation, default: value, module: definition.module });
  }
  return [...fields.values()];
}

function isAttrs(value: Value | undefined): boolean {
  return value?.types.includes(attrsField) ?? false;
}

/** Makes an instance of a class that has no `__init__` of its own. */
export function makeRecord(
  frame: Frame,
  definition: ClassDefinition,
  given: CallArguments,
  span: Span,
): Value {
  const entries = new Map<string, Value>();
  const isChecked = isPydantic(frame, definition);
  const check = (field: RecordField | undefined, value: Value): Value => {
    const own = field && definition.attributes.get(field.name);
    if (isAttrs(own) && own?.types.includes(checkedFormField)) return makeValue({ types: ["str"] });
    return field && isChecked ? checked(frame, definition, field, value, span) : value;
  };
  const fields = fieldsOf(definition);
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const [name, argument] of given.keywords)
    entries.set(name, check(byName.get(name), argument.value));
  for (const [index, argument] of given.positional.entries()) {
    const field = fields[index];
    if (field) entries.set(field.name, check(field, argument.value));
  }
  const labels = labelsOf(given.spread, given.keywordSpread);
  if (labels.length > 0 && isChecked) {
    for (const field of fields) {
      if (!entries.has(field.name)) {
        const value = check(field, labelledValue(labels, { types: ["str"] }));
        if (value.labels.length === 0) entries.set(field.name, value);
      }
    }
  }
  const isTuple = inheritsFrom(frame, definition, "typing.NamedTuple");
  const values = fields.map((field) => entries.get(field.name));
  const items = isTuple ? values.filter((value) => value !== undefined) : undefined;
  const instance = newObject(
    frame,
    { ...emptyObject("instance"), items, entries, isClosed: false },
    [definition.path],
  );
  const self = labels.length > 0 ? { ...instance, labels } : instance;
  runPostInit(frame, definition, self, span);
  return self;
}

/** A value of the visitor's as a field or parameter of this type receives it. */
export function received(
  frame: Frame,
  type: Value | undefined,
  value: Value,
  span: Span,
  depth = 0,
): Value {
  if (!type) return value;
  if (isHarmlessType(frame, type)) return type;
  for (const name of type.types) {
    const definition = frame.machine.classes.get(name);
    if (definition) return receivedRecord(frame, definition, value, span, depth);
  }
  const [held] = objectsOf(frame, type);
  if (held?.object.kind === "list" && held.object.rest && depth < 4) {
    const rest = received(frame, held.object.rest, value, span, depth + 1);
    return newObject(frame, { ...emptyObject("list"), items: undefined, rest });
  }
  return type.types.length > 0 ? { ...value, types: type.types } : value;
}

/** A record that is filled by the visitor: what its fields' types do not rule out is from outside. */
function receivedRecord(
  frame: Frame,
  definition: ClassDefinition,
  value: Value,
  span: Span,
  depth: number,
): Value {
  const entries = new Map<string, Value>();
  for (const field of depth < 4 ? fieldsOf(definition) : []) {
    const part = checked(frame, definition, field, value, span, depth + 1);
    if (part !== value) entries.set(field.name, part);
  }
  const object = newObject(frame, { ...emptyObject("instance"), entries, isClosed: false }, [
    definition.path,
  ]);
  return { ...value, types: [definition.path], objects: object.objects };
}

/** What a field keeps of what it is given: by its type, and by its validators. */
function checked(
  frame: Frame,
  definition: ClassDefinition,
  field: RecordField,
  value: Value,
  span: Span,
  depth = 0,
): Value {
  const inner: Frame = {
    ...frame,
    module: field.module,
    definition: undefined,
    closure: undefined,
  };
  const type = frame.machine.annotated(inner, field.annotation);
  if (isConstrained(inner, field.annotation, field.default)) return makeValue({ types: ["str"] });
  const isText = !type || (type.types.length <= 1 && (type.types[0] ?? "str") === "str");
  const part = isText && !type?.constants ? value : received(frame, type, value, span, depth);
  const kept =
    value.labels.length > 0 ? throughValidators(inner, field.annotation, part, span) : part;
  frame.state = inner.state;
  return validated(frame, definition, field.name, kept, span);
}

/** Runs the functions under `@field_validator("name")`: they raise, or give what is kept. */
function validated(
  frame: Frame,
  definition: ClassDefinition,
  field: string,
  value: Value,
  span: Span,
): Value {
  let result = value;
  for (const statement of definition.statement.body) {
    if (statement.kind !== "function" || !frame.state) continue;
    const isFor = statement.decorators.some(
      (decorator) =>
        decorator.kind === "call" &&
        /(?:^|\.)(?:field_)?validator$/u.test(nameOf(decorator.callee)) &&
        decorator.arguments.some(
          (argument) => argument.value.kind === "string" && argument.value.value === field,
        ),
    );
    const method = isFor ? definition.attributes.get(statement.name) : undefined;
    if (!method) continue;
    const self = makeValue({ references: [{ kind: "class", definition }] });
    const references = method.references.map((reference) =>
      reference.kind === "function" ? { ...reference, self } : reference,
    );
    // The field is a value of its own: what its validator finds out is not true of its neighbours.
    const own = result === value ? ownValue(value) : result;
    const given = {
      positional: [{ value: own, span }],
      keywords: new Map(),
      spread: undefined,
      keywordSpread: undefined,
    };
    const before = frame.state;
    const kept = frame.machine.call(frame, makeValue({ references }), given, span, span);
    if (frame.state) result = bake(kept, frame.state);
    else frame.state = before;
  }
  return result;
}

function runPostInit(frame: Frame, definition: ClassDefinition, self: Value, span: Span): void {
  const method = lookUpMember(frame, definition, "__post_init__");
  if (!method || !frame.state) return;
  const references = method.references.map((reference) =>
    reference.kind === "function" ? { ...reference, self } : reference,
  );
  const none = { positional: [], keywords: new Map(), spread: undefined, keywordSpread: undefined };
  frame.machine.call(frame, makeValue({ references }), none, span, span);
}

export function isPydantic(frame: Frame, definition: ClassDefinition): boolean {
  return pydanticBases.some((path) => inheritsFrom(frame, definition, path));
}

const pydanticBases = [
  "pydantic.BaseModel",
  "pydantic.v1.BaseModel",
  "pydantic_settings.BaseSettings",
];

export function isEnum(frame: Frame, definition: ClassDefinition): boolean {
  return enumBases.some((path) => inheritsFrom(frame, definition, path));
}

const enumBases = ["enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"];

/** Numbers, dates, identifiers, literals and enumerations: no text of the visitor's. */
export function isHarmlessType(frame: Frame, type: Value): boolean {
  if (type.constants && type.constants.length > 0) return true;
  return (
    type.types.length > 0 &&
    type.types.every((name) => {
      const definition = frame.machine.classes.get(name);
      return definition ? isEnum(frame, definition) : harmlessTypes.has(name);
    })
  );
}

const harmlessTypes: ReadonlySet<string> = new Set([
  ...["int", "float", "bool", "complex", "uuid", "uuid.UUID", "UUID", "decimal.Decimal"],
  ...["datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta"],
  ...["ipaddress.IPv4Address", "ipaddress.IPv4Network"],
  ...["pydantic.PositiveInt", "pydantic.NonNegativeInt", "pydantic.PositiveFloat"],
  ...["pydantic.UUID4", "pydantic.UUID1", "pydantic.StrictInt", "pydantic.StrictBool"],
]);

function nameOf(expression: Expression): string {
  if (expression.kind === "name") return expression.id;
  return expression.kind === "attribute" ? expression.name : "";
}
