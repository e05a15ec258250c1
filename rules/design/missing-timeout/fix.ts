// A time limit of ten seconds, which is what the message proposes: for the call, and for those beside it.

import {
  argumentAt,
  type CallExpression,
  expressionAt,
  type Fault,
  type Fix,
  fixOf,
  setKeyword,
} from "#rule";

export function fixOfTimeout({ at, node, calls, program }: Fault): Fix | undefined {
  const [call] = calls;
  if (!call || node?.kind !== "call") return undefined;
  // How long a program may take is not known here.
  if (call.paths.some((path) => /^(?:subprocess|os)\./u.test(path))) return undefined;
  // A function is told of once, so whoever takes the fix wants it whole.
  const beside = program.calls.filter(
    ({ definition, paths, span }) =>
      definition === call.definition &&
      Math.abs(span.start - at.start) < nearby &&
      paths.some((path) => call.paths.includes(path)),
  );
  const places = new Map(beside.map(({ span }) => [span.start, expressionAt(span)]));
  const others = [...places.values()].filter(isWithoutLimit);
  const every = others.some(({ start }) => start === node.start) ? others : [node];
  return fixOf(...every.map((each) => setKeyword(at.module, each, "timeout", "10")));
}

/** In characters: some ten lines. */
const nearby = 400;

function isWithoutLimit(expression: ReturnType<typeof expressionAt>): expression is CallExpression {
  if (expression?.kind !== "call") return false;
  if (expression.arguments.some(({ spread }) => spread !== "")) return false;
  const given = argumentAt(expression, "timeout")?.value;
  return !given || (given.kind === "singleton" && given.value === null);
}
