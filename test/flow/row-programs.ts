// Makes a small program of each row of the models: what it calls, with a value where the row marks it.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Observer } from "../../src/flow/frame.ts";
import { type Observations, observe } from "../../src/flow/interpreter.ts";
import {
  type ModelCondition,
  type ModelParameter,
  readModels as makeModels,
  type Signature,
} from "../../src/flow/models.ts";
import { makeModule } from "../../src/python/module.ts";
import { PythonParser } from "../../src/python/parse.ts";
import { makeProject } from "../../src/python/project.ts";
import { readModels } from "../../src/read-rulebook.ts";

/** A row of a section that sorts its rows under words. */
export interface Row {
  readonly concept: string;
  readonly text: string;
}

export const files = await readModels();
export const models = makeModels(files);
const packaged = (path: string): Promise<Uint8Array> =>
  readFile(fileURLToPath(import.meta.resolve(path)));
const parser = await PythonParser.create({
  runtime: await packaged("web-tree-sitter/web-tree-sitter.wasm"),
  grammar: await packaged("tree-sitter-python/tree-sitter-python.wasm"),
});
const types = new Set(
  files.flatMap(({ text }) => {
    const model = parse(text) as { returns?: Record<string, string>; bases?: object };
    return [...Object.values(model.returns ?? {}), ...Object.keys(model.bases ?? {})];
  }),
);

/** Runs a program of one file. */
export function run(lines: readonly string[], observer?: Observer): Observations {
  const text = `${lines.join("\n")}\n`;
  const result = parser.parse(text);
  if (result.kind !== "parsed" || result.tree.firstErrorLine !== undefined)
    throw new Error(`does not parse:\n${text}`);
  const module = makeModule({ path: "app.py", text }, result.tree);
  return observe(makeProject([module]), models, new Set(), new Set(), observer);
}

/** The rows of a section that has words above its rows. */
export function rowsOf(text: string, section: string): readonly Row[] {
  const model = parse(text) as Record<string, Record<string, string[]> | undefined>;
  return Object.entries(model[section] ?? {}).flatMap(([concept, rows]) =>
    rows.map((row) => ({ concept, text: row })),
  );
}

/** The rows of a section that is a list. */
export function listOf(text: string, section: string): readonly string[] {
  const model = parse(text) as Record<string, readonly string[] | undefined>;
  return model[section] ?? [];
}

/** The rows of a section that says what comes of each. */
export function pairsOf(text: string, section: string): readonly (readonly [string, string])[] {
  const model = parse(text) as Record<string, Record<string, string> | undefined>;
  return Object.entries(model[section] ?? {});
}

/** Models that have such a section. */
export function filesWith(section: string): readonly { path: string; text: string }[] {
  return files.filter(({ text }) => section in (parse(text) as object));
}

/** How a row is put to work in a program. */
export interface Use {
  readonly imports: readonly string[];
  /** Makes what the row's method is called on. */
  readonly made: readonly string[];
  /** An expression, or the assignment that a row of a setter speaks of. */
  readonly code: string;
}

/**
 * The call, reading or writing that a row speaks of, with `value` where the row marks it: at every argument where
 * it marks none, if `everywhere`.
 */
export function useOf(signature: Signature, value: string, everywhere = false): Use {
  // What `getattr(object, name)` gives has no name of its own.
  if (signature.path === "globals.chosen")
    return { imports: [], made: [], code: `globals()[${value}]()` };
  if (signature.path === "getattr.chosen")
    return { imports: [], made: [], code: `getattr(other(), ${value})()` };
  const setter = /^(.*)\.(\w+)\.__set__$/u.exec(signature.path);
  const path = setter?.[1] ?? signature.path;
  const owner = setter ? path : ownerOf(path);
  const parent = path.slice(0, path.lastIndexOf("."));
  const name = path.slice(path.lastIndexOf(".") + 1);
  const isOwnMarked = signature.receiver?.isMarked === true;
  const isMarked = signature.parameters?.some((parameter) => parameter.isMarked) ?? false;
  const marked =
    everywhere && !isMarked && !isOwnMarked
      ? {
          ...signature,
          parameters: signature.parameters?.map((each) => ({
            ...each,
            isMarked: signature.conditions.every(({ parameter }) => parameter !== each.name),
          })),
        }
      : signature;
  const given = argumentsOf(marked, isOwnMarked ? "other()" : value);
  if (everywhere && given.length === 0 && !isOwnMarked) given.push(value);
  const thing = owner === undefined ? parent : "thing";
  const called = owner === undefined ? path : name === "__call__" ? "thing" : `thing.${name}`;
  const code = setter
    ? `thing.${setter[2]} = ${value}`
    : name === "__setitem__"
      ? `${thing}[${given[0]}] = ${given[1]}`
      : signature.parameters === undefined
        ? called
        : `${called}(${given.join(", ")})`;
  const made =
    owner === undefined ? [] : [`thing: "${owner}" = other(${isOwnMarked ? value : ""})`];
  const imported = [owner ?? path, ...pathsIn(signature)].map((each) =>
    each.split(".").slice(0, -1).join("."),
  );
  const imports = [...new Set(imported.filter((each) => each !== ""))].map(
    (each) => `import ${each}`,
  );
  return { imports, made, code };
}

/** A program of one function that does these things one after the other. */
export function inHandler(...parts: readonly (Use | string)[]): readonly string[] {
  const uses = parts.map((part) =>
    typeof part === "string" ? { imports: [], made: [], code: part } : part,
  );
  const imports = new Set(["import flask", ...uses.flatMap((use) => use.imports)]);
  const lines = uses.flatMap(({ made, code }) => [...made, ...code.split("\n")]);
  return [...imports, "def handler():", ...lines.map((line) => `    ${line}`)];
}

/** Whether the row speaks of a method: what stands before its last word is a type. */
export function ownerOf(path: string): string | undefined {
  const owner = path.slice(0, path.lastIndexOf("."));
  const isType = types.has(owner) || /\._*[A-Z]\w*$/u.test(owner);
  return isType ? owner : undefined;
}

function pathsIn({ conditions }: Signature): readonly string[] {
  return conditions.flatMap(({ isUnless, values }) =>
    isUnless ? [] : values.flatMap((value) => (value.kind === "path" ? [value.path] : [])),
  );
}

function argumentsOf(signature: Signature, value: string): string[] {
  const given: string[] = [];
  let isByName = false;
  for (const parameter of signature.parameters ?? []) {
    const condition = signature.conditions.find((each) => each.parameter === parameter.name);
    const text =
      condition && !parameter.isMarked
        ? conditionValue(condition)
        : parameter.isMarked
          ? shaped(parameter, condition ? `[${value}]` : value)
          : "other()";
    if (text === undefined) {
      isByName = true;
      continue;
    }
    if (parameter.spread === "**")
      given.push(
        parameter.isOfKeys ? `**{${value}: 1}` : parameter.isMarked ? `extra=${text}` : "",
      );
    else if (parameter.spread === "*") given.push(parameter.isMarked && !isByName ? text : "");
    else if (isByName || parameter.isKeywordOnly)
      given.push(parameter.isMarked || condition ? `${parameter.name}=${text}` : "");
    else given.push(text);
  }
  return given.filter((each) => each !== "");
}

/** An argument that lets the row apply; `undefined` to leave it out. */
function conditionValue({ isUnless, values }: ModelCondition): string | undefined {
  const [first] = values;
  if (isUnless) {
    const isMissing = values.some(({ kind }) => kind === "missing");
    return isMissing ? "987" : undefined;
  }
  if (!first || first.kind === "missing") return undefined;
  if (first.kind === "path") return first.path;
  if (first.value === null) return "None";
  if (typeof first.value === "boolean") return first.value ? "True" : "False";
  return JSON.stringify(first.value);
}

function shaped({ element, isOfKeys }: ModelParameter, value: string): string {
  if (isOfKeys) return `{${value}: 1}`;
  if (element === "script") return `["sh", "-c", ${value}]`;
  if (typeof element === "string") return `{"${element}": ${value}}`;
  return element === undefined
    ? value
    : `[${[...Array<string>(element).fill("other()"), value].join(", ")}]`;
}
