// A setting that must be there is asked for by the first visitor who needs it, although the program asks for others
// when it starts; or it may be missing where nothing works without it.

import {
  codeOf,
  defineRule,
  enclosingNodes,
  everyNode,
  executionsOf,
  type Fault,
  type Fix,
  fixOf,
  flaskSettingPaths,
  isTestPath,
  type Module,
  type Program,
  pathsOf,
  quoteCode,
  type SyntaxNode,
  settingsNamed,
} from "#rule";

type Subscript = Extract<SyntaxNode, { kind: "subscript" }>;
type FunctionDefinition = Program["functions"][number]["definition"];

/** What the machine itself, or whoever runs the program there, always sets. */
const given =
  /^(?:PATH|HOME|USER|LOGNAME|PWD|SHELL|LANG|TZ|TMP|TEMP|TMPDIR|HOSTNAME|COMPUTERNAME|APPDATA|PYTHON\w*|AWS_\w+|K_\w+|KUBERNETES_\w+|GITHUB_\w+)$/u;
/** Functions that run anew for each event anyway. */
const shortLived: ReadonlySet<string> = new Set(["cloud-function", "chalice"]);

export default defineRule({
  watches: flaskSettingPaths,
  fix: askAtStart,
  *check({ program, finding }) {
    const executionOf = executionsOf(program);
    const custom = earlyReads(program);
    for (const { definition, route } of program.functions) {
      const { module, statement } = definition;
      if (custom === undefined) break;
      if (!statement || isTestPath(module.path) || !/\benviron\b/u.test(module.text)) continue;
      if (shortLived.has(route?.style ?? "") || isKeptByDecorator(definition)) continue;
      const { isRequest, starts } = executionOf(definition);
      // What the start asks for too fails there.
      if (!isRequest || starts.has("start-up") || starts.has("command")) continue;
      const read = requiredReads(program, definition)[0];
      if (!read) continue;
      const code = quoteCode(codeAt(module, read));
      yield finding(
        { module, start: read.start, end: read.end },
        `${quoteCode(definition.name)} asks for ${code} while a visitor waits: where it is not set, the program starts all the same, and answers with an error. Read it at the start, as ${quoteCode(custom)} is.`,
      );
    }
    for (const { setting } of settingsNamed(program, "SECRET_KEY")) {
      const { framework, expression, span } = setting;
      const { module } = span;
      if (framework !== "flask" || !expression || isTestPath(module.path)) continue;
      const name = optionalRead(program, module, expression);
      if (name === undefined) continue;
      yield finding(
        { module, start: expression.start, end: expression.end },
        `Where ${quoteCode(name)} is not set the key is ${quoteCode("None")}: the program starts all the same, and the first session fails. Write ${quoteCode(`os.environ["${name}"]`)}, which fails at the start.`,
      );
    }
  },
});

/** A setting that the program asks for while it starts, if that is its custom: one of at least two, or a settings class. */
function earlyReads(program: Program): string | undefined {
  const names = new Set<string>();
  for (const module of program.modules) {
    if (isTestPath(module.path)) continue;
    const settings = /^class (?<name>\w+)\((?:\w+\.)?BaseSettings\b/mu.exec(module.text)?.groups
      ?.name;
    if (settings !== undefined) return settings;
    if (!/\benviron\[/u.test(module.text)) continue;
    for (const node of everyNode(module)) {
      if (node.kind !== "subscript" || node.index?.kind !== "string") continue;
      if (!isEnvironment(program, module, node.object)) continue;
      const around = enclosingNodes({ module, start: node.start, end: node.end });
      if (!around.some(({ kind }) => kind === "function")) names.add(node.index.value);
    }
  }
  return names.size < 2 ? undefined : [...names][0];
}

/** `os.environ["X"]`, where nothing asks first whether it is there or is ready for the error. */
function requiredReads(
  program: Program,
  { module, statement }: FunctionDefinition,
): readonly Subscript[] {
  return everyNode({ body: statement?.body ?? [] }).filter((node): node is Subscript => {
    if (node.kind !== "subscript" || !isEnvironment(program, module, node.object)) return false;
    if (node.index?.kind !== "string" || given.test(node.index.value)) return false;
    const around = enclosingNodes({ module, start: node.start, end: node.end });
    const inner = around.findLast(({ kind }) => kind === "function" || kind === "lambda");
    if (inner !== undefined && inner.start !== statement?.start) return false;
    return !isWritten(around, node) && !isAskedFirst(module, around, node.index.value);
  });
}

function isWritten(around: readonly SyntaxNode[], node: Subscript): boolean {
  return around.some(
    (each) =>
      each.kind === "delete" ||
      (each.kind === "assign" && each.targets.some((target) => target.start === node.start)),
  );
}

function isAskedFirst(module: Module, around: readonly SyntaxNode[], name: string): boolean {
  const isReady = around.some((each) => each.kind === "try" && each.handlers.length > 0);
  const scope = around.findLast(({ kind }) => kind === "function");
  const asking = new RegExp(
    String.raw`["']${name}["']\s+(?:not\s+)?in\b|(?:environ\.get|getenv)\(\s*["']${name}["']|environ\[["']${name}["']\]\s*=(?!=)`,
    "u",
  );
  return isReady || (scope !== undefined && asking.test(codeAt(module, scope)));
}

/** The name of the variable in `os.environ.get("X")` without a second argument. */
function optionalRead(
  program: Program,
  module: Module,
  expression: SyntaxNode,
): string | undefined {
  if (expression.kind !== "call" || expression.arguments.length !== 1) return undefined;
  const { callee, arguments: all } = expression;
  if (callee.kind !== "attribute") return undefined;
  const isRead =
    (callee.name === "get" && isEnvironment(program, module, callee.object)) ||
    (callee.name === "getenv" && isOs(program, module, callee.object));
  const name = all[0]?.value;
  return isRead && name?.kind === "string" ? name.value : undefined;
}

function isEnvironment(program: Program, module: Module, node: SyntaxNode): boolean {
  if (node.kind === "name") return isApi(program, module, node.id, "os.environ");
  return node.kind === "attribute" && node.name === "environ" && isOs(program, module, node.object);
}

function isOs(program: Program, module: Module, node: SyntaxNode): boolean {
  return node.kind === "name" && isApi(program, module, node.id, "os");
}

function isApi(program: Program, module: Module, name: string, path: string): boolean {
  return pathsOf(program.globalOf(module, name)).includes(path);
}

/** Once asked, it is kept: `@lru_cache`, `@cached_property`. */
function isKeptByDecorator({ module, statement }: FunctionDefinition): boolean {
  return (statement?.decorators ?? []).some((each) =>
    /cache|once|singleton/iu.test(codeAt(module, each)),
  );
}

function askAtStart({ at, node, program }: Fault): Fix | undefined {
  if (node?.kind !== "call" || node.callee.kind !== "attribute") return undefined;
  const name = optionalRead(program, at.module, node);
  const { callee } = node;
  const object = callee.name === "getenv" ? "os.environ" : codeAt(at.module, callee.object);
  if (name === undefined) return undefined;
  return fixOf({ start: node.start, end: node.end, text: `${object}["${name}"]` });
}

function codeAt(
  module: Module,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return codeOf({ module, start, end });
}
