// What an annotation says of a value: `Session`, `Optional[Session]`, `"Session"`, `Annotated[Session, ...]`.
// https://docs.python.org/3/library/typing.html

import type { Module } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import { newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { constantValue, makeValue, type Value } from "../values/value.ts";
import { importedValue } from "./imports.ts";

/** A value of the annotated type; `undefined` where the annotation says nothing that is known. */
export function annotatedValue(frame: Frame, annotation: Expression, depth = 0): Value | undefined {
  if (depth > 6 || !frame.state) return undefined;
  switch (annotation.kind) {
    case "name":
    case "attribute": {
      const named = namedType(frame, annotation);
      if (named) return named;
      const alias = typeAlias(frame, annotation);
      return alias && annotatedValue(frameIn(frame, alias.module), alias.expression, depth + 1);
    }
    case "string": {
      const parts = annotation.value.trim().split(".");
      if (!parts.every((part) => /^[A-Za-z_]\w*$/u.test(part))) return undefined;
      const [first = "", ...rest] = parts;
      let expression: Expression = {
        kind: "name",
        start: annotation.start,
        end: annotation.end,
        id: first,
      };
      for (const name of rest)
        expression = {
          kind: "attribute",
          start: annotation.start,
          end: annotation.end,
          object: expression,
          name,
        };
      return annotatedValue(frame, expression, depth + 1);
    }
    case "binary":
      if (annotation.operator !== "|") return undefined;
      return anyOf(frame, [annotation.left, annotation.right], depth);
    case "subscript":
      return genericValue(frame, annotation.object, annotation.index, depth);
    default:
      return undefined;
  }
}

/** The right side of `Alias = ...`, here or in the file the name comes from. */
export function typeAlias(
  frame: Frame,
  name: Expression,
  depth = 0,
): { readonly module: Module; readonly expression: Expression } | undefined {
  if (depth > 5) return undefined;
  if (name.kind === "attribute") {
    const object = frame.state ? frame.machine.evaluate(frame, name.object) : undefined;
    for (const reference of object?.references ?? []) {
      if (reference.kind !== "module") continue;
      return typeAlias(
        frameIn(frame, reference.module),
        { ...name, kind: "name", id: name.name },
        depth + 1,
      );
    }
    return undefined;
  }
  if (name.kind !== "name") return undefined;
  for (const statement of frame.module.body) {
    if (statement.kind === "assign" || statement.kind === "annotated") {
      const targets = statement.kind === "assign" ? statement.targets : [statement.target];
      const isIt = targets.some((target) => target.kind === "name" && target.id === name.id);
      if (isIt && statement.value) return { module: frame.module, expression: statement.value };
    }
    if (statement.kind !== "import-from") continue;
    const imported = statement.names.find((each) => (each.alias ?? each.name) === name.id);
    const module =
      imported && frame.machine.project.resolve(frame.module, statement.module, statement.level);
    if (module && module !== frame.module)
      return typeAlias(frameIn(frame, module), { ...name, id: imported.name }, depth + 1);
  }
  return undefined;
}

const scalarTypes = new Set(["int", "float", "bool", "str", "bytes", "complex"]);
const wrappers =
  /(?:^|\.)(?:Optional|Annotated|Final|ClassVar|Required|NotRequired|Mapped|Awaitable|Coroutine|Type|type)$/u;
const sequences =
  /(?:^|\.)(?:list|List|set|Set|frozenset|FrozenSet|Sequence|Iterable|Iterator|Collection|Generator|AsyncGenerator|AsyncIterator|AsyncIterable|tuple|Tuple)$/u;

function genericValue(
  frame: Frame,
  object: Expression,
  index: Expression,
  depth: number,
): Value | undefined {
  const name = dottedText(object);
  const first = index.kind === "tuple" ? index.elements[0] : index;
  if (!first) return undefined;
  if (/(?:^|\.)Literal$/u.test(name)) {
    const words = (index.kind === "tuple" ? index.elements : [index]).map((element) =>
      element.kind === "string" || element.kind === "number" ? element.value : undefined,
    );
    return words.every((word) => word !== undefined) ? constantValue(...words) : undefined;
  }
  if (wrappers.test(name)) return annotatedValue(frame, first, depth + 1);
  if (/(?:^|\.)Union$/u.test(name)) {
    const members = index.kind === "tuple" ? index.elements : [index];
    return anyOf(frame, members, depth);
  }
  if (sequences.test(name)) {
    const element = annotatedValue(frame, first, depth + 1);
    return newObject(frame, {
      kind: "list",
      items: undefined,
      entries: new Map(),
      rest: element,
      isClosed: false,
    });
  }
  return annotatedValue(frame, object, depth + 1);
}

/** Of a union the first that is known; one that may be text is text. */
function anyOf(frame: Frame, members: readonly Expression[], depth: number): Value | undefined {
  const known = members.flatMap((member) => annotatedValue(frame, member, depth + 1) ?? []);
  return known.find(({ types }) => types.includes("str") || types.includes("bytes")) ?? known[0];
}

function namedType(frame: Frame, annotation: Expression): Value | undefined {
  const evaluated = frame.machine.evaluate(frame, annotation);
  const value =
    evaluated.references.length === 0 && annotation.kind === "name"
      ? (importedForTypes(frame, annotation.id) ?? evaluated)
      : evaluated;
  for (const reference of value.references) {
    if (reference.kind === "class") return frame.machine.instanceOf(reference.definition);
    if (reference.kind !== "api") continue;
    const path = frame.machine.models.canonical(reference.path);
    if (scalarTypes.has(path) || ["list", "dict", "set", "tuple"].includes(path))
      return makeValue({ types: [path] });
    if (
      /^[A-Z]/u.test(path.slice(path.lastIndexOf(".") + 1)) &&
      path.includes(".") &&
      !/^typing\./u.test(path)
    ) {
      return makeValue({ types: [path] });
    }
    if (frame.machine.models.knows(path) && path.includes(".")) return makeValue({ types: [path] });
  }
  return undefined;
}

/** A name that is imported under `if TYPE_CHECKING:` only; nothing else of that block is ever run. */
function importedForTypes(frame: Frame, name: string): Value | undefined {
  for (const statement of frame.module.body) {
    if (statement.kind !== "if") continue;
    for (const { test, body } of statement.branches) {
      if (!/(?:^|\.)TYPE_CHECKING$/u.test(dottedText(test))) continue;
      for (const each of body) {
        const imported =
          each.kind === "import-from" &&
          each.names.find((given) => (given.alias ?? given.name) === name);
        if (imported) return importedValue(frame, each, imported.name);
      }
    }
  }
  return undefined;
}

function dottedText(expression: Expression): string {
  if (expression.kind === "name") return expression.id;
  return expression.kind === "attribute"
    ? `${dottedText(expression.object)}.${expression.name}`
    : "";
}

function frameIn(frame: Frame, module: Module): Frame {
  return { ...frame, module, definition: undefined, closure: undefined };
}
