// A task is started and nobody keeps it: the event loop holds tasks weakly, so it may vanish half done.

import {
  type CallEvent,
  codeOf,
  defineRule,
  enclosingNodes,
  everyNode,
  isTestPath,
  quoteCode,
} from "#rule";

/** A `TaskGroup` keeps its own tasks; these do not. https://docs.python.org/3/library/asyncio-task.html#creating-tasks */
const starting = [
  "asyncio.create_task",
  "asyncio.ensure_future",
  "asyncio.AbstractEventLoop.create_task",
];

export default defineRule({
  watches: starting,
  *check({ program, finding }) {
    for (const call of program.calls) {
      if (!call.paths.some((path) => starting.includes(path))) continue;
      if (isTestPath(call.module.path) || !isDropped(call)) continue;
      yield finding(
        call.span,
        `Nobody keeps the task that ${quoteCode(codeOf(call.calleeSpan))} starts here: it may be thrown away half done, and its errors are lost. Keep it in a set until it is done, or use \`asyncio.TaskGroup\`.`,
      );
    }
  },
});

/** It stands alone as a statement, or in a name that is never read. */
function isDropped({ span }: CallEvent): boolean {
  const around = enclosingNodes(span);
  const statement = around.at(-2);
  if (statement?.kind === "expression") return true;
  if (statement?.kind !== "assign" || statement.targets.length !== 1) return false;
  const [target] = statement.targets;
  if (target?.kind !== "name") return false;
  const scope = around.findLast((node) => node.kind === "function");
  if (scope?.kind !== "function") return false;
  let uses = 0;
  for (const node of everyNode({ body: scope.body })) {
    if ((node.kind === "global" || node.kind === "nonlocal") && node.names.includes(target.id))
      return false;
    if (node.kind === "name" && node.id === target.id) uses += 1;
  }
  return uses === 1;
}
