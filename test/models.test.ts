// What is known of libraries is well written: every row can be read, means something, and stands once.

import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readModels as makeModels, parseSignature, type Signature } from "../src/flow/models.ts";
import { readModels } from "../src/read-rulebook.ts";

const path = z.string().regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u);
const signature = z.string().refine(isSignature, { error: "is no signature" });
const attributeOrCall = signature.refine(
  (text) => !parameters(text)?.length,
  "must be an attribute, or a call without parameters",
);
const call = signature.refine((text) => parameters(text)?.length === 0, "must be a call: name()");
const markedCall = signature.refine(
  (text) =>
    isSignature(text) &&
    (parseSignature(text).receiver?.isMarked || parameters(text)?.some(({ isMarked }) => isMarked)),
  "must mark the argument that matters",
);
const callOrCondition = signature.refine(
  (text) =>
    parameters(text)?.length === 0 ||
    (isSignature(text) && parseSignature(text).conditions.length > 0),
  "must be a call: name(), or depend on an argument",
);
// `is_safe(x!)`, or an attribute of what is asked about: `ip.is_private`.
const question = signature.refine(
  (text) => parameters(text) === undefined || markedCall.safeParse(text).success,
  "must mark the argument that matters, or be an attribute",
);
const callWithArguments = signature.refine(
  (text) => parameters(text) !== undefined,
  "must be a call",
);

const list = (row: typeof signature) => z.array(row).min(1);
const byConcept = (concepts: readonly string[], row: typeof signature) =>
  z.partialRecord(z.enum(concepts), list(row));

const routeStyles = [
  ...[
    "flask",
    "flask-resource",
    "quart",
    "django",
    "rest-framework",
    "rest-framework-viewset",
    "fastapi",
    "starlette",
  ],
  ...["starlette-websocket", "aiohttp", "tornado", "sanic", "bottle", "falcon", "pyramid"],
  ...["cherrypy", "cloud-function", "chalice", "click", "typer", "websocket"],
  ...["graphene", "strawberry", "django-ninja", "remote-call"],
] as const;

const shape = z.strictObject({
  library: path,
  docs: z.url({ protocol: /^https$/u }),
  aliases: z.record(path, path).optional(),
  bases: z.record(path, z.array(path).min(1)).optional(),
  returns: z.record(attributeOrCall, path).optional(),
  enters: z.record(path, path).optional(),
  sources: byConcept(
    [
      ...["parameter", "path", "header", "cookie", "body", "upload", "host"].map(
        (part) => `http-${part}`,
      ),
      ...["cli-input", "environment", "stored-data", "network-data"],
      // Uploads whose names are safe, and what is not from outside but followed the same way.
      ...["http-file", "file-name", "xml-parser"],
      // Not from outside, but followed the same way: which parser reads a document.
      "xml-parser",
      // Nor these: numbers that can be foretold, the inside of a program that failed.
      "weak-random",
      "weak-hash",
      "pattern",
      "password",
      "sensitive",
      "traceback",
    ],
    attributeOrCall,
  ).optional(),
  sinks: byConcept(
    [
      ...["sql", "nosql", "shell", "program", "code", "module", "deserialize", "template"],
      ...["xpath", "ldap", "header", "log", "regex", "subject", "pattern"],
      ...["session", "fields", "console", "log-entry", "upload-name"],
      ...["path", "path-or-file", "archive", "url", "redirect", "html", "xml", "xml-parser"],
      "secret",
      "signature",
      "weak-hash",
      "fast-hash",
      "response",
    ],
    markedCall,
  ).optional(),
  sanitizers: byConcept(
    [
      ...["all", "sql", "nosql", "shell", "code", "template", "xpath", "ldap", "header", "log"],
      ...["regex", "html", "path", "normal-path", "url", "redirect"],
    ],
    callWithArguments,
  ).optional(),
  restores: byConcept(
    ["shell", "sql", "log", "header", "html", "path", "url", "redirect"],
    callWithArguments,
  ).optional(),
  validators: byConcept(["all"], markedCall).optional(),
  guards: byConcept(["all", "path", "url", "redirect"], question).optional(),
  rejects: byConcept(["all", "path", "url", "redirect"], question).optional(),
  shared: list(signature).optional(),
  propagates: list(callWithArguments).optional(),
  clean: list(call).optional(),
  "never-returns": list(call).optional(),
  blocking: byConcept(
    ["database", "http", "network", "process", "file", "sleep", "cpu", "wait"],
    callOrCondition,
  ).optional(),
  offloads: list(markedCall).optional(),
  "entry-points": byConcept(
    ["request", "worker", "callback", "command", "script", "start-up", "task"],
    callWithArguments,
  ).optional(),
  "hands-over": z.record(call, path).optional(),
  "async-twins": z.record(path, z.string().regex(/^[^`]+$/u)).optional(),
  routes: byConcept(routeStyles, callWithArguments).optional(),
  views: byConcept(routeStyles, callWithArguments).optional(),
});

const files = await readModels();
const models = makeModels(files);

test("there are models", () => {
  expect(files.map((file) => file.path)).toContain("rules/models/sqlite3.yaml");
});

describe.each(files)("$path", ({ text }) => {
  const read = shape.safeParse(parse(text));

  test("is written in the notation, with a link to the documentation", () => {
    expect(read.error && z.prettifyError(read.error)).toBeUndefined();
  });

  test("names each thing by the path its aliases lead to, or the row would never be found", () => {
    const paths = read.success ? pathsOf(read.data) : [];

    expect(paths.filter((name) => models.canonical(name) !== name)).toEqual([]);
  });

  test("gives no type of which nothing else is said", () => {
    const types = read.success ? Object.values(read.data.returns ?? {}) : [];

    expect(types.filter((type) => type !== "str" && !models.knows(type))).toEqual([]);
  });
});

test("no row stands twice, in one file or in two", () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const file of files) {
    for (const row of rowsOf(parse(file.text))) {
      const other = seen.get(row);
      if (other !== undefined) twice.push(`${row}: ${other}, ${file.path}`);
      seen.set(row, file.path);
    }
  }

  expect(twice).toEqual([]);
});

function isSignature(text: string): boolean {
  try {
    const { parameters: list = [], conditions } = parseSignature(text);
    const names = list.map((parameter) => parameter.name);
    const areConditionsKnown = conditions.every(({ parameter }) => names.includes(parameter));
    return new Set(names).size === names.length && areConditionsKnown;
  } catch {
    return false;
  }
}

function parameters(text: string): Signature["parameters"] {
  return isSignature(text) ? parseSignature(text).parameters : undefined;
}

/** Every API path a model speaks of, save the other names of `aliases`. */
function pathsOf(model: z.infer<typeof shape>): readonly string[] {
  const { sources, sinks, sanitizers, guards, blocking, routes } = model;
  const entries = model["entry-points"];
  const sections = [sources, sinks, sanitizers, guards, blocking, routes, entries];
  const signatures = [
    ...sections.flatMap((section) => Object.values(section ?? {}).flat()),
    ...[model.propagates, model.clean, model["never-returns"], model.offloads].flatMap(
      (rows) => rows ?? [],
    ),
    ...Object.keys(model.returns ?? {}),
  ];
  return [
    ...signatures.filter((text) => text !== undefined).map((text) => parseSignature(text).path),
    ...Object.values(model.returns ?? {}),
    ...Object.values(model.aliases ?? {}),
    ...Object.entries(model.bases ?? {}).flatMap(([type, bases]) => [type, ...bases]),
    ...Object.entries(model.enters ?? {}).flat(),
  ];
}

/** One text for each row: its section, concept, path and condition. */
function rowsOf(model: unknown): readonly string[] {
  if (!isMapping(model)) return [];
  return Object.entries(model).flatMap(([section, content]) => {
    if (section === "library" || section === "docs") return [];
    if (Array.isArray(content)) return content.map((row) => `${section} ${withoutParameters(row)}`);
    if (!isMapping(content)) return [];
    return Object.entries(content).flatMap(([key, value]) =>
      Array.isArray(value) && section !== "bases"
        ? value.map((row) => `${section} ${key} ${withoutParameters(row)}`)
        : [`${section} ${withoutParameters(key)}`],
    );
  });
}

function withoutParameters(row: unknown): string {
  return String(row).replace(/\(.+?\)(?=$|\s)/u, "()");
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
