// Fields that some method sets after the object was made: what `__init__` put there first says nothing of
// what another method finds.

import type { Expression, Statement } from "../../python/syntax.ts";
import type { ClassDefinition, HeapObject, Value } from "../values/value.ts";
import { blocksOf } from "./definitions.ts";

const makers: ReadonlySet<string> = new Set(["__init__", "__new__", "__post_init__"]);

/** Whether a method of this name fills an object while it is made. */
export function isMaker(name: string): boolean {
  return makers.has(name);
}

/** An object as a method finds it that is called some time after the object was made. */
export function asFoundLater(object: HeapObject, definition: ClassDefinition): HeapObject {
  const unstable = unstableFields(definition);
  if (unstable.size === 0) return object;
  const entries = new Map(object.entries);
  for (const name of unstable) {
    const value = entries.get(name) ?? definition.attributes.get(name);
    if (value?.constants) entries.set(name, withoutConstants(value));
  }
  return { ...object, entries };
}

function withoutConstants(value: Value): Value {
  return { ...value, constants: undefined, implies: undefined };
}

const known = new WeakMap<ClassDefinition, ReadonlySet<string>>();

/** Names of the fields that the class's methods, or those of its bases, assign outside of `__init__`. */
function unstableFields(definition: ClassDefinition): ReadonlySet<string> {
  const before = known.get(definition);
  if (before) return before;
  const names = new Set<string>();
  known.set(definition, names);
  for (const statement of definition.statement.body) {
    if (statement.kind !== "function" || makers.has(statement.name)) continue;
    const self = statement.parameters[0]?.name;
    if (self !== undefined) collect(statement.body, self, names);
  }
  for (const { references } of definition.bases) {
    for (const reference of references) {
      if (reference.kind !== "class") continue;
      for (const name of unstableFields(reference.definition)) names.add(name);
    }
  }
  return names;
}

function collect(statements: readonly Statement[], self: string, names: Set<string>): void {
  for (const statement of statements) {
    for (const target of targetsOf(statement)) {
      if (target.kind === "tuple" || target.kind === "list")
        for (const element of target.elements) addField(element, self, names);
      else addField(target, self, names);
    }
    for (const block of blocksOf(statement)) collect(block, self, names);
  }
}

function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === "assign") return statement.targets;
  if (statement.kind === "augmented" || statement.kind === "annotated") return [statement.target];
  return [];
}

function addField(target: Expression, self: string, names: Set<string>): void {
  if (target.kind !== "attribute" || target.object.kind !== "name") return;
  if (target.object.id === self) names.add(target.name);
}
