// The configuration of Flask applications: classes for `from_object`, and what is written into `app.config`.
// https://flask.palletsprojects.com/en/stable/config/

import type { CallEvent } from "../../flow/frame.ts";
import type { ClassDefinition, Value } from "../../flow/values/value.ts";
import type { Module, Span } from "../../python/module.ts";
import { argumentOfCall, constantsOf, entryOf } from "../arguments-of-call.ts";
import { expressionAt } from "../enclosing.ts";
import type { Program } from "../program.ts";
import { environmentAt, isForDevelopment } from "./environment.ts";
import type { Setting, Settings } from "./setting.ts";

/** The API paths that say what an application is configured with; whoever asks must watch them. */
export const flaskSettingPaths: readonly string[] = [
  "flask.Config.__setitem__",
  "flask.Config.setdefault",
  "flask.Config.update",
  "flask.Config.from_mapping",
  "flask.Config.from_object",
  "flask.Flask.debug.__set__",
  "flask.Flask.testing.__set__",
  "flask.Flask.secret_key.__set__",
];

const attributes: ReadonlyMap<string, string> = new Map([
  ["flask.Flask.debug.__set__", "DEBUG"],
  ["flask.Flask.testing.__set__", "TESTING"],
  ["flask.Flask.secret_key.__set__", "SECRET_KEY"],
]);

/** Names that tell a class of settings from other classes. */
const telling =
  /^(?:DEBUG|TESTING|SECRET_KEY|SQLALCHEMY_\w+|SESSION_COOKIE_\w+|REMEMBER_COOKIE_\w+|WTF_CSRF_\w+|PREFERRED_URL_SCHEME|PERMANENT_SESSION_LIFETIME|JWT_\w+|MAX_CONTENT_LENGTH|PROPAGATE_EXCEPTIONS|MAIL_\w+)$/u;

/** The settings that applications may run with in production: each file that configures one, each class. */
export function flaskSettings(program: Program): readonly Settings[] {
  const calls = program.calls.filter(
    ({ paths, module }) =>
      paths.some((path) => flaskSettingPaths.includes(path)) && !isForDevelopment(module.path),
  );
  const modules = [...new Set(calls.map(({ module }) => module))];
  return [
    ...modules.map(
      (module): Settings => ({
        framework: "flask",
        title: module.path,
        get: (name) =>
          writtenSetting(
            calls.filter((call) => call.module === module),
            name,
          ),
      }),
    ),
    ...classSettings(program, calls),
  ];
}

/** What is written last, unless something else is written on another way. */
function writtenSetting(calls: readonly CallEvent[], name: string): Setting | undefined {
  const written = calls.flatMap((call) => settingOfCall(call, name) ?? []);
  const places = written.map(({ span }) => environmentAt(span));
  const last = written.findLast((_, index) => places[index] !== "development");
  return last && environmentAt(last.span) === "production" ? last : undefined;
}

function settingOfCall(call: CallEvent, name: string): Setting | undefined {
  const given = valueIn(call, name);
  if (!given) return undefined;
  const { value, span } = given;
  const at = span && contains(call.span, span) ? span : call.span;
  return {
    framework: "flask",
    name,
    value,
    expression: span && expressionAt(span),
    span: call.arguments.positional.length > 1 || attributeOf(call) === name ? call.span : at,
    objects: call.objects,
  };
}

function valueIn(
  call: CallEvent,
  name: string,
): { readonly value: Value; readonly span: Span | undefined } | undefined {
  const [first, second] = call.arguments.positional;
  if (attributeOf(call) !== undefined) return attributeOf(call) === name ? first : undefined;
  if (call.paths.some((path) => /\.(?:__setitem__|setdefault)$/u.test(path)))
    return constantsOf(first?.value)[0] === name ? second : undefined;
  const named = call.arguments.keywords.get(name);
  if (named) return named;
  const value =
    entryOf(call.objects, first?.value, name) ??
    entryOf(call.objects, call.arguments.keywordSpread, name);
  return value && { value, span: undefined };
}

function attributeOf(call: CallEvent): string | undefined {
  return call.paths.map((path) => attributes.get(path)).find((name) => name !== undefined);
}

function contains(outer: Span, inner: Span): boolean {
  return outer.module === inner.module && outer.start <= inner.start && inner.end <= outer.end;
}

/** Classes handed to `from_object`, and those that look like it in a project that configures a Flask application. */
function classSettings(program: Program, calls: readonly CallEvent[]): readonly Settings[] {
  const given = calls.filter((call) => call.paths.includes("flask.Config.from_object"));
  const named = new Set(given.flatMap((call) => classesNamed(call)));
  const usesFlask = program.modules.some(importsFlask);
  const classes = [...program.classes.values()].filter(
    (definition) =>
      !isForDevelopment(definition.module.path) &&
      !isForDevelopment(definition.qualifiedName) &&
      (named.has(definition) ||
        named.has(definition.qualifiedName) ||
        (usesFlask && isConfiguration(definition))),
  );
  const parents = new Set(classes.flatMap(basesWithin));
  return classes
    .filter((definition) => !parents.has(definition) || named.has(definition))
    .map((definition) => ({
      framework: "flask",
      title: definition.qualifiedName,
      get: (name) => settingOfClass(program, definition, name),
    }));
}

function classesNamed(call: CallEvent): readonly (ClassDefinition | string)[] {
  const value = argumentOfCall(call, "obj", 0);
  const texts = constantsOf(value).flatMap((text) =>
    typeof text === "string" ? [text.slice(text.lastIndexOf(".") + 1)] : [],
  );
  const classes = (value?.references ?? []).flatMap((reference) =>
    reference.kind === "class" ? [reference.definition] : [],
  );
  return [...texts, ...classes];
}

function importsFlask({ body }: Module): boolean {
  return body.some(
    (statement) =>
      (statement.kind === "import-from" && /^flask(?:_|\.|$)/u.test(statement.module)) ||
      (statement.kind === "import" && statement.names.some(({ name }) => name === "flask")),
  );
}

/** By its name and by what it holds; a class of another library (pydantic) has rules of its own. */
function isConfiguration(definition: ClassDefinition): boolean {
  if (!/(?:config|settings)/iu.test(definition.qualifiedName)) return false;
  const bases = definition.bases.flatMap(({ references }) => references);
  if (bases.some(({ kind }) => kind === "api")) return bases.every(isObject);
  const own = [...definition.attributes.keys()].filter((name) => telling.test(name));
  return own.length > 0 || basesWithin(definition).some(isConfiguration);
}

function isObject(reference: { readonly kind: string; readonly path?: string }): boolean {
  return reference.kind === "class" || reference.path === "object";
}

function basesWithin(definition: ClassDefinition): readonly ClassDefinition[] {
  return definition.bases.flatMap(({ references }) =>
    references.flatMap((reference) => (reference.kind === "class" ? [reference.definition] : [])),
  );
}

function settingOfClass(
  program: Program,
  definition: ClassDefinition,
  name: string,
  depth = 0,
): Setting | undefined {
  const value = definition.attributes.get(name);
  if (!value) {
    if (depth > 8) return undefined;
    return basesWithin(definition)
      .map((base) => settingOfClass(program, base, name, depth + 1))
      .find((each) => each !== undefined);
  }
  const statement = definition.statement.body.findLast(
    (each) =>
      (each.kind === "assign" &&
        each.targets.some((target) => target.kind === "name" && target.id === name)) ||
      (each.kind === "annotated" && each.target.kind === "name" && each.target.id === name),
  );
  if (!statement || isForDevelopment(definition.qualifiedName)) return undefined;
  const expression =
    statement.kind === "assign" || statement.kind === "annotated" ? statement.value : undefined;
  const span = { module: definition.module, start: statement.start, end: statement.end };
  return { framework: "flask", name, value, expression, span, objects: program.objects };
}
