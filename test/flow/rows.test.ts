// Every row of every model is put to work: a small program is made of each, and what the row promises is seen.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Observations, observe } from "../../src/flow/interpreter.ts";
import {
  type ModelCondition,
  type ModelParameter,
  readModels as makeModels,
  parseSignature,
  type Signature,
} from "../../src/flow/models.ts";
import { makeModule } from "../../src/python/module.ts";
import { PythonParser } from "../../src/python/parse.ts";
import { makeProject } from "../../src/python/project.ts";
import { readModels } from "../../src/read-rulebook.ts";

interface Row {
  readonly concept: string;
  readonly text: string;
}

const files = await readModels();
const models = makeModels(files);
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

function run(lines: readonly string[]): Observations {
  const result = parser.parse(`${lines.join("\n")}\n`);
  if (result.kind !== "parsed") throw new Error(`does not parse: ${lines.join("\n")}`);
  const file = { path: "app.py", text: `${lines.join("\n")}\n` };
  return observe(makeProject([makeModule(file, result.tree)]), models, new Set());
}

/** Whether the row speaks of a method: what stands before its last word is a type. */
function ownerOf(path: string): string | undefined {
  const owner = path.slice(0, path.lastIndexOf("."));
  const isType = types.has(owner) || /\._*[A-Z]\w*$/u.test(owner);
  return isType ? owner : undefined;
}

/** A program in which `value`, from outside, is given where the row marks it. */
function programOf(signature: Signature, value: string): readonly string[] {
  // What `getattr(object, name)` gives has no name of its own.
  if (signature.path === "globals.chosen") return inHandler([`globals()[${value}]()`]);
  if (signature.path === "getattr.chosen") return inHandler([`getattr(other(), ${value})()`]);
  const setter = /^(.*)\.(\w+)\.__set__$/u.exec(signature.path);
  const path = setter?.[1] ?? signature.path;
  const owner = setter ? path : ownerOf(path);
  const parent = path.slice(0, path.lastIndexOf("."));
  const name = path.slice(path.lastIndexOf(".") + 1);
  const isOwnMarked = signature.receiver?.isMarked === true;
  const given = argumentsOf(signature, isOwnMarked ? "other()" : value);
  const thing = owner === undefined ? parent : "thing";
  const called = owner === undefined ? path : name === "__call__" ? "thing" : `thing.${name}`;
  const statement = setter
    ? `thing.${setter[2]} = ${value}`
    : name === "__setitem__"
      ? `${thing}[${given[0]}] = ${given[1]}`
      : `${called}(${given.join(", ")})`;
  const made =
    owner === undefined ? [] : [`thing: "${owner}" = other(${isOwnMarked ? value : ""})`];
  const imported = [owner ?? path, ...pathsIn(signature)].map((each) =>
    each.split(".").slice(0, -1).join("."),
  );
  const imports = [...new Set(imported.filter((each) => each !== ""))].map(
    (each) => `import ${each}`,
  );
  return [...imports, ...inHandler([...made, statement])];
}

function inHandler(lines: readonly string[]): readonly string[] {
  return ["import flask", "def handler():", ...lines.map((line) => `    ${line}`)];
}

function pathsIn({ conditions }: Signature): readonly string[] {
  return conditions.flatMap(({ isUnless, values }) =>
    isUnless ? [] : values.flatMap((value) => (value.kind === "path" ? [value.path] : [])),
  );
}

function argumentsOf(signature: Signature, value: string): readonly string[] {
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

function rowsOf(text: string, section: "sinks" | "sources"): readonly Row[] {
  const model = parse(text) as Record<string, Record<string, string[]> | undefined>;
  return Object.entries(model[section] ?? {}).flatMap(([concept, rows]) =>
    rows.map((row) => ({ concept, text: row })),
  );
}

const source = 'flask.request.args["q"]';

describe.each(files.filter(({ text }) => rowsOf(text, "sinks").length > 0))("$path", ({ text }) => {
  test.each(rowsOf(text, "sinks"))("what is given reaches $concept: $text", (row) => {
    const program = programOf(parseSignature(row.text), source);
    const { flows } = run(program);

    expect(
      flows.map(({ concept }) => concept),
      program.join("\n"),
    ).toContain(row.concept);
  });
});

describe.each(files.filter(({ text }) => rowsOf(text, "sources").length > 0))("$path", ({
  text,
}) => {
  test.each(rowsOf(text, "sources"))("what is read comes as $concept: $text", (row) => {
    const program = readingProgramOf(parseSignature(row.text));
    const { flows } = run(program);

    const concepts = flows.flatMap(({ concept, label }) =>
      concept === "code" ? [label.source.concept] : [],
    );
    // A secret among them is told as one, too.
    expect(concepts, program.join("\n")).toContain(row.concept);
  });
});

/** A program that evaluates what a row says is read. */
function readingProgramOf({ path, parameters }: Signature): readonly string[] {
  const owner = ownerOf(path);
  const name = path.slice(path.lastIndexOf(".") + 1);
  const made = owner === undefined ? [] : [`thing: "${owner}" = other()`];
  const read = owner === undefined ? path : `thing.${name}`;
  const module = (owner ?? path).split(".").slice(0, -1).join(".");
  return [
    ...(module === "" ? [] : [`import ${module}`]),
    ...inHandler([...made, `eval(${read}${parameters ? "()" : ""})`]),
  ];
}
