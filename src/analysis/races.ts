// Values that two requests read, change and write back at the same time: one of the changes is lost.

import type { FunctionDefinition } from "../flow/values/value.ts";
import type { Span } from "../python/module.ts";
import type { Expression, Statement } from "../python/syntax.ts";
import { cacheCalls, type Gap, gapsIn } from "./check-then-act.ts";
import { everyNode, type SyntaxNode } from "./enclosing.ts";
import { executionsOf } from "./execution.ts";
import { calledName, rootOf } from "./passage.ts";
import { isTestPath } from "./paths.ts";
import type { Program } from "./program.ts";
import type { Declaration } from "./schema/facts.ts";
import { bindingOf, classMeant, type Scope, scopeOf } from "./schema/names.ts";
import { rowsOfUser } from "./schema/rows-of-user.ts";
import { schemaOf } from "./schema/schema.ts";

export interface Race {
  readonly kind: "global" | "row" | "file" | Gap["kind"];
  readonly library: "django" | "sqlalchemy";
  /** As it stands in the code: `hits`, `product.stock`. */
  readonly name: string;
  readonly span: Span;
}

/** What is counted in place, written back, or asked about on the disk. */
const changing =
  /[-+*/|&^]=|\b(?:save|commit|flush|l?exists|isfile|isdir|is_file|is_dir|access|set)\(/u;

/** One for each function and name. A rule that asks must watch `cacheCalls`. */
export function* racesIn(program: Program): Iterable<Race> {
  const executionOf = executionsOf(program);
  const calls = Map.groupBy(
    program.calls.filter(({ paths }) => paths.some((path) => cacheCalls.includes(path))),
    ({ definition }) => definition,
  );
  for (const { definition } of program.functions) {
    const { module, statement } = definition;
    if (!statement || isTestPath(module.path)) continue;
    // Nearly every function changes nothing of the kind: its text says so without a walk.
    if (!changing.test(module.text.slice(statement.start, statement.end))) continue;
    const execution = executionOf(definition);
    if (!execution.isServing) continue;
    const told = new Set<string>();
    const found = [
      // What runs on an event loop is interrupted at its awaits only.
      ...(execution.isRequest && !execution.isOnLoop ? globalRaces(program, definition) : []),
      ...rowRaces(program, definition),
      ...(execution.isRequest ? fileRaces(definition) : []),
      ...gapsIn(program, definition, calls.get(definition) ?? []).filter(
        // A worker of a queue races for the cache, too.
        ({ kind }) => execution.isRequest || kind === "lock" || kind === "count",
      ),
    ];
    for (const race of found) {
      if (told.has(race.name)) continue;
      told.add(race.name);
      yield { library: "django", ...race };
    }
  }
}

/** `hits += 1`, `counts[key] += 1` on what belongs to the module, without a lock around. */
function* globalRaces(program: Program, definition: FunctionDefinition): Iterable<Race> {
  const { module, statement, locals, parameters } = definition;
  const declared = new Set<string>();
  for (const node of nodesOf(definition)) {
    if (node.kind === "global") for (const name of node.names) declared.add(name);
  }
  for (const node of outsideLocks(module.text, statement?.body ?? [])) {
    if (node.kind !== "augmented" || !/^(?:[-+*/|&^]|\/\/)$/u.test(node.operator)) continue;
    const root = rootOf(node.target);
    if (root === undefined || (node.target.kind === "name" && !declared.has(root))) continue;
    const isOwn =
      !declared.has(root) && (locals.has(root) || parameters.some(({ name }) => name === root));
    if (isOwn || !isPlainGlobal(program, definition, root)) continue;
    yield {
      kind: "global",
      library: "django",
      name: codeAt(module.text, node.target),
      span: { module, ...placeIn(node) },
    };
  }
}

/** A number, a dict or a counter that the module makes; not what threads or requests have each their own of. */
function isPlainGlobal(program: Program, { module }: FunctionDefinition, name: string): boolean {
  const value = module.body.map(bindingOf).findLast((binding) => binding?.name === name)?.value;
  if (!value) return false;
  if (["number", "dict", "list", "set"].includes(value.kind)) return true;
  const made = value.kind === "call" ? calledName(value) : "";
  return (
    ["dict", "defaultdict", "Counter", "OrderedDict", "list"].includes(made) &&
    program.globalOf(module, name) !== undefined
  );
}

/** Every node that no `with lock:` surrounds. */
function* outsideLocks(text: string, statements: readonly Statement[]): Iterable<SyntaxNode> {
  for (const statement of statements) {
    const isLocked =
      statement.kind === "with" &&
      statement.items.some(({ context }) => /lock|mutex|sem|atomic/iu.test(codeAt(text, context)));
    const acquires =
      statement.kind === "expression" && /\.acquire\(/u.test(codeAt(text, statement));
    if (acquires) return;
    if (isLocked || statement.kind === "function" || statement.kind === "class") continue;
    if (statement.kind === "augmented") yield statement;
    const blocks: (readonly Statement[])[] = [];
    if (statement.kind === "if")
      blocks.push(...statement.branches.map(({ body }) => body), statement.otherwise);
    else if (statement.kind === "try")
      blocks.push(
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        statement.finally,
      );
    else if ("body" in statement) blocks.push(statement.body);
    for (const block of blocks) yield* outsideLocks(text, block);
  }
}

/** `product.stock -= 1; product.save()` of a row that was read without locking it. */
function* rowRaces(program: Program, definition: FunctionDefinition): Iterable<Race> {
  const { module } = definition;
  const { text } = module;
  const nodes = nodesOf(definition);
  if (nodes.some((node) => isGuard(text, node))) return;
  const scope = scopeOf(program, module);
  const rows = rowsIn(program, scope, definition);
  for (const node of nodes) {
    const target = changedInPlace(text, node);
    if (target?.kind !== "attribute") continue;
    const row = codeAt(text, target.object);
    const declaration = rows.get(row) ?? rowOfUser(program, text, target.object);
    const column = declaration?.columns.find(({ attribute }) => attribute === target.name);
    if (!declaration || !column || !isNumber(column.type)) continue;
    const isDjango = column.style === "django";
    const isWritten = nodes.some(
      (each) =>
        each.kind === "call" &&
        each.start > node.start &&
        (isDjango
          ? calledName(each) === "save" && codeAt(text, each.callee) === `${row}.save`
          : calledName(each) === "commit" || calledName(each) === "flush"),
    );
    if (!isWritten) continue;
    const library = isDjango ? "django" : "sqlalchemy";
    yield { kind: "row", library, name: codeAt(text, target), span: { module, ...placeIn(node) } };
  }
}

/** Something that keeps others away, or lets the database count. */
function isGuard(text: string, node: SyntaxNode): boolean {
  if (node.kind === "call")
    return (
      /^(?:select_for_update|with_for_update|acquire|F)$/u.test(calledName(node)) ||
      node.arguments.some(({ name }) => name === "with_for_update")
    );
  return (
    node.kind === "with" && node.items.some(({ context }) => /lock/iu.test(codeAt(text, context)))
  );
}

/** `a.n += 1`, `a.n = a.n + 1` */
function changedInPlace(text: string, node: SyntaxNode): Expression | undefined {
  if (node.kind === "augmented") return node.target;
  if (node.kind !== "assign" || node.value.kind !== "binary") return undefined;
  const [target] = node.targets;
  const { left, right } = node.value;
  const code = target ? codeAt(text, target) : "";
  return [left, right].some((side) => codeAt(text, side) === code) ? target : undefined;
}

function isNumber(type: string | undefined): boolean {
  return /^(?:Big|Small|Positive)*(?:Integer|Int|int|Numeric|Decimal|Float|float|INTEGER|BIGINT)\w*$/u.test(
    type ?? "",
  );
}

/** Local names that hold a row which was just read, and the tables of those. */
function rowsIn(
  program: Program,
  scope: Scope,
  definition: FunctionDefinition,
): ReadonlyMap<string, Declaration> {
  const { byClass } = schemaOf(program).mapped;
  const rows = new Map<string, Declaration>();
  for (const node of nodesOf(definition)) {
    if (node.kind !== "assign") continue;
    const [target] = node.targets;
    const own = rowOfUser(program, definition.module.text, node.value);
    if (target?.kind === "name" && own) rows.set(target.id, own);
    if (node.value.kind !== "call") continue;
    if (target?.kind !== "name" || !readsOne.test(calledName(node.value))) continue;
    for (const inner of everyNode({ body: [node] })) {
      if (inner.kind !== "name") continue;
      const model = classMeant(scope, inner);
      const declaration = model && byClass.get(model);
      if (declaration) rows.set(target.id, declaration);
    }
  }
  return rows;
}

/** `request.user.wallet` */
function rowOfUser(program: Program, text: string, row: Expression): Declaration | undefined {
  if (row.kind !== "attribute") return undefined;
  const isOfUser = /^(?:self\.)?request\.user$/u.test(codeAt(text, row.object));
  return isOfUser ? rowsOfUser(program).get(row.name) : undefined;
}

const readsOne =
  /^(?:get|first|last|one|one_or_none|scalar_one|scalar_one_or_none|scalar|get_object_or_404|get_or_404|first_or_404|latest|earliest)$/u;

/** `if not os.path.exists(path): os.makedirs(path)`: two requests may both find that it is not there. */
function* fileRaces({ module, statement }: FunctionDefinition): Iterable<Race> {
  const { text } = module;
  for (const node of everyNode({ body: statement?.body ?? [] })) {
    if (node.kind !== "if") continue;
    for (const { test, body } of node.branches) {
      const asked =
        /^(?:not\s+)?os\.path\.(?:exists|isdir|isfile|lexists)\((?<path>[^()]+)\)$/u.exec(
          codeAt(text, test),
        )?.groups?.path;
      if (asked === undefined) continue;
      const acts = body.find(
        (each) =>
          each.kind === "expression" &&
          each.value.kind === "call" &&
          /^os\.(?:makedirs|mkdir|remove|unlink|rmdir|rename)$/u.test(
            codeAt(text, each.value.callee),
          ) &&
          codeAt(text, each.value.arguments[0]?.value ?? each.value) === asked &&
          !/exist_ok\s*=\s*True/u.test(codeAt(text, each)),
      );
      if (acts)
        yield {
          kind: "file",
          library: "django",
          name: codeAt(text, acts),
          span: { module, ...placeIn(acts) },
        };
    }
  }
}

function nodesOf({ statement }: FunctionDefinition): readonly SyntaxNode[] {
  return [...everyNode({ body: statement?.body ?? [] })];
}

function codeAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return text.slice(start, end);
}

function placeIn({ start, end }: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start, end };
}
