// The ways into an application that stand beside each other, and whether each asks who is there: views of one
// file under one router or blueprint, and view classes of one file.

import type { ObservedFunction } from "../flow/interpreter.ts";
import { codeOf, type Module, type Span } from "../python/module.ts";
import type { Expression } from "../python/syntax.ts";
import { everyNode } from "./enclosing.ts";
import { calledName } from "./passage.ts";

export interface Entrance {
  /** What stands beside each other: the file and the router, `orders.py bp`. */
  readonly family: string;
  readonly name: string;
  /** Where the name or the decorator that makes it an entrance stands. */
  readonly span: Span;
  /** Its name and the paths it answers to. */
  readonly title: string;
  readonly changes: boolean;
  /** What it asks for, as written: `@login_required`, `Depends(current_user)`. */
  readonly guards: readonly string[];
  /** Its decorators, dependencies and class attributes, as written. */
  readonly terms: string;
  /** Whether the code itself looks at who is there. */
  readonly asksItself: boolean;
  /** Decorators above the one that registers it: no request comes by them. */
  readonly passedBy: readonly Span[];
}

/** Frameworks whose decorator registers the function that stands below it, and gives that back. */
const registering: ReadonlySet<string> = new Set([
  ...["flask", "quart", "fastapi", "starlette", "sanic", "bottle", "aiohttp"],
]);

type Functions = readonly ObservedFunction[];

const guardWords =
  /login|logged_?in|auth|permission|require_?(?:user|role|admin|scope|token|session)|jwt|token|current_?user|current_active|admin|role|protected|api_?key|staff|superuser|member|authorize|verify|secur/iu;
const routeNames = new Set([
  "route",
  "api_route",
  "get",
  "post",
  "put",
  "patch",
  "delete",
  "head",
  "options",
  "websocket",
  "add_url_rule",
]);
const changing = new Set(["post", "put", "patch", "delete"]);
const asking =
  /\bcurrent_user\b|\brequest\.user\b|\bself\.request\.user\b|\bsession(?:\[|\.get\()|\bg\.user\b|[Aa]uthorization|compare_digest|signature|construct_event|\babort\(40[13]\)|status(?:_code)?=40[13]|\b(?:check|require|verify|ensure|assert|validate)_\w*(?:auth|user|login|token|perm|admin|key|access|owner|sign)|api_?key|X-Api-Key|get_jwt_identity|is_authenticated|PermissionDenied|has_perm/u;

/** A decorator that asks who is there, as it is named. */
export function isGuard(decorator: Span): boolean {
  return guardWords.test(codeOf(decorator));
}

/** Views that are functions: those a framework is known to call. */
export function viewFunctions(functions: Functions): readonly Entrance[] {
  return functions.flatMap(({ definition, route }) => {
    const { statement, module, owner } = definition;
    if (!route || !statement || owner) return [];
    const code = (node: { readonly start: number; readonly end: number }): string =>
      codeOf({ module, start: node.start, end: node.end });
    const routing = statement.decorators.find(isRouting);
    const router =
      routing?.kind === "call" && routing.callee.kind === "attribute"
        ? code(routing.callee.object)
        : "";
    const above =
      routing && registering.has(route.style)
        ? statement.decorators.slice(0, statement.decorators.indexOf(routing))
        : [];
    const others = statement.decorators
      .filter((decorator) => !isRouting(decorator) && !above.includes(decorator))
      .map(code);
    const dependencies = routing ? dependenciesIn(routing, code) : [];
    const parameters = statement.parameters.flatMap(({ annotation, default: given }) =>
      [annotation, given].flatMap((part) => (part ? [code(part)] : [])),
    );
    const body = statement.body.map(code).join("\n");
    const guards = [
      ...others.map((text) => `@${text}`),
      ...[
        ...dependencies,
        ...parameters.filter((text) => /Depends|Security|User|Auth/u.test(text)),
      ],
    ].filter((text) => guardWords.test(text));
    return [
      {
        family: `${module.path} ${router}`,
        name: statement.name,
        span: {
          module,
          start: statement.nameStart,
          end: statement.nameStart + statement.name.length,
        },
        title: `${statement.name} ${routing ? code(routing) : ""}`,
        changes: routing
          ? changesBy(routing)
          : /\brequire_POST\b|\.method == ["'](?:POST|PUT|DELETE)|\.POST\b/u.test(
              `${others.join(" ")}\n${body}`,
            ),
        guards,
        terms: [...others, ...dependencies, ...parameters].join("\n"),
        asksItself: asking.test(body),
        passedBy: above.map(({ start, end }) => ({ module, start, end })),
      },
    ];
  });
}

function isRouting(decorator: Expression): boolean {
  return (
    decorator.kind === "call" &&
    decorator.callee.kind === "attribute" &&
    routeNames.has(calledName(decorator))
  );
}

function changesBy(routing: Expression): boolean {
  if (routing.kind !== "call") return false;
  if (changing.has(calledName(routing))) return true;
  const methods = routing.arguments.find(({ name }) => name === "methods")?.value;
  return (
    methods !== undefined &&
    "elements" in methods &&
    methods.elements.some(
      (each) => each.kind === "string" && changing.has(each.value.toLowerCase()),
    )
  );
}

function dependenciesIn(
  routing: Expression,
  code: (node: Expression) => string,
): readonly string[] {
  if (routing.kind !== "call") return [];
  return routing.arguments
    .filter(({ name }) => name === "dependencies")
    .map(({ value }) => code(value));
}

const viewBases =
  /^(?:(?:\w+\.)*)(?:View|APIView|GenericAPIView|\w*ViewSet|(?:Create|Update|Delete|Form|List|Detail|Template)View|\w+APIView|MethodView|Resource)$/u;
const changingBases =
  /(?:Create|Update|Delete|Form)View|ModelViewSet|(?:Create|Update|Destroy)\w*APIView|(?:Create|Update|Destroy)ModelMixin/u;

/** View classes; guarded by a mixin, a decorator or `permission_classes`. */
export function viewClasses(module: Module): readonly Entrance[] {
  return module.body.flatMap((statement) => {
    if (statement.kind !== "class") return [];
    const code = (node: { readonly start: number; readonly end: number }): string =>
      codeOf({ module, start: node.start, end: node.end });
    const bases = statement.arguments.filter(({ name }) => !name).map(({ value }) => code(value));
    if (!bases.some((base) => viewBases.test(base))) return [];
    const attributes = statement.body.flatMap((each) =>
      each.kind === "assign" ? [code(each)] : [],
    );
    const permissions = statement.body.flatMap((each) =>
      each.kind === "assign" &&
      each.targets.some(
        (target) =>
          target.kind === "name" &&
          ["permission_classes", "decorators", "method_decorators"].includes(target.id),
      )
        ? [code(each.value)]
        : [],
    );
    const methods = statement.body.flatMap((each) => (each.kind === "function" ? [each.name] : []));
    const guards = [
      ...bases.filter((base) => /Mixin$|Required/u.test(base)),
      ...statement.decorators
        .map(code)
        .filter((text) => !/csrf|cache|never_cache|ensure/u.test(text)),
      ...permissions.filter(
        (text) => !/AllowAny/u.test(text) && /Is|Has|Can|Permission|required|auth/u.test(text),
      ),
    ].filter((text) => guardWords.test(text) || /Is\w+|Has\w+|Can\w+/u.test(text));
    const body = everyNode({ body: statement.body })
      .flatMap((node) => (node.kind === "function" ? [code(node)] : []))
      .join("\n");
    return [
      {
        family: `${module.path} classes`,
        name: statement.name,
        span: {
          module,
          start: statement.nameStart,
          end: statement.nameStart + statement.name.length,
        },
        title: statement.name,
        changes:
          methods.some(
            (name) =>
              changing.has(name) || ["create", "update", "destroy", "form_valid"].includes(name),
          ) || bases.some((base) => changingBases.test(base)),
        guards,
        terms: [...bases, ...statement.decorators.map(code), ...attributes].join("\n"),
        asksItself:
          asking.test(body) ||
          methods.some((name) =>
            ["get_permissions", "test_func", "dispatch", "check_permissions"].includes(name),
          ),
        passedBy: [],
      },
    ];
  });
}
