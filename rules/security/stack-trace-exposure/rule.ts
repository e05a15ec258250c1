// A traceback is sent to the visitor: paths, versions, queries, sometimes what variables held.

import { type Expression, enclosingNodes, everyNode, isTestPath, taintRule } from "#rule";

export default taintRule({
  from: ["traceback", "error-text"],
  into: ["response", "html"],
  message: ({ source, sink, call, flow }) => {
    const way = call === "route.return" ? "is returned" : `is sent by ${sink}`;
    const what =
      flow.label.source.concept === "traceback" ? source : `What the exception ${source} says`;
    return `${what} ${way} to the visitor, who learns paths, versions and queries from it. Log it with \`logger.exception\`, and answer with a number to ask for.`;
  },
  isHarmless: ({ flow: { call, label }, passed, source }) =>
    isTestPath(call.module.path) ||
    isForDevelopers(call) ||
    isForDevelopers(label.source.span) ||
    (label.source.concept === "error-text" &&
      (label.hops > 0 || passed.some((part) => isPartOf(part, source)))),
});

/** `error.code`, `error.public_message`: what its makers meant to be shown. */
function isPartOf(expression: Expression, error: string): boolean {
  return (
    expression.kind === "attribute" &&
    expression.object.kind === "name" &&
    expression.object.id === error &&
    !["args", "message", "with_traceback"].includes(expression.name)
  );
}

type Span = Parameters<typeof enclosingNodes>[0];

/** Whether the function asks who looks or where it runs; what it then shows is its own affair. */
function isForDevelopers(span: Span): boolean {
  const around = enclosingNodes(span).findLast((node) => node.kind === "function");
  if (!around) return false;
  for (const node of everyNode({ body: [around] })) {
    const tests =
      node.kind === "if"
        ? node.branches.map((branch) => branch.test)
        : node.kind === "conditional"
          ? [node.test]
          : [];
    const isAsked = tests.some(({ start, end }) =>
      developers.test(span.module.text.slice(start, end)),
    );
    if (isAsked) return true;
  }
  return false;
}

// Words that only ever make Pyward silent.
const developers = /debug|develop|local|verbose|show_?trace|staff|admin|superuser|internal/iu;
