// An `async` function is called and its coroutine never awaited: nothing of it runs, or it is taken for its result.

import {
  calledName,
  codeOf,
  defineRule,
  enclosingNodes,
  isTestPath,
  type Program,
  quoteCode,
} from "#rule";

type Edge = Program["edges"][number];

export default defineRule({
  *check({ program, finding }) {
    for (const edges of byPlace(program.edges).values()) {
      const [edge] = edges;
      // Of several functions that may be called here, one may not be a coroutine.
      if (!edge || isTestPath(edge.span.module.path) || !edges.every(givesCoroutine)) continue;
      const use = useOf(edge);
      if (use === undefined) continue;
      const name = quoteCode(edge.callee.name);
      const what =
        use === "dropped"
          ? `Nothing of ${name} runs here: it is \`async\`, and its coroutine is thrown away.`
          : `${name} is \`async\`, and its coroutine stands here for its result: ${use}.`;
      const isAwaitable = edge.caller?.isAsync ?? false;
      const fix = isAwaitable
        ? `Write \`await ${codeOf(edge.span).split("(")[0]?.replaceAll("`", "'") ?? ""}(...)\`.`
        : "Await it in an `async` function, or hand it to `asyncio.run(...)`.";
      yield finding(edge.span, `${what} ${fix}`);
    }
  },
});

function byPlace(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const places = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${edge.span.module.path}:${edge.span.start}:${edge.span.end}`;
    const known = places.get(key);
    if (known) known.push(edge);
    else places.set(key, [edge]);
  }
  return places;
}

/** What a decorator makes of an `async` function is not known: it may run it. */
function givesCoroutine({ callee }: Edge): boolean {
  const { isAsync, isGenerator, statement, module } = callee;
  if (!isAsync || isGenerator || !statement) return false;
  return statement.decorators.every((decorator) =>
    /^(?:staticmethod|classmethod|override|abstractmethod|(?:abc|typing)\.\w+)$/u.test(
      module.text.slice(decorator.start, decorator.end),
    ),
  );
}

/** How the coroutine is used in a way that only its result could be; `undefined` for everything else. */
function useOf({ span, callee }: Edge): string | undefined {
  const around = enclosingNodes(span);
  const call = around.at(-1);
  const user = around.at(-2);
  if (call?.kind !== "call" || call.start !== span.start || call.end !== span.end) return undefined;
  // `tasks.add_task(notify)` calls it too, and waits for it.
  if (calledName(call) !== callee.name) return undefined;
  switch (user?.kind) {
    case "expression":
      return "dropped";
    case "if":
    case "while":
    case "unary":
    case "conditional": {
      const isTest =
        user.kind === "if"
          ? user.branches.some(({ test }) => test === call)
          : user.kind === "unary"
            ? user.operator === "not"
            : user.test === call;
      return isTest ? "a coroutine is always true" : undefined;
    }
    case "attribute":
      return awaiting.has(user.name) ? undefined : `it has no \`${user.name}\``;
    case "subscript":
      return user.object === call ? "it has no items" : undefined;
    case "compare":
      return "it equals nothing";
    case "for":
      return user.iterable === call && !user.isAsync ? "it cannot be gone through" : undefined;
    default:
      return undefined;
  }
}

/** What a coroutine does have. https://docs.python.org/3/reference/datamodel.html#coroutine-objects */
const awaiting = new Set(["send", "throw", "close", "__await__", "cr_frame", "cr_running"]);
