// `async def` as `def`, for a route that awaits nothing: its framework then runs it in a thread.

import { everyNode } from "../enclosing.ts";
import { isThreadedStyle } from "../execution.ts";
import { type Fix, fixOf } from "../fix.ts";
import type { Program } from "../program.ts";
import type { Fault } from "../rule.ts";

type Definition = Program["functions"][number]["definition"];

/** Where the function around the fault is such a route, and nothing else calls it. */
export function plainFunction({ program, at }: Fault): Fix | undefined {
  const around = program.functions.filter(
    ({ definition: { span } }) =>
      span.module === at.module && span.start <= at.start && at.end <= span.end,
  );
  const inner = around.toSorted((a, b) => b.definition.span.start - a.definition.span.start)[0];
  const { statement, module, isGenerator } = inner?.definition ?? {};
  const style = inner?.route?.style;
  if (!inner || !statement || !module || isGenerator) return undefined;
  if (style === undefined || !isThreadedStyle(style) || awaits(inner.definition)) return undefined;
  if (program.edges.some(({ callee }) => callee === inner.definition)) return undefined;
  const head = /async(\s+)def\s+$/u.exec(module.text.slice(statement.start, statement.nameStart));
  if (!head) return undefined;
  const start = statement.start + head.index;
  return fixOf({ start, end: start + "async".length + (head[1]?.length ?? 0), text: "" });
}

/** Whether a function does anything that only one of the event loop may. */
export function awaits({ statement }: Definition): boolean {
  for (const node of everyNode({ body: statement?.body ?? [] })) {
    if (node.kind === "await") return true;
    if ((node.kind === "for" || node.kind === "with") && node.isAsync) return true;
    if (node.kind === "comprehension" && node.clauses.some((clause) => clause.isAsync)) return true;
  }
  return false;
}
