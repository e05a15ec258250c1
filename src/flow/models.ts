// What is known of libraries: the YAML of rules/models (its notation: rules/models/README.md) as tables
// keyed by API path.

import { load } from "js-yaml";
import { z } from "zod";

/** One model file as text; the shell reads it. */
export interface ModelFile {
  readonly path: string;
  readonly text: string;
}

export interface ModelParameter {
  readonly name: string;
  readonly isMarked: boolean;
  /** `data.keys!`: only the keys of the argument matter, not what stands under them. */
  readonly isOfKeys: boolean;
  /**
   * `args[0]!`: only this element of the argument matters; `headers[Location]!`: what stands under this key;
   * `script`: what a shell is told to run by `-c`.
   */
  readonly element: number | string | undefined;
  readonly spread: "" | "*" | "**";
  readonly isKeywordOnly: boolean;
}

/** `when shell is True`, `unless Loader is yaml.SafeLoader | yaml.CSafeLoader`. */
export interface ModelCondition {
  readonly isUnless: boolean;
  readonly parameter: string;
  /** A Python constant, an API path, or `missing` where the argument is not given. */
  readonly values: readonly ModelValue[];
}

export type ModelValue =
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "missing" };

export interface Signature {
  readonly path: string;
  /** `self!` as first parameter: the object the method is called on matters. */
  readonly receiver: ModelParameter | undefined;
  /** `undefined` for an attribute, which is read and not called. */
  readonly parameters: readonly ModelParameter[] | undefined;
  /** All of them must let the row apply. */
  readonly conditions: readonly ModelCondition[];
}

export interface SinkModel {
  readonly concept: string;
  readonly signature: Signature;
}

/** Everything said of one API path. */
export interface ApiModel {
  readonly sinks: readonly SinkModel[];
  /** Concept of what a call returns, or of what reading the attribute gives. */
  readonly callSource: string | undefined;
  readonly readSource: string | undefined;
  readonly callReturns: string | undefined;
  readonly readReturns: string | undefined;
  readonly sanitizes: readonly { readonly concept: string; readonly signature: Signature }[];
  readonly guards: readonly { readonly concept: string; readonly signature: Signature }[];
  /** Questions whose answer `False` is a guard: `ip.is_private`. */
  readonly rejects: readonly { readonly concept: string; readonly signature: Signature }[];
  readonly validates: readonly { readonly concept: string; readonly signature: Signature }[];
  readonly propagates: Signature | undefined;
  /** Classes of which the result may be dangerous again: what decodes a text undoes what encoding it did. */
  readonly restores: readonly string[];
  /** The path, after base classes, of the one object that all functions of a request see: what one puts in, another reads. */
  readonly sharedAs: string | undefined;
  /** Of a class: all its objects are taken for one, as a program has one application. */
  readonly isSharedClass: boolean;
  readonly isClean: boolean;
  readonly neverReturns: boolean;
  /** Kind of blocking: `database`, `http`, `sleep` ... */
  readonly blocks: { readonly kind: string; readonly signature: Signature } | undefined;
  readonly offloads: Signature | undefined;
  /** Who starts the functions it is given, or those it decorates: `worker`, `command`, `start-up` ... */
  readonly entry: { readonly kind: string; readonly signature: Signature } | undefined;
  /** The type of what such a function is given first. */
  readonly handsOver: string | undefined;
  readonly route: RouteModel | undefined;
  /** A method that classes of the project write, and that answers requests. */
  readonly view: RouteModel | undefined;
}

export interface RouteModel {
  readonly style: string;
  readonly signature: Signature;
}

export interface Models {
  /** What is known of a path after aliases and base classes; `undefined` for nothing. */
  find(path: string): ApiModel | undefined;
  /** Another public name of the same thing -> the name the models use. */
  canonical(path: string): string;
  /** Base classes of a class of a library, nearest first, without itself. */
  basesOf(path: string): readonly string[];
  /** Whether anything is known of a path or below it: `sqlite3` or `flask.Request`. */
  knows(path: string): boolean;
  /** Whether something is known below it: what is called then is a class. */
  hasMembers(path: string): boolean;
  /** What `with x as y` gives for an `x` of this type. */
  entered(type: string): string | undefined;
  /** What does the same without blocking, as code: `httpx.AsyncClient` for `requests.get`. */
  asyncTwin(path: string): string | undefined;
  /** The bit of a concept in a set of neutralised classes; `all` has every bit. */
  bit(concept: string): number;
  /** The bit that must be set for a sink to be safe: of what nothing neutralises alone, one for them all. */
  bitOfSink(concept: string): number;
  /** The classes of these bits; `all` where every one is set. */
  conceptsOf(bits: number): readonly string[];
  /**
   * The path under which a team describes a function of its own, given where it is defined; `undefined`
   * for all others, whose bodies tell what they do.
   */
  described(definedAt: string): string | undefined;
  /** The words that sections use: `sources` -> `http-parameter` ... */
  readonly words: ReadonlyMap<ModelSection, ReadonlySet<string>>;
  /** The same and what a team adds. Throws as `readModels` does. */
  with(team: readonly ModelFile[]): Models;
}

/** Sections whose rows stand under a word. */
export type ModelSection =
  | "sources"
  | "sinks"
  | "sanitizers"
  | "guards"
  | "validators"
  | "blocking";

/** Every class of sink is neutralised. */
export const allBits = 0x7fffffff;
const sharedBit = 1 << 30;

const listing = z.record(z.string(), z.array(z.string()));
const naming = z.record(z.string(), z.string());
const modelShape = z.strictObject({
  library: z.string(),
  docs: z.string(),
  aliases: naming.optional(),
  bases: listing.optional(),
  returns: naming.optional(),
  enters: naming.optional(),
  sources: listing.optional(),
  sinks: listing.optional(),
  sanitizers: listing.optional(),
  guards: listing.optional(),
  rejects: listing.optional(),
  validators: listing.optional(),
  propagates: z.array(z.string()).optional(),
  restores: listing.optional(),
  shared: z.array(z.string()).optional(),
  clean: z.array(z.string()).optional(),
  "never-returns": z.array(z.string()).optional(),
  blocking: listing.optional(),
  offloads: z.array(z.string()).optional(),
  routes: listing.optional(),
  "entry-points": listing.optional(),
  "hands-over": naming.optional(),
  "async-twins": naming.optional(),
  views: listing.optional(),
});

type MutableModel = { -readonly [Key in keyof ApiModel]: ApiModel[Key] };

/**
 * Reads model files into one table. Throws with the file and the row that is wrong.
 * @param team files that also describe functions of the project itself.
 */
export function readModels(files: readonly ModelFile[], team: readonly ModelFile[] = []): Models {
  const table = new Map<string, MutableModel>();
  const aliases = new Map<string, string>();
  const bases = new Map<string, readonly string[]>();
  const enters = new Map<string, string>();
  const prefixes = new Set<string>();
  const twins = new Map<string, string>();
  const bits = new Map<string, number>();
  const words = new Map<ModelSection, Set<string>>();

  const noteWords = (model: z.infer<typeof modelShape>): void => {
    for (const section of wordedSections) {
      const known = words.get(section) ?? new Set();
      for (const word of Object.keys(model[section] ?? {})) known.add(word);
      words.set(section, known);
    }
  };
  const bit = (concept: string): number => {
    if (concept === "all") return allBits;
    const known = bits.get(concept);
    if (known !== undefined) return known;
    if (bits.size >= 30)
      throw new Error(`more than 30 classes can be neutralised; ${concept} has no bit left`);
    const next = 1 << bits.size;
    bits.set(concept, next);
    return next;
  };
  const entry = (path: string): MutableModel => {
    const known = table.get(path);
    if (known) return known;
    const made = emptyModel();
    table.set(path, made);
    const parts = path.split(".");
    for (let length = 1; length < parts.length; length += 1)
      prefixes.add(parts.slice(0, length).join("."));
    return made;
  };

  for (const file of [...files, ...team]) {
    try {
      const model = modelShape.parse(load(file.text));
      noteWords(model);
      for (const [from, to] of Object.entries(model.aliases ?? {})) aliases.set(from, to);
      for (const [type, list] of Object.entries(model.bases ?? {})) bases.set(type, list);
      for (const [type, entered] of Object.entries(model.enters ?? {})) enters.set(type, entered);
      for (const [text, type] of Object.entries(model.returns ?? {})) {
        const signature = parseSignature(text);
        if (signature.parameters) entry(signature.path).callReturns = type;
        else entry(signature.path).readReturns = type;
      }
      for (const [concept, signature] of rows(model.sources)) {
        if (signature.parameters) entry(signature.path).callSource = concept;
        else entry(signature.path).readSource = concept;
      }
      for (const [concept, signature] of rows(model.sinks)) {
        const api = entry(signature.path);
        api.sinks = [...api.sinks, { concept, signature }];
      }
      for (const [concept, signature] of rows(model.sanitizers)) {
        bit(concept);
        const api = entry(signature.path);
        api.sanitizes = [...api.sanitizes, { concept, signature }];
      }
      for (const [concept, signature] of rows(model.guards)) {
        bit(concept);
        const api = entry(signature.path);
        api.guards = [...api.guards, { concept, signature }];
      }
      for (const [concept, signature] of rows(model.rejects)) {
        bit(concept);
        const api = entry(signature.path);
        api.rejects = [...api.rejects, { concept, signature }];
      }
      for (const [concept, signature] of rows(model.validators)) {
        bit(concept);
        const api = entry(signature.path);
        api.validates = [...api.validates, { concept, signature }];
      }
      for (const text of model.propagates ?? []) {
        const signature = parseSignature(text);
        entry(signature.path).propagates = signature;
      }
      for (const [concept, signature] of rows(model.restores)) {
        bit(concept);
        const api = entry(signature.path);
        api.restores = [...api.restores, concept];
        api.propagates = signature;
      }
      for (const text of model.shared ?? []) {
        const { path } = parseSignature(text);
        if (/\.[A-Z]\w*$/u.test(path)) entry(path).isSharedClass = true;
        else entry(path).sharedAs = path;
      }
      for (const text of model.clean ?? []) entry(parseSignature(text).path).isClean = true;
      for (const text of model["never-returns"] ?? [])
        entry(parseSignature(text).path).neverReturns = true;
      for (const [kind, signature] of rows(model.blocking))
        entry(signature.path).blocks = { kind, signature };
      for (const text of model.offloads ?? []) {
        const signature = parseSignature(text);
        entry(signature.path).offloads = signature;
      }
      for (const [style, signature] of rows(model.routes))
        entry(signature.path).route = { style, signature };
      for (const [kind, signature] of rows(model["entry-points"]))
        entry(signature.path).entry = { kind, signature };
      for (const [text, type] of Object.entries(model["hands-over"] ?? {}))
        entry(parseSignature(text).path).handsOver = type;
      for (const [path, twin] of Object.entries(model["async-twins"] ?? {})) twins.set(path, twin);
      for (const [style, signature] of rows(model.views))
        entry(signature.path).view = { style, signature };
    } catch (cause) {
      throw new Error(`reading the model ${file.path}`, { cause });
    }
  }

  const canonicals = new Map<string, string>();
  function canonical(path: string): string {
    const known = canonicals.get(path);
    if (known !== undefined) return known;
    let result = path;
    // The longest alias wins; an alias may lead to another.
    for (let round = 0; round < 4; round += 1) {
      const next = followAlias(result, aliases);
      if (next === result) break;
      result = next;
    }
    canonicals.set(path, result);
    return result;
  }

  const ancestors = new Map<string, readonly string[]>();
  function basesOf(path: string): readonly string[] {
    const known = ancestors.get(path);
    if (known) return known;
    const found: string[] = [];
    const queue = [...(bases.get(path) ?? [])];
    for (let next = queue.shift(); next !== undefined && found.length < 50; next = queue.shift()) {
      const name = canonical(next);
      if (found.includes(name)) continue;
      found.push(name);
      queue.push(...(bases.get(name) ?? []));
    }
    ancestors.set(path, found);
    return found;
  }

  const found = new Map<string, ApiModel | undefined>();
  function find(path: string): ApiModel | undefined {
    const name = canonical(path);
    if (found.has(name)) return found.get(name);
    const dot = name.lastIndexOf(".");
    let model: ApiModel | undefined = table.get(name);
    if (!model && dot > 0) {
      for (const base of basesOf(name.slice(0, dot))) {
        model = table.get(base + name.slice(dot));
        if (model) break;
      }
    }
    found.set(name, model);
    return model;
  }

  const hasMembers = (path: string): boolean =>
    prefixes.has(canonical(path)) || bases.has(canonical(path));

  return {
    find,
    canonical,
    basesOf,
    knows: (path) => table.has(canonical(path)) || hasMembers(path),
    hasMembers,
    entered: (type) => enters.get(type),
    asyncTwin: (path) => longestPrefix(canonical(path), twins),
    bit,
    conceptsOf: (set) =>
      set === allBits
        ? ["all"]
        : [...bits].flatMap(([concept, each]) => ((set & each) === 0 ? [] : [concept])),
    bitOfSink: (concept) => bits.get(concept) ?? sharedBit,
    described: describedBy(team),
    words,
    with: (more) => readModels(files, more),
  };
}

const wordedSections = [
  "sources",
  "sinks",
  "sanitizers",
  "guards",
  "validators",
  "blocking",
] as const satisfies readonly ModelSection[];

/** A package may stand below `src/` or `backend/`: every tail of a path is a name, as for imports. */
function describedBy(team: readonly ModelFile[]): Models["described"] {
  const paths = new Set(team.flatMap(({ text }) => describedPaths(modelShape.parse(load(text)))));
  if (paths.size === 0) return () => undefined;
  return (definedAt) => {
    for (let path = definedAt; ; path = path.slice(path.indexOf(".") + 1)) {
      if (paths.has(path)) return path;
      if (!path.includes(".")) return undefined;
    }
  };
}

function describedPaths(model: z.infer<typeof modelShape>): readonly string[] {
  const lists = wordedSections.flatMap((section) => Object.values(model[section] ?? {})).flat();
  const others = [...(model.propagates ?? []), ...(model.clean ?? []), ...(model.offloads ?? [])];
  const typed = Object.keys(model.returns ?? {});
  return [...lists, ...others, ...typed].map((text) => parseSignature(text).path);
}

/** Reads `sqlite3.Cursor.execute(sql!, parameters) when x is True`. Throws on what is no signature. */
export function parseSignature(text: string): Signature {
  const [shape = "", ...words] = /\s(?:when|unless)\s/u.test(text)
    ? text.trim().split(/\s+(?=(?:when|unless)\s)/u)
    : [text.trim()];
  const match = /^([A-Za-z_][\w.]*)(?:\((.*?)\))?$/su.exec(shape);
  const path = match?.[1];
  if (!match || path === undefined) throw new Error(`no signature: ${text}`);
  const [, , list] = match;
  const parameters = list === undefined ? undefined : parseParameters(list, text);
  const [first] = parameters ?? [];
  const receiver = first?.name === "self" ? first : undefined;
  return {
    path,
    receiver,
    parameters: receiver ? parameters?.slice(1) : parameters,
    conditions: words.map((word) => parseCondition(word, text)),
  };
}

function parseCondition(word: string, signature: string): ModelCondition {
  const [, kind, parameter, values] = /^(when|unless)\s+(\w+)\s+is\s+(.+)$/su.exec(word) ?? [];
  if (parameter === undefined || values === undefined)
    throw new Error(`no condition: ${word} in ${signature}`);
  return { isUnless: kind === "unless", parameter, values: values.split("|").map(parseValue) };
}

function parseParameters(list: string, signature: string): readonly ModelParameter[] {
  const parameters: ModelParameter[] = [];
  let isKeywordOnly = false;
  for (const word of list.split(",").map((part) => part.trim())) {
    if (word === "" || word === "/") continue;
    if (word === "*") {
      isKeywordOnly = true;
      continue;
    }
    const match = /^(\*{0,2})(\w+)(?:\[(\d+|script|[A-Z][\w-]*)\])?(\.keys)?(!?)(?:\s*=.*)?$/u.exec(
      word,
    );
    const name = match?.[2];
    if (!match || name === undefined) throw new Error(`no parameter: ${word} in ${signature}`);
    const spread = match[1] === "*" ? "*" : match[1] === "**" ? "**" : "";
    parameters.push({
      name,
      isMarked: match[5] === "!",
      isOfKeys: match[4] !== undefined,
      element: match[3] !== undefined && /^\d/u.test(match[3]) ? Number(match[3]) : match[3],
      spread,
      isKeywordOnly,
    });
    if (spread === "*") isKeywordOnly = true;
  }
  return parameters;
}

function parseValue(text: string): ModelValue {
  const word = text.trim();
  if (word === "missing") return { kind: "missing" };
  if (word === "True" || word === "False") return { kind: "constant", value: word === "True" };
  if (word === "None") return { kind: "constant", value: null };
  if (/^-?\d+(?:\.\d+)?$/u.test(word)) return { kind: "constant", value: Number(word) };
  const quoted = /^(["'])(.*)\1$/su.exec(word);
  if (quoted) return { kind: "constant", value: quoted[2] ?? "" };
  if (/^[A-Za-z_][\w.]*$/u.test(word)) return { kind: "path", path: word };
  throw new Error(`no value: ${word}`);
}

function rows(
  section: Readonly<Record<string, readonly string[]>> | undefined,
): readonly (readonly [string, Signature])[] {
  return Object.entries(section ?? {}).flatMap(([concept, list]) =>
    list.map((text) => [concept, parseSignature(text)] as const),
  );
}

function emptyModel(): MutableModel {
  return {
    sinks: [],
    callSource: undefined,
    readSource: undefined,
    callReturns: undefined,
    readReturns: undefined,
    sanitizes: [],
    guards: [],
    rejects: [],
    validates: [],
    propagates: undefined,
    restores: [],
    sharedAs: undefined,
    isSharedClass: false,
    isClean: false,
    neverReturns: false,
    blocks: undefined,
    offloads: undefined,
    route: undefined,
    entry: undefined,
    handsOver: undefined,
    view: undefined,
  };
}

/** What a table says of a dotted path, or of the nearest thing above it. */
function longestPrefix(path: string, table: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const found = table.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

function followAlias(path: string, aliases: ReadonlyMap<string, string>): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const target = aliases.get(path.slice(0, end));
    if (target !== undefined) return target + path.slice(end);
  }
  return path;
}
