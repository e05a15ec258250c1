// What is known of a value at a point of the program: constants x taint, with types and references.
// Values are immutable; what can change (lists, dicts, objects) lives in the state's heap.

import type { Module, Span } from "../../python/module.ts";
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  Parameter,
  Statement,
} from "../../python/syntax.ts";
import type { ForkedMap } from "./forked-map.ts";

/** A Python constant; bytes are kept apart from text. */
export type Constant = string | number | boolean | null | { readonly bytes: string };

/** Where a label begins. */
export interface Source {
  /** `http-parameter`, `environment`, ... */
  readonly concept: string;
  readonly span: Span;
}

/** One step of a path, newest first. */
export interface Step {
  readonly span: Span;
  readonly words: string;
  readonly previous: Step | undefined;
  readonly length: number;
}

/** That something from outside is (part of) a value. */
export interface Label {
  readonly source: Source;
  /**
   * The values this one was made from without change of its text: what is learnt of one of them
   * ("x is one of these names") holds for this label too.
   */
  readonly via: readonly number[];
  /** Bits of the classes of sinks for which it is neutralised. */
  readonly cleared: number;
  readonly steps: Step | undefined;
  /** Calls of unknown code on the way: what the confidence falls with. */
  readonly hops: number;
}

export interface FunctionDefinition {
  readonly kind: "function";
  /** `Shop.search` within its module; a lambda is `<lambda>`. */
  readonly qualifiedName: string;
  readonly module: Module;
  readonly name: string;
  readonly span: Span;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[] | Expression;
  readonly statement: FunctionStatement | undefined;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly owner: ClassDefinition | undefined;
  readonly binding: "function" | "method" | "classmethod" | "staticmethod" | "property";
  /** Names that belong to this function because it assigns them. */
  readonly locals: ReadonlySet<string>;
  /** Those of them that functions within it change. */
  readonly cells: ReadonlySet<string>;
}

/** Where a function of the project is defined: `app.models.Order.total`. */
export function pathOf({ module, qualifiedName }: FunctionDefinition): string {
  return `${module.name}.${qualifiedName}`;
}

export interface ClassDefinition {
  readonly kind: "class";
  /** Module name and qualified name: `app.models.User`; unique in the project. */
  readonly path: string;
  readonly qualifiedName: string;
  readonly module: Module;
  readonly statement: ClassStatement;
  readonly bases: readonly Value[];
  /** What the class body left behind; filled once it has run. */
  readonly attributes: Map<string, Value>;
  /** The functions under `@name.setter`, by name. */
  readonly setters: Map<string, Value>;
}

/** What a name may stand for, beside a value of some type. */
export type Reference =
  | { readonly kind: "api"; readonly path: string; readonly receiver: Value | undefined }
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "class"; readonly definition: ClassDefinition }
  | {
      readonly kind: "function";
      readonly definition: FunctionDefinition;
      readonly self: Value | undefined;
      readonly closure: Closure | undefined;
      /** The parameters' defaults, as they were when the function was made. */
      readonly defaults: ReadonlyMap<string, Value> | undefined;
    }
  | {
      readonly kind: "partial";
      readonly callee: Value;
      readonly positional: readonly Value[];
      readonly keywords: ReadonlyMap<string, Value>;
    }
  | { readonly kind: "member"; readonly name: string; readonly receiver: Value };

/** Where the free variables of a nested function are looked up. */
export interface Closure {
  /** What a name is worth for a function that runs on this heap. */
  lookUp(name: string, heap: Heap | undefined): Value | undefined;
  /** Where on the heap a name that an inner function changes is kept. */
  cell(name: string, heap: Heap): number | undefined;
}

/** A list, dict or object that can change after it was made. */
export interface HeapObject {
  readonly kind: "list" | "set" | "dict" | "instance";
  /**
   * What stands at the beginning, by position, as far as that is known; `undefined` once it is not. Where there is
   * a `rest`, it stands behind.
   */
  readonly items: readonly Value[] | undefined;
  /** By literal key, or by name for an instance. */
  readonly entries: ReadonlyMap<string, Value>;
  /** Whatever else it may hold: elements at unknown positions, values of unknown keys. */
  readonly rest: Value | undefined;
  /** Nothing but what is told here was ever put in. */
  readonly isClosed: boolean;
  /** Of a dict: whatever keys it may have beside those of its entries. */
  readonly keys?: Value;
  /** Of a `defaultdict`: what makes the value of a key that is not there. */
  readonly factory?: Value;
  /** Of the truths that a comprehension made: what follows when all are true, and when none is. */
  readonly each?: Implication;
  /** Of the truths made of values that are all ours: what follows when one of them is true. */
  readonly some?: readonly Fact[];
  /** Something was put in, whatever else happened. */
  readonly isFilled?: boolean;
  /** What is known where nothing was put in: `if not name.isalnum(): errors.append("name")`. */
  readonly whenEmpty?: readonly Fact[];
}

export type Heap = ForkedMap<number, HeapObject>;

/** What holds of a value by its identity, in the state in which it was learnt. */
export interface Fact {
  readonly symbol: number;
  readonly cleared: number;
  /** The constants it must be one of, where an equality said so. */
  readonly constants: readonly Constant[] | undefined;
}

/** What follows when a value turns out true, or false. */
export interface Implication {
  readonly whenTrue: readonly Fact[];
  readonly whenFalse: readonly Fact[];
}

export interface Value {
  /** Identity: two readings of one variable have the same. */
  readonly symbol: number;
  /** All that it can be, or `undefined` for unknown. */
  readonly constants: readonly Constant[] | undefined;
  readonly labels: readonly Label[];
  /** API paths of the classes it may be an instance of. */
  readonly types: readonly string[];
  readonly references: readonly Reference[];
  /** Heap objects it may be. */
  readonly objects: readonly number[];
  /** It may also be something from outside that is none of its objects: `request.json or {}`. */
  readonly isBeside: boolean;
  /** The elements of a tuple. */
  readonly elements: readonly Value[] | undefined;
  readonly implies: Implication | undefined;
  /** Of `super()`: the object itself, which the methods of its bases are given. */
  readonly superOf?: Value;
  /** Of what an encoder made: what its decoder gives back. */
  readonly encodes?: { readonly encoder: string; readonly value: Value };
  /** How an f-string or concatenation begins, where that is known: `https://example.com/`. */
  readonly prefix: string | undefined;
}

/** Stands in a prefix for text that is not known but that nobody outside wrote. */
export const unknownText = "\uFFFC";

const maxConstants = 12;
const maxLabels = 8;
const maxReferences = 4;

const none: readonly never[] = [];

let lastSymbol = 0;

/** A new identity. Only equality of symbols is ever looked at, so results do not depend on the count. */
export function newSymbol(): number {
  lastSymbol += 1;
  return lastSymbol;
}

export const unknownValue: Value = makeValue({});

/** A value of which only the given is known. */
export function makeValue(known: Partial<Omit<Value, "symbol">>): Value {
  return {
    symbol: newSymbol(),
    constants: known.constants,
    labels: known.labels ?? none,
    types: known.types ?? none,
    references: known.references ?? none,
    objects: known.objects ?? none,
    isBeside: known.isBeside ?? false,
    elements: known.elements,
    implies: known.implies,
    prefix: known.prefix,
  };
}

export function constantValue(...constants: readonly Constant[]): Value {
  return makeValue({ constants: constants.length > maxConstants ? undefined : constants });
}

/** A value that carries these labels and nothing else that is known; each label now also via itself. */
export function labelledValue(
  labels: readonly Label[],
  known: Partial<Omit<Value, "symbol" | "labels">> = {},
): Value {
  if (labels.length === 0) return makeValue(known);
  const value = makeValue(known);
  return { ...value, labels: throughSymbol(labels, value.symbol) };
}

/** A new value from outside, with where it comes from. */
export function fromVisitor(concept: string, span: Span, types: readonly string[]): Value {
  const symbol = newSymbol();
  const label = { source: { concept, span }, via: [symbol], cleared: 0, steps: undefined, hops: 0 };
  return { ...labelledValue([], { types }), symbol, labels: [label] };
}

/** The same under an identity of its own: what is found out of it is not true of what it was read from. */
export function ownValue(value: Value): Value {
  if (value.labels.length === 0) return value;
  return labelledValue(
    value.labels.map((label) => ({ ...label, via: [] })),
    { types: value.types, objects: value.objects },
  );
}

/** Every label of these values, without doubles. */
export function labelsOf(...values: readonly (Value | undefined)[]): readonly Label[] {
  let labels: readonly Label[] = none;
  for (const value of values) {
    if (value && value.labels.length > 0) labels = joinLabels(labels, value.labels);
  }
  return labels;
}

/** What may be either. Labels are taken as they are: see `joinStates` for what the branches knew. */
export function joinValues(left: Value, right: Value): Value {
  if (left === right) return left;
  const symbol = newSymbol();
  const labels = joinLabels(left.labels, right.labels);
  return {
    symbol,
    constants: joinConstants(left.constants, right.constants),
    // What is learnt of the joined value holds for what came into it.
    labels: labels.length > 0 ? throughSymbol(labels, symbol) : labels,
    types: union(left.types, right.types),
    references: joinReferences(left.references, right.references),
    objects: union(left.objects, right.objects),
    isBeside: left.isBeside || right.isBeside || isApart(left, right) || isApart(right, left),
    elements: joinElements(left.elements, right.elements),
    implies: undefined,
    prefix: left.prefix === right.prefix ? left.prefix : undefined,
  };
}

/** Whether one has no objects and comes from outside, and the other has some. */
function isApart(one: Value, other: Value): boolean {
  return one.objects.length === 0 && one.labels.length > 0 && other.objects.length > 0;
}

/** Labels of two values in one, those of one origin and path merged to the least that is cleared. */
export function joinLabels(left: readonly Label[], right: readonly Label[]): readonly Label[] {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  const labels = [...left];
  for (const label of right) {
    const at = labels.findIndex((known) => isSameOrigin(known, label));
    const known = labels[at];
    if (!known) {
      if (labels.length < maxLabels) labels.push(label);
      continue;
    }
    if (known === label) continue;
    const via = known.via.filter((symbol) => label.via.includes(symbol));
    labels[at] = {
      ...known,
      via,
      cleared: known.cleared & label.cleared,
      hops: Math.min(known.hops, label.hops),
    };
  }
  return labels;
}

/** Whether any constant is known and each of them is true (or false); `undefined` when it may be both. */
export function truthOf(value: Value): boolean | undefined {
  if (value.elements) return value.elements.length > 0;
  if (!value.constants || value.constants.length === 0) {
    return value.references.length > 0 &&
      value.types.length === 0 &&
      value.labels.length === 0 &&
      value.objects.length === 0
      ? isSurelyTrue(value.references)
      : undefined;
  }
  const truths = new Set(value.constants.map(isTruthy));
  return truths.size === 1 ? truths.has(true) : undefined;
}

export function isTruthy(constant: Constant): boolean {
  if (constant === null) return false;
  if (typeof constant === "object") return constant.bytes.length > 0;
  return Boolean(constant);
}

export function sameConstant(left: Constant, right: Constant): boolean {
  if (left === right) return true;
  if (typeof left === "boolean" && typeof right === "number") return Number(left) === right;
  if (typeof left === "number" && typeof right === "boolean") return left === Number(right);
  return (
    typeof left === "object" &&
    left !== null &&
    typeof right === "object" &&
    right !== null &&
    left.bytes === right.bytes
  );
}

/** The only string a value can be. */
export function soleString(value: Value | undefined): string | undefined {
  const constant = soleConstant(value);
  return typeof constant === "string" ? constant : undefined;
}

export function soleConstant(value: Value | undefined): Constant | undefined {
  return value?.constants?.length === 1 ? value.constants[0] : undefined;
}

export function addStep(label: Label, span: Span, words: string): Label {
  const last = label.steps;
  if (last && last.span.module === span.module && last.span.start === span.start) return label;
  if (last && last.length >= 12) return label;
  return { ...label, steps: { span, words, previous: last, length: (last?.length ?? 0) + 1 } };
}

export function throughSymbol(labels: readonly Label[], symbol: number): readonly Label[] {
  return labels.map((label) => ({
    ...label,
    via: label.via.length < 8 ? [...label.via, symbol] : [...label.via.slice(1), symbol],
  }));
}

function joinConstants(
  left: readonly Constant[] | undefined,
  right: readonly Constant[] | undefined,
): readonly Constant[] | undefined {
  if (!left || !right) return undefined;
  const joined = [...left];
  for (const constant of right) {
    if (
      !joined.some(
        (known) =>
          known === constant || (typeof known === typeof constant && sameConstant(known, constant)),
      )
    ) {
      joined.push(constant);
    }
  }
  return joined.length > maxConstants ? undefined : joined;
}

function joinElements(
  left: readonly Value[] | undefined,
  right: readonly Value[] | undefined,
): readonly Value[] | undefined {
  if (!left || !right || left.length !== right.length) return undefined;
  return left.map((value, index) => joinValues(value, right[index] ?? unknownValue));
}

function joinReferences(
  left: readonly Reference[],
  right: readonly Reference[],
): readonly Reference[] {
  if (right.length === 0 || left === right) return left;
  if (left.length === 0) return right;
  const joined = [...left];
  for (const reference of right) {
    if (joined.length < maxReferences && !joined.some((known) => isSameReference(known, reference)))
      joined.push(reference);
  }
  return joined;
}

function isSameReference(left: Reference, right: Reference): boolean {
  if (left === right) return true;
  if (left.kind === "api" && right.kind === "api")
    return left.path === right.path && left.receiver === right.receiver;
  if (left.kind === "module" && right.kind === "module") return left.module === right.module;
  if (left.kind === "class" && right.kind === "class") return left.definition === right.definition;
  if (left.kind === "function" && right.kind === "function") {
    return (
      left.definition === right.definition &&
      left.self === right.self &&
      left.closure === right.closure
    );
  }
  return false;
}

/** Functions, classes and modules are true; the rest may be anything. */
function isSurelyTrue(references: readonly Reference[]): true | undefined {
  return references.every((reference) => ["module", "class", "function"].includes(reference.kind))
    ? true
    : undefined;
}

function isSameOrigin(left: Label, right: Label): boolean {
  if (left === right) return true;
  const { source } = right;
  return (
    left.source === source ||
    (left.source.concept === source.concept &&
      left.source.span.module === source.span.module &&
      left.source.span.start === source.span.start &&
      left.source.span.end === source.span.end)
  );
}

function union<T>(left: readonly T[], right: readonly T[]): readonly T[] {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  const joined = [...left];
  for (const item of right)
    if (!joined.includes(item) && joined.length < maxReferences) joined.push(item);
  return joined;
}
