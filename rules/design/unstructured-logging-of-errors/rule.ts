// An error that is told of without its reason, or where nobody reads it: a log line without the exception, a print.

import {
  type CallEvent,
  codeOf,
  defineRule,
  enclosingNodes,
  everyNode,
  executionsOf,
  isTestPath,
  quoteCode,
  type SyntaxNode,
} from "#rule";

type Handler = Extract<SyntaxNode, { kind: "try" }>["handlers"][number];

const logging = new Set(
  ["logging.Logger", "logging"].flatMap((owner) => [
    `${owner}.error`,
    `${owner}.critical`,
    `${owner}.warning`,
  ]),
);

export default defineRule({
  watches: [...logging, "print"],
  *check({ program, finding }) {
    const executionOf = executionsOf(program);
    const told = new Set<string>();
    for (const call of program.calls) {
      const { definition, module, span } = call;
      if (!definition || isTestPath(module.path)) continue;
      const handler = handlerAround(call);
      const key = `${module.path}:${handler?.start}`;
      if (!handler || told.has(key) || isPassedOn(call, handler)) continue;
      const execution = executionOf(definition);
      const name = quoteCode(codeOf(call.calleeSpan));
      if (call.paths.includes("print")) {
        if (!execution.isRequest) continue;
        told.add(key);
        yield finding(
          span,
          `${name} writes an error of a request where no log, level or alert finds it. Write ${quoteCode("logger.exception(...)")}.`,
        );
        continue;
      }
      if (!execution.isServing || !call.paths.some((path) => logging.has(path))) continue;
      if (!isBroad(handler) || saysWhy(call, handler)) continue;
      told.add(key);
      yield finding(
        span,
        `This line does not say what went wrong: the exception that ${quoteCode("except")} caught is lost. Write ${quoteCode("logger.exception(...)")}, or pass ${quoteCode("exc_info=True")}.`,
      );
    }
  },
});

function handlerAround({ span }: CallEvent): Handler | undefined {
  const around = enclosingNodes(span);
  const scope = around.findLastIndex(({ kind }) => kind === "function" || kind === "lambda");
  for (const node of around.slice(scope + 1).reverse()) {
    if (node.kind !== "try") continue;
    const handler = node.handlers.find((each) => each.start <= span.start && span.end <= each.end);
    if (handler) return handler;
  }
  return undefined;
}

/** Raised again, or told in full beside. */
function isPassedOn({ module }: CallEvent, { body }: Handler): boolean {
  for (const node of everyNode({ body })) {
    if (node.kind === "raise") return true;
    if (node.kind !== "call") continue;
    const { start, end } = node;
    const code = codeOf({ module, start, end });
    if (/\.exception\(|\bexc_info\b|traceback\.|capture_exception|stack_info/u.test(code))
      return true;
  }
  return false;
}

function isBroad({ type }: Handler): boolean {
  return (
    !type || (type.kind === "name" && (type.id === "Exception" || type.id === "BaseException"))
  );
}

/** The exception has a name, and the handler uses it. */
function saysWhy(call: CallEvent, { name, body }: Handler): boolean {
  const { keywords, keywordSpread } = call.arguments;
  if (keywords.has("exc_info") || keywordSpread !== undefined) return true;
  for (const node of everyNode({ body })) {
    if (node.kind === "name" && node.id === name) return true;
    if (node.kind === "attribute" && node.name === "exc_info") return true;
  }
  return false;
}
