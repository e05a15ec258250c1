// A handler that catches everything and does nothing: work that failed looks like work that was done.

import {
  codeOf,
  defineRule,
  enclosingNodes,
  everyNode,
  isTestPath,
  type Module,
  quoteCode,
  type SyntaxNode,
} from "#rule";

type Try = Extract<SyntaxNode, { kind: "try" }>;
type Handler = Try["handlers"][number];

/** What tidies up may fail: nothing is left to be done about it. */
const tidying =
  /^_*(?:abort\w*|a?close\w*|aexit|exit|clean\w*|clear\w*|unlink|remove\w*|rmtree|rmdir|delete_temp\w*|shutdown|disconnect|terminate|kill|stop\w*|cancel\w*|rollback|release\w*|quit|join|flush|detach|dispose|unsubscribe|unregister\w*|teardown\w*|tear_down\w*|del|finalize|reset\w*|wait|logout)_*$/iu;
/** Telling others how it went is done as well as it can be. */
const telling =
  /^(?:_?log(?:ger|ging|s)?|metrics?|statsd|stats|telemetry|sentry_sdk|tracer|span|print|warnings|traceback|sys)$/iu;

export default defineRule({
  *check({ program, finding }) {
    const waiting = program.functions.flatMap(({ effects }) =>
      effects.flatMap(({ chain }) => chain[0] ?? []),
    );
    for (const module of program.modules) {
      if (isTestPath(module.path) || !/\bexcept\b/u.test(module.text)) continue;
      const blocking = waiting.filter((span) => span.module === module);
      for (const node of everyNode(module)) {
        if (node.kind !== "try") continue;
        const handler = node.handlers.find((each) => isBroad(each) && isSilent(each));
        if (!handler || isExpectedToFail(module, node)) continue;
        const work = workOf(node.body);
        const isOutside = blocking.some(
          ({ start, end }) => node.start <= start && end <= (node.body.at(-1)?.end ?? node.start),
        );
        // An answer that has a default, of something that talks to nobody, is a guess that may fail.
        if (!work || !(isOutside || (work.isDeed && !givesBack(handler)))) continue;
        const isBare =
          handler.type === undefined || codeAt(module, handler.type) === "BaseException";
        const clause = handler.type ? `except ${codeAt(module, handler.type)}` : "except";
        yield finding(
          { module, start: handler.start, end: handler.start + "except".length },
          `${quoteCode(`${clause}:`)} hides every failure of ${quoteCode(codeAt(module, work.call))}, also those nobody thought of. Catch what you expect, or tell of it with \`logger.exception(...)\`.`,
          { severity: isBare || isOutside ? "medium" : "low" },
        );
      }
    }
  },
});

function isBroad({ type }: Handler): boolean {
  if (!type) return true;
  const each = type.kind === "tuple" ? type.elements : [type];
  return each.some(
    (one) => one.kind === "name" && (one.id === "Exception" || one.id === "BaseException"),
  );
}

/** `pass`, `continue`, `...`, or an empty answer. */
function isSilent({ body }: Handler): boolean {
  return body.every((statement) => {
    if (statement.kind === "pass" || statement.kind === "continue") return true;
    if (statement.kind === "return") return isEmpty(statement.value);
    return (
      statement.kind === "expression" &&
      (statement.value.kind === "string" ||
        (statement.value.kind === "singleton" && statement.value.value === undefined))
    );
  });
}

/** `False` is an answer: no, it did not work. */
function isEmpty(value: SyntaxNode | undefined): boolean {
  if (!value) return true;
  if (value.kind === "singleton") return value.value === null;
  if (value.kind === "list" || value.kind === "tuple") return value.elements.length === 0;
  return value.kind === "dict" && value.entries.length === 0;
}

function givesBack({ body }: Handler): boolean {
  return body.some((statement) => statement.kind === "return");
}

interface Work {
  readonly call: SyntaxNode;
  /** Done for its own sake, and not for an answer that has a default. */
  readonly isDeed: boolean;
}

/** The first thing the body does. */
function workOf(body: Try["body"]): Work | undefined {
  let answer: Work | undefined;
  for (const node of body) {
    if (
      node.kind === "with" ||
      node.kind === "for" ||
      node.kind === "while" ||
      node.kind === "if"
    ) {
      const blocks = node.kind === "if" ? node.branches.map((each) => each.body) : [node.body];
      for (const block of blocks) {
        const inner = workOf(block);
        if (inner?.isDeed) return inner;
        answer ??= inner;
      }
    }
    const isAnswer = node.kind === "assign" || node.kind === "return";
    const value = isAnswer || node.kind === "expression" ? node.value : undefined;
    const call = value?.kind === "await" ? value.value : value;
    if (call?.kind !== "call") continue;
    if (!isAnswer) return { call, isDeed: true };
    answer ??= { call, isDeed: false };
  }
  return answer;
}

/** Optional imports, tidying up, telling how it went, and a second fault while another one is dealt with. */
function isExpectedToFail(module: Module, node: Try): boolean {
  if (node.body.some(({ kind }) => kind === "import" || kind === "import-from")) return true;
  // What follows is tried instead.
  if (node.body.some(({ kind }) => kind === "raise") || node.otherwise.length > 0) return true;
  const around = enclosingNodes({ module, start: node.start, end: node.end });
  const scope = around.findLast(({ kind }) => kind === "function");
  if (scope?.kind === "function" && tidying.test(scope.name)) return true;
  const isLast = around.some(
    (outer) =>
      outer.kind === "try" &&
      outer !== node &&
      (outer.finally.some((each) => holds(each, node)) ||
        outer.handlers.some((each) => holds(each, node))),
  );
  if (isLast) return true;
  const calls = node.body.flatMap((statement) =>
    [...everyNode({ body: [statement] })].filter((each) => each.kind === "call"),
  );
  return (
    calls.length > 0 &&
    calls.every(({ callee }) => {
      const name =
        callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
      const root = codeAt(module, callee).split(/[.([]/u)[0] ?? "";
      return tidying.test(name) || telling.test(root) || /^(?:get|str|repr|len|list)$/u.test(name);
    })
  );
}

function holds(
  outer: { readonly start: number; readonly end: number },
  inner: { readonly start: number; readonly end: number },
): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function codeAt(
  module: Module,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return codeOf({ module, start, end });
}
