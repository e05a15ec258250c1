// A cache that keeps objects alive, grows without end, or hands one visitor's page to another.

import {
  codeOf,
  defineRule,
  everyNode,
  isTestPath,
  type Module,
  nodesOfKind,
  type Program,
  pathsOf,
  quoteCode,
  type SyntaxNode,
} from "#rule";

type ClassNode = Extract<SyntaxNode, { kind: "class" }>;
type FunctionNode = Extract<SyntaxNode, { kind: "function" }>;

const visitors = /\b(?:request\.user|self\.request\.user|current_user)\b/u;
const loginWords =
  /^(?:login_required|permission_required|user_passes_test|staff_member_required|jwt_required)$/u;

export default defineRule({
  watches: ["django.core.cache.cache.set", "flask_caching.Cache.set"],
  *check({ program, finding }) {
    for (const { definition, route } of program.functions) {
      const { module, statement, binding } = definition;
      if (!statement || isTestPath(module.path)) continue;
      const cache = cachingOf(module, statement);
      const at = cache && { module, start: cache.start, end: cache.end };
      if (cache && at && binding === "method" && statement.parameters[0]?.name === "self") {
        yield finding(
          at,
          `The cache holds every ${quoteCode("self")} that ${quoteCode(definition.qualifiedName)} was called on, and all its objects stay alive. Use ${quoteCode("cached_property")}, or cache a function of the values it needs.`,
          { severity: "low" },
        );
      } else if (cache?.isUnbounded && at && isAskedByVisitors(program, definition)) {
        yield finding(
          at,
          `Visitors choose what ${quoteCode(definition.name)} is called with, and its cache never forgets: it grows until memory is gone. Give it a ${quoteCode("maxsize")}.`,
          { severity: "low" },
        );
      }
      const ofRequest = cache && at && perRequest(program, definition);
      if (ofRequest)
        yield finding(
          at,
          `${quoteCode(ofRequest)} is another object in every request: the cache of ${quoteCode(definition.name)} finds nothing again, and keeps each one alive. Cache a function of the values it needs.`,
          { severity: "low" },
        );
      const shared = route && sharedPage(module, statement);
      if (shared)
        yield finding(
          { module, start: shared.start, end: shared.end },
          `${quoteCode(definition.name)} answers each user with a page of their own, and ${quoteCode("cache_page")} gives the first one to all. Add ${quoteCode("@vary_on_cookie")} below it, or cache the parts that are the same.`,
          { severity: "medium" },
        );
    }
    for (const module of program.modules) {
      if (isTestPath(module.path) || !importsCachePage(module)) continue;
      for (const view of nodesOfKind(module, "class")) {
        const page = sharedByClass(module, view);
        if (page)
          yield finding(
            { module, start: page.start, end: page.end },
            `${quoteCode(view.name)} answers each user with a page of their own, and ${quoteCode("cache_page")} gives the first one to all. Let it vary with ${quoteCode("vary_on_cookie")}, or cache the parts that are the same.`,
            { severity: "medium" },
          );
      }
    }
    for (const call of program.calls) {
      const key = call.arguments.positional[0] ?? call.arguments.keywords.get("key");
      const value = call.arguments.positional[1] ?? call.arguments.keywords.get("value");
      const scope = call.definition?.statement;
      if (!key || !value || !scope || isTestPath(call.module.path)) continue;
      if (!call.paths.some((path) => path.endsWith(".set"))) continue;
      const isConstant = /^["'][^{}%]*["']$/u.test(codeOf(key.span));
      if (!isConstant || !isOfVisitor(call.module, scope, codeOf(value.span))) continue;
      yield finding(
        call.span,
        `What belongs to one user is kept under ${quoteCode(codeOf(key.span))}, and every user reads it there. Make the user's id part of the key.`,
        { severity: "medium" },
      );
    }
  },
});

/** `@lru_cache`, `@functools.cache`, with or without a bound. */
function cachingOf(
  module: Module,
  { decorators }: FunctionNode,
): { readonly start: number; readonly end: number; readonly isUnbounded: boolean } | undefined {
  for (const { start, end } of decorators) {
    const code = codeOf({ module, start, end });
    const name = /^(?:functools\.)?(?<name>lru_cache|cache)\b(?!\.)/u.exec(code)?.groups?.name;
    if (name === undefined || !importsFunctools(module, name)) continue;
    return {
      start,
      end,
      isUnbounded: name === "cache" || /\bmaxsize\s*=\s*None|\(\s*None\s*\)/u.test(code),
    };
  }
  return undefined;
}

function importsFunctools({ text }: Module, name: string): boolean {
  return (
    new RegExp(String.raw`^\s*from functools import [^\n]*\b${name}\b`, "mu").test(text) ||
    /^\s*import functools\b/mu.test(text)
  );
}

/** The parameter that holds a request or a session, by its annotation. */
function perRequest(
  program: Program,
  { module, parameters }: Program["functions"][number]["definition"],
): string | undefined {
  return parameters.find(({ annotation }) => {
    if (annotation?.kind !== "name") return false;
    return pathsOf(program.globalOf(module, annotation.id)).some((path) => ofRequests.test(path));
  })?.name;
}

const ofRequests =
  /^(?:starlette\.requests\.Request|fastapi\.Request|django\.http\.HttpRequest|flask\.Request|sqlalchemy\.orm\.Session|sqlmodel\.Session|sqlalchemy\.ext\.asyncio\.AsyncSession)$/u;

/** A view calls it with what it was itself given. */
function isAskedByVisitors(
  program: Program,
  definition: Program["functions"][number]["definition"],
): boolean {
  if (!definition.parameters.some(({ annotation }) => isText(definition.module, annotation)))
    return false;
  const routes = new Map(program.functions.map((each) => [each.definition, each.route]));
  return program.edges.some(({ caller, callee, span }) => {
    if (callee !== definition || !caller || !routes.get(caller)) return false;
    const given = codeOf(span).slice(codeOf(span).indexOf("(") + 1);
    return caller.parameters.some(
      ({ name, annotation }) =>
        new RegExp(String.raw`^${name}\b`, "u").test(given) && isText(caller.module, annotation),
    );
  });
}

function isText(module: Module, annotation: SyntaxNode | undefined): boolean {
  return (
    annotation !== undefined &&
    codeOf({ module, start: annotation.start, end: annotation.end }) === "str"
  );
}

/** The `cache_page` above a view that looks at its user and does not vary. */
function sharedPage(
  module: Module,
  statement: FunctionNode,
): { readonly start: number; readonly end: number } | undefined {
  const code = (node: { readonly start: number; readonly end: number }): string =>
    codeOf({ module, start: node.start, end: node.end });
  const names = statement.decorators.map(
    (each) => (code(each).split("(")[0] ?? "").split(".").at(-1) ?? "",
  );
  const page = statement.decorators[names.indexOf("cache_page")];
  if (!page || !importsCachePage(module)) return undefined;
  const varies = /vary_on|private\s*=\s*True|never_cache|key_prefix/u.test(
    statement.decorators.map(code).join("\n"),
  );
  const looksAtUser =
    names.some((name) => loginWords.test(name)) ||
    statement.body.some((each) => visitors.test(code(each)));
  return looksAtUser && !varies ? page : undefined;
}

/** `@method_decorator(cache_page(60), name="dispatch")` above a view class that knows its user. */
function sharedByClass(
  module: Module,
  { decorators, arguments: bases, body }: ClassNode,
): SyntaxNode | undefined {
  const code = (node: { readonly start: number; readonly end: number }): string =>
    codeOf({ module, start: node.start, end: node.end });
  const page = decorators.find((each) =>
    /^method_decorator\([^)]*\bcache_page\(/u.test(code(each)),
  );
  const all = decorators.map(code).join("\n");
  if (!page || /vary_on|private\s*=\s*True|never_cache|key_prefix/u.test(all)) return undefined;
  const knowsUser =
    /\b(?:login_required|permission_required|user_passes_test|staff_member_required)\b/u.test(
      all,
    ) ||
    bases.some(({ value }) =>
      /(?:LoginRequired|PermissionRequired|UserPassesTest)Mixin$/u.test(code(value)),
    ) ||
    body.some((each) => visitors.test(code(each)));
  return knowsUser ? page : undefined;
}

function importsCachePage({ text }: Module): boolean {
  return text.includes("from django.views.decorators.cache import");
}

/** The value, or what its name was given, speaks of the visitor. */
function isOfVisitor(module: Module, scope: FunctionNode, value: string): boolean {
  if (visitors.test(value)) return true;
  if (!/^\w+$/u.test(value)) return false;
  for (const node of everyNode({ body: scope.body })) {
    if (node.kind !== "assign") continue;
    const isNamed = node.targets.some((target) => target.kind === "name" && target.id === value);
    const given = codeOf({ module, start: node.value.start, end: node.value.end });
    if (isNamed && visitors.test(given)) return true;
  }
  return false;
}
