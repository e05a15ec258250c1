// Entry points that nothing registers in the code at hand: told by their shape, in a file that speaks of what
// calls them.

import type { Module } from "../../python/module.ts";
import type { Parameter } from "../../python/syntax.ts";
import type { Route } from "../frame.ts";
import type { FunctionDefinition } from "../values/value.ts";
import { styleOf } from "./route-styles.ts";

/** `undefined` for a function that does not look like one. */
export function routeByShape(definition: FunctionDefinition): Route | undefined {
  const names = definition.parameters.map(({ name }) => name);
  const style = definition.owner
    ? styleOfMethod(definition, names)
    : styleOfFunction(definition, names);
  return style === undefined ? undefined : { style, rules: [] };
}

function styleOfFunction(
  definition: FunctionDefinition,
  names: readonly string[],
): string | undefined {
  const [first = "", second = "", third = ""] = names;
  if (definition.isAsync && first === "scope" && second === "receive" && third === "send")
    return "asgi";
  if (definition.qualifiedName.includes(".") || names.length !== 2) return undefined;
  // https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html; only the keys of a request are the visitor's.
  if (first === "event" && /^_?(?:lambda_)?(?:context|ctx)$|^_+$/u.test(second)) return "lambda";
  if (first === "environ" && second === "start_response") return "wsgi";
  return undefined;
}

/** A resource of Falcon has no base: https://falcon.readthedocs.io/en/stable/api/routing.html */
function styleOfMethod(
  { module, name, binding, isAsync }: FunctionDefinition,
  names: readonly string[],
): string | undefined {
  // An application may be an object that is called: https://asgi.readthedocs.io/
  if (name === "__call__" && isAsync && names.slice(1, 4).join() === "scope,receive,send")
    return "asgi";
  const isFalcon =
    binding === "method" &&
    styleOf("falcon")?.methods?.test(name) === true &&
    /^_?req(?:uest)?$/u.test(names[1] ?? "") &&
    /^_?resp(?:onse)?$/u.test(names[2] ?? "") &&
    importsLibrary(module, /^falcon\b/u);
  return isFalcon ? "falcon" : undefined;
}

/** Whose requests are handed over under a name that everybody uses. */
const requests: readonly {
  readonly library: RegExp;
  readonly name: string;
  readonly type: string;
}[] = [
  { library: /^rest_framework\b/u, name: "request", type: "rest_framework.request.Request" },
  { library: /^django\b/u, name: "request", type: "django.http.HttpRequest" },
  { library: /^aiohttp\b/u, name: "request", type: "aiohttp.web.Request" },
  { library: /^sanic\b/u, name: "request", type: "sanic.Request" },
  { library: /^pyramid\b/u, name: "request", type: "pyramid.request.Request" },
  { library: /^falcon\b/u, name: "req", type: "falcon.Request" },
  { library: /^azure\.functions\b/u, name: "req", type: "azure.functions.HttpRequest" },
];

/** The route may stand in a file that is not at hand: the name, in a file that imports the library, is enough. */
export function requestTypeByName(
  { parameters, module }: FunctionDefinition,
  parameter: Parameter,
): string | undefined {
  if (parameter.annotation || parameters.indexOf(parameter) > 1) return undefined;
  const found = requests.filter(({ name }) => name === parameter.name);
  return found.find(({ library }) => importsLibrary(module, library))?.type;
}

/** Whether a file speaks of a library. */
export function importsLibrary(module: Module, library: RegExp): boolean {
  return module.body.some((statement) => {
    if (statement.kind === "import") return statement.names.some(({ name }) => library.test(name));
    if (statement.kind !== "import-from" || statement.level > 0) return false;
    const names = statement.names.map(({ name }) => `${statement.module}.${name}`);
    return [statement.module, ...names].some((name) => library.test(name));
  });
}
