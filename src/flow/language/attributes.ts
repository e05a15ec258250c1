// `object.name`: of a module, a class, an instance of ours, or something of a library.

import type { Span } from "../../python/module.ts";
import { readPart, writeItem } from "../data/containers.ts";
import { closedParameters } from "../entry-points/named-routes.ts";
import { isFixedAddress } from "../entry-points/route-rules.ts";
import { importsLibrary } from "../entry-points/route-shapes.ts";
import { styleOf } from "../entry-points/route-styles.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { noteOnlyPart, notePathPart } from "../guards/path-facts.ts";
import type { ApiModel } from "../models.ts";
import {
  type ClassDefinition,
  constantValue,
  type Fact,
  type HeapObject,
  joinValues,
  labelledValue,
  makeValue,
  type Reference,
  throughSymbol,
  truthOf,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { ofType, readApi } from "./imports.ts";
import { isVacant } from "./later-fields.ts";

const builtinTypes = new Set([
  "list",
  "dict",
  "set",
  "tuple",
  "str",
  "bytes",
  "bool",
  "int",
  "float",
]);

/** Reads an attribute; what is not known still carries what the object carries. */
export function readAttribute(frame: Frame, object: Value, name: string, span: Span): Value {
  let result: Value | undefined;
  const add = (value: Value | undefined): void => {
    if (value) result = result ? joinValues(result, value) : value;
  };
  for (const reference of object.references)
    add(attributeOfReference(frame, reference, name, span));
  let field: Value | undefined;
  for (const { id, object: held } of objectsOf(frame, object)) {
    if (held.kind !== "instance") continue;
    const entry = fieldOf(frame, object, id, held, name);
    if (entry) field = field ? joinValues(field, entry) : entry;
  }
  // What was put in is what is read, whatever the rest of the object is.
  if (field) return field;
  if (name === "__dict__" && object.objects.length > 0) return { ...object, types: ["dict"] };
  if (!result)
    for (const type of object.types) add(attributeOfType(frame, object, type, name, span));
  const part = readPart(frame, object, `.${name}`, span);
  if (!result && object.types.length + part.labels.length === 0) result = managerOf(frame, name);
  if (!result) {
    // Where an archive's member would be put says where the member would.
    if (name === "name" || name === "filename") noteOnlyPart(frame, part, [object]);
    const member: Reference = { kind: "member", name, receiver: object };
    return { ...part, symbol: part.symbol, references: [member] };
  }
  const checked = frame.state && frame.machine.checkedFields(frame, object, name);
  if (checked) return { ...result, objects: checked.objects };
  // The last part of a path is still the text that it was.
  if (part.labels.length > 0 && result.labels.some(({ source }) => source.concept === "file-name"))
    return { ...result, labels: [...result.labels, ...asName(frame, part)] };
  // A typed attribute of something from outside is from outside too, unless the library says what it is.
  if (part.labels.length === 0 || result.labels.length > 0) return result;
  const typed = {
    ...result,
    constants: undefined,
    symbol: part.symbol,
    labels: part.labels,
  };
  notePathPart(frame, object, name, typed);
  return typed;
}

/** What was put into the field here, or else what some method puts there before this one is called. */
function fieldOf(
  frame: Frame,
  { types }: Value,
  id: number,
  held: HeapObject,
  name: string,
): Value | undefined {
  const { machine } = frame;
  const entry = held.entries.get(name);
  const made = machine.sharedHeap.get(id);
  const isUntouched = made !== undefined && made.entries.get(name) === entry;
  if (!isUntouched || (entry && !isVacant(frame, entry))) return entry;
  for (const type of types) {
    const definition = machine.classes.get(type);
    const later = definition && machine.laterField(definition, name);
    if (later) return later;
  }
  return entry;
}

/** The last part of a path leads nowhere else. */
function asName(frame: Frame, part: Value): Value["labels"] {
  const bit = frame.machine.models.bit("path");
  return part.labels.map((label) => ({ ...label, cleared: label.cleared | bit }));
}

/** `object.name = value`: a property with a setter calls it, any other attribute keeps the value. */
export function writeAttribute(
  frame: Frame,
  object: Value,
  name: string,
  value: Value,
  span: Span,
): void {
  for (const type of object.types) {
    const definition = frame.machine.classes.get(type);
    const setter = definition && lookUpSetter(definition, name);
    if (!setter) continue;
    const references = setter.references.map((reference) =>
      reference.kind === "function" ? { ...reference, self: object } : reference,
    );
    const given = {
      positional: [{ value, span }],
      keywords: new Map(),
      spread: undefined,
      keywordSpread: undefined,
    };
    frame.machine.call(frame, makeValue({ references }), given, span, span);
    return;
  }
  // CherryPy shows what is marked so: https://docs.cherrypy.dev/en/latest/basics.html
  if (name === "exposed" && truthOf(value) === true)
    for (const reference of object.references)
      if (reference.kind === "function")
        frame.machine.route(reference.definition, { style: "cherrypy", rules: [] });
  writeItem(frame, object, constantValue(name), value);
}

function lookUpSetter(definition: ClassDefinition, name: string, seen = 0): Value | undefined {
  const own = definition.setters.get(name);
  if (own || seen > 20) return own;
  for (const base of definition.bases) {
    for (const reference of base.references) {
      const found =
        reference.kind === "class" ? lookUpSetter(reference.definition, name, seen + 1) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** A class attribute or method, looked up along the bases; a base of a library gives its API path. */
export function lookUpMember(
  frame: Frame,
  definition: ClassDefinition,
  name: string,
  seen = 0,
): Value | undefined {
  const own = definition.attributes.get(name);
  if (own) return own;
  if (seen > 20) return undefined;
  for (const base of definition.bases) {
    for (const reference of base.references) {
      if (reference.kind === "class") {
        const found = lookUpMember(frame, reference.definition, name, seen + 1);
        if (found) return found;
      } else if (reference.kind === "api") {
        const path = `${frame.machine.models.canonical(reference.path)}.${name}`;
        if (frame.machine.models.find(path)) return readApi(frame, path);
      }
    }
    for (const type of base.types) {
      const path = `${type}.${name}`;
      if (frame.machine.models.find(path)) return readApi(frame, path);
    }
  }
  return undefined;
}

/** Whether a class of the project comes, however far up, from a class of a library. */
export function inheritsFrom(
  frame: Frame,
  definition: ClassDefinition,
  path: string,
  seen = 0,
): boolean {
  const { models } = frame.machine;
  if (seen > 20) return false;
  return definition.bases.some((base) =>
    base.references.some((reference) => {
      if (reference.kind === "class")
        return inheritsFrom(frame, reference.definition, path, seen + 1);
      if (reference.kind !== "api") return false;
      const name = models.canonical(reference.path);
      return name === path || models.basesOf(name).includes(path);
    }),
  );
}

function attributeOfReference(
  frame: Frame,
  reference: Reference,
  name: string,
  span: Span,
): Value | undefined {
  const { machine } = frame;
  switch (reference.kind) {
    case "module": {
      const value = machine.global(reference.module, name);
      if (value) return value;
      const submodule =
        machine.project.resolve(reference.module, name, 1) ??
        machine.project.resolve(frame.module, `${reference.module.name}.${name}`, 0);
      return submodule && makeValue({ references: [{ kind: "module", module: submodule }] });
    }
    case "class":
      return bindMember(
        frame,
        lookUpMember(frame, reference.definition, name),
        undefined,
        reference,
        span,
      );
    case "api": {
      const path = `${reference.path}.${name}`;
      const module = reference.receiver
        ? undefined
        : machine.project.resolve(frame.module, path, 0);
      if (module) return makeValue({ references: [{ kind: "module", module }] });
      return attributeOfApi(frame, path, reference.receiver, span);
    }
    default:
      return undefined;
  }
}

function attributeOfType(
  frame: Frame,
  object: Value,
  type: string,
  name: string,
  span: Span,
): Value | undefined {
  const definition = frame.machine.classes.get(type);
  if (definition)
    return (
      bindMember(frame, lookUpMember(frame, definition, name), object, undefined, span) ??
      madeAttribute(frame, definition, object, name, span)
    );
  if (builtinTypes.has(type)) return undefined;
  const { models } = frame.machine;
  // `client.shop` is `client["shop"]`.
  const held = models.find(`${type}.__getattr__`)?.callReturns;
  if (held && !models.find(`${type}.${name}`)) return makeValue({ types: [held] });
  return attributeOfApi(frame, `${type}.${name}`, object, span);
}

function attributeOfApi(
  frame: Frame,
  path: string,
  receiver: Value | undefined,
  span: Span,
): Value {
  const { machine } = frame;
  const model = machine.models.find(path);
  if (model?.readSource === "http-path" && isOwnAddress(frame, path))
    return makeValue({ types: ["str"] });
  if (model?.readSource) {
    // One request has one `request.args`, however it is called: a guard on it holds wherever it is read
    // again. Of other objects there may be several.
    const isOfRequest = /(?:^|\.)(?:\w*[Rr]equest\w*|HTTPConnection)\.\w+$/u.test(path);
    const code = isOfRequest ? "" : span.module.text.slice(span.start, span.end);
    const symbol = machine.identities.derivedSymbol(0, `${machine.models.canonical(path)} ${code}`);
    const label = {
      source: { concept: model.readSource, span },
      via: [],
      cleared: 0,
      steps: undefined,
      hops: 0,
    };
    const named = path === "pyramid.request.Request.matchdict" && frame.state;
    const held = named ? closedParameters(frame)?.objects : undefined;
    const shared = model.sharedAs === undefined ? [] : [machine.sharedObject(model.sharedAs)];
    return {
      ...makeValue({
        types: model.readReturns ? [model.readReturns] : [],
        objects: held ?? shared,
      }),
      symbol,
      labels: throughSymbol([label], symbol),
    };
  }
  if (model?.sharedAs !== undefined) return readApi(frame, path);
  if (model?.readReturns) return ofType(frame, model.readReturns);
  const answer = model && receiver && answerOf(frame, model, receiver);
  const known =
    answer ??
    (model
      ? undefined
      : receiver
        ? attributeOfAnyName(frame, path)
        : managerOf(frame, path.slice(path.lastIndexOf(".") + 1)));
  return known ?? makeValue({ references: [{ kind: "api", path, receiver }] });
}

/** What a class of the project gives for a name that it does not have: `__getattr__`. */
function madeAttribute(
  frame: Frame,
  definition: ClassDefinition,
  object: Value,
  name: string,
  span: Span,
): Value | undefined {
  if (name.startsWith("__") || !frame.state) return undefined;
  const maker = lookUpMember(frame, definition, "__getattr__");
  if (!maker?.references.some((reference) => reference.kind === "function")) return undefined;
  const method = bindMember(frame, maker, object, undefined, span);
  const given = {
    positional: [{ value: constantValue(name), span }],
    keywords: new Map(),
    spread: undefined,
    keywordSpread: undefined,
  };
  return method && frame.machine.call(frame, method, given, span, span);
}

/** `client.shop`: every name that the type does not have itself is a database. */
function attributeOfAnyName(frame: Frame, path: string): Value | undefined {
  const type = path.slice(0, path.lastIndexOf("."));
  const given = frame.machine.models.find(`${type}.__getattr__`)?.callReturns;
  return given === undefined || path.includes("__") ? undefined : makeValue({ types: [given] });
}

/** `Book.objects` of a model that is not at hand, where code speaks of Django. */
function managerOf(frame: Frame, name: string): Value | undefined {
  const isManager = name === "objects" || name === "_default_manager";
  if (!isManager || !importsLibrary(frame.module, /^(?:django|rest_framework|ninja)\b/u))
    return undefined;
  return makeValue({ types: ["django.db.models.Manager"] });
}

/** `ip.is_private`: what the answer teaches of the object asked. */
function answerOf(frame: Frame, model: ApiModel, receiver: Value): Value | undefined {
  const factsOf = (rows: ApiModel["guards"]): readonly Fact[] =>
    rows
      .filter(({ signature }) => signature.parameters === undefined)
      .flatMap(({ concept }) =>
        frame.machine.identities.factsAbout(receiver.symbol, frame.machine.models.bit(concept)),
      );
  const whenTrue = factsOf(model.guards);
  const whenFalse = factsOf(model.rejects);
  if (whenTrue.length + whenFalse.length === 0) return undefined;
  return { ...makeValue({ types: ["bool"] }), implies: { whenTrue, whenFalse } };
}

/** `request.path` where a route without parameters answers is that route's own text. */
function isOwnAddress({ machine, definition }: Frame, path: string): boolean {
  const route = definition && machine.routeOf(definition);
  const style = route && styleOf(route.style);
  return (
    style?.fixedPath !== undefined &&
    machine.models.basesOf(path.replace(/\.path$/u, "")).includes(style.fixedPath) &&
    isFixedAddress(route?.rules ?? [], style.notation)
  );
}

/** A function found in a class becomes a method of the object; a property is read at once. */
function bindMember(
  frame: Frame,
  member: Value | undefined,
  object: Value | undefined,
  owner: Extract<Reference, { kind: "class" }> | undefined,
  span: Span,
): Value | undefined {
  if (!member || member.references.length === 0) return member;
  const self = object?.superOf ?? object;
  const [inherited] = member.references;
  if (self && inherited?.kind === "api" && frame.machine.models.find(inherited.path)?.readSource) {
    return attributeOfApi(frame, inherited.path, self, span);
  }
  let property: Value | undefined;
  const references = member.references.map((reference): Reference => {
    if (reference.kind === "api" && (self || owner))
      return { ...reference, receiver: self ?? (owner && makeValue({ references: [owner] })) };
    if (reference.kind !== "function") return reference;
    switch (reference.definition.binding) {
      case "method":
      // What a decorator made of a method is a function like any other.
      case "function":
        return self ? { ...reference, self } : reference;
      case "classmethod":
        return {
          ...reference,
          self: owner ? makeValue({ references: [owner] }) : classOf(frame, self),
        };
      case "property": {
        if (!self) return reference;
        const bound = makeValue({ references: [{ ...reference, self }] });
        const none = {
          positional: [],
          keywords: new Map(),
          spread: undefined,
          keywordSpread: undefined,
        };
        if (frame.state) property = frame.machine.call(frame, bound, none, span, span);
        return reference;
      }
      default:
        return reference;
    }
  });
  return property ?? { ...member, references };
}

function classOf(frame: Frame, self: Value | undefined): Value {
  for (const type of self?.types ?? []) {
    const definition = frame.machine.classes.get(type);
    if (definition) return makeValue({ references: [{ kind: "class", definition }] });
  }
  return self ? labelledValue(self.labels) : unknownValue;
}
