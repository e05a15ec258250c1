// The same function, from the generator of the operating system.

import {
  type CallExpression,
  enclosingNodes,
  everyNode,
  type Fault,
  type Fix,
  fixWith,
  importOf,
  type Module,
} from "#rule";

/** What `secrets` has by another name; `SystemRandom` has all the others, with the same arguments. */
const twins: ReadonlyMap<string, string> = new Map([
  ["choice", "choice"],
  ["getrandbits", "randbits"],
  ["randbytes", "token_bytes"],
]);
const others = new Set(["random", "randint", "randrange", "choices", "sample", "uniform"]);

export function fixOfRandom({ at, node, flows }: Fault): Fix | undefined {
  const sources = flows.map(({ label }) => label.source.span);
  if (sources.some(({ module }) => module !== at.module)) return undefined;
  const { module } = at;
  const imported = importOf(module, "secrets");
  const places = sources.length > 0 ? sources : node?.kind === "call" ? [at] : [];
  const calls = new Set(places.flatMap((place) => [...callsBeside(module, place)]));
  if (!imported || calls.size === 0) return undefined;
  return fixWith(
    imported,
    ...[...calls].map(({ callee }) => {
      const name = callee.kind === "attribute" ? callee.name : "";
      const text = `${imported.name}.${twins.get(name) ?? `SystemRandom().${name}`}`;
      return { start: callee.start, end: callee.end, text };
    }),
  );
}

/** The calls of `random` in the statement: one number that can be foretold spoils the others. */
function* callsBeside(
  module: Module,
  span: { start: number; end: number },
): Iterable<CallExpression> {
  const nodes = enclosingNodes({ module, start: span.start, end: span.end });
  const statement = nodes.findLast(({ kind }) => simpleStatements.has(kind));
  if (!statement) return;
  for (const node of everyNode({ body: [statement] as Module["body"] })) {
    if (node.kind !== "call" || node.callee.kind !== "attribute") continue;
    const { object, name } = node.callee;
    const isModule = object.kind === "name" && isRandom(module, object.id);
    if (isModule && (twins.has(name) || others.has(name))) yield node;
  }
}

const simpleStatements = new Set<string>([
  ...["assign", "annotated", "augmented", "expression", "return", "raise", "assert"],
]);

function isRandom(module: Module, name: string): boolean {
  return module.body.some(
    (statement) =>
      statement.kind === "import" &&
      statement.names.some((each) => each.name === "random" && (each.alias ?? "random") === name),
  );
}
