// Something is asked, and done as if the answer still held: another request may have come between.

import type { CallEvent } from "../flow/frame.ts";
import type { FunctionDefinition } from "../flow/values/value.ts";
import type { Span } from "../python/module.ts";
import type { CallExpression, Statement } from "../python/syntax.ts";
import { enclosingNodes, everyNode, type SyntaxNode } from "./enclosing.ts";
import { calledName } from "./passage.ts";
import type { Program } from "./program.ts";
import { classMeant, scopeOf } from "./schema/names.ts";
import { schemaOf } from "./schema/schema.ts";

export interface Gap {
  /** `lock`: a cache's entry keeps others out; `count`: it is read, changed and written back. */
  readonly kind: "lock" | "count" | "create" | "write";
  /** What is done, as it stands in the code. */
  readonly name: string;
  readonly span: Span;
}

/** A rule that asks must watch these: `get` and `set` of caches that others share. */
export const cacheCalls: readonly string[] = [
  "django.core.cache.cache",
  "flask_caching.Cache",
  "redis.Redis",
].flatMap((cache) => [`${cache}.get`, `${cache}.set`]);

/** The gaps of one function that answers requests. */
export function gapsIn(
  program: Program,
  definition: FunctionDefinition,
  calls: readonly CallEvent[],
): readonly Gap[] {
  return [
    ...cacheGaps(definition, calls),
    ...createGaps(program, definition),
    ...writeGaps(definition),
  ];
}

/** `if cache.get("busy"): return` and then `cache.set("busy", 1)`; `cache.set("n", cache.get("n") + 1)`. */
function cacheGaps({ module }: FunctionDefinition, calls: readonly CallEvent[]): readonly Gap[] {
  const of = (method: string): readonly CallEvent[] =>
    calls.filter(({ paths }) => paths.some((path) => path.endsWith(`.${method}`)));
  return of("set").flatMap((set): readonly Gap[] => {
    const [key, value] = set.arguments.positional;
    if (!key || !value) return [];
    const before = of("get").filter(
      ({ span, arguments: { positional } }) =>
        span.start < set.span.start &&
        positional[0] !== undefined &&
        codeAt(module.text, positional[0].span) === codeAt(module.text, key.span),
    );
    const name = codeAt(module.text, set.calleeSpan);
    const span = set.span;
    const isCounted = before.some((get) =>
      isCountedUp(module.text, get, codeAt(module.text, value.span)),
    );
    if (isCounted) return [{ kind: "count", name, span }];
    const isLock = value.value.constants !== undefined && before.some(keepsOut);
    return isLock ? [{ kind: "lock", name, span }] : [];
  });
}

/** What was read goes back with a number more or less. */
function isCountedUp(text: string, get: CallEvent, written: string): boolean {
  const around = enclosingNodes(get.span);
  const given = around.findLast((node) => node.kind === "assign");
  const [target] = given?.targets ?? [];
  const read = target?.kind === "name" ? target.id : codeAt(text, get.span);
  const operand = read.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return new RegExp(
    String.raw`^(?:int\(\s*)?${operand}(?:\s*or\s*0)?\s*\)?\s*[-+]\s*\d+$`,
    "u",
  ).test(written);
}

/** The entry is asked about by an `if` that leaves, and used for nothing else. */
function keepsOut({ span }: CallEvent): boolean {
  const around = enclosingNodes(span);
  const holder = around.findLast((node) => node.kind === "if");
  return (
    holder?.kind === "if" &&
    holder.branches.some(
      ({ test, body }) => test.start <= span.start && span.end <= test.end && leaves(body),
    )
  );
}

function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1)?.kind;
  return last === "return" || last === "raise" || last === "continue";
}

/** `if not Tag.objects.filter(name=name).exists(): Tag.objects.create(name=name)`, and no column is unique. */
function createGaps(program: Program, { module, statement }: FunctionDefinition): readonly Gap[] {
  const scope = scopeOf(program, module);
  const { byClass } = schemaOf(program).mapped;
  return ifsOf(statement?.body ?? []).flatMap(({ branches }) =>
    branches.flatMap(({ test, body }): readonly Gap[] => {
      const asked =
        test.kind === "unary" && test.operator === "not" && test.operand.kind === "call"
          ? test.operand
          : undefined;
      const filter = asked && calledName(asked) === "exists" ? receiverOf(asked) : undefined;
      if (filter?.kind !== "call" || calledName(filter) !== "filter") return [];
      const manager = receiverOf(filter);
      const model = manager?.kind === "attribute" ? classMeant(scope, manager.object) : undefined;
      const table = model && byClass.get(model);
      if (!table || table.indexes.some(({ kind }) => kind === "unique")) return [];
      const names = filter.arguments.map(({ name }) => name);
      const isPlain = names.every((name) => name !== undefined && !name.includes("__"));
      const columns = table.columns.filter(({ attribute, name }) =>
        names.some((each) => each === attribute || each === name),
      );
      if (!isPlain || columns.length < names.length || columns.some(({ isUnique }) => isUnique))
        return [];
      const made = everyNode({ body }).find((node): node is CallExpression => {
        if (node.kind !== "call" || calledName(node) !== "create") return false;
        const to = receiverOf(node);
        return to?.kind === "attribute" && classMeant(scope, to.object) === model;
      });
      return made ? [gapAt("create", module, made)] : [];
    }),
  );
}

/** `if not os.path.exists(path): with open(path, "w")`: two requests write at once. */
function writeGaps({ module, statement }: FunctionDefinition): readonly Gap[] {
  const { text } = module;
  if (!/\bopen\(/u.test(text)) return [];
  const blocks = [
    statement?.body ?? [],
    ...ifsOf(statement?.body ?? []).flatMap(({ branches }) => branches.map(({ body }) => body)),
  ];
  return blocks.flatMap((block) =>
    block.flatMap((each, index): readonly Gap[] => {
      if (each.kind !== "if") return [];
      const [branch] = each.branches;
      const asked =
        branch &&
        /^(?<not>not\s+)?os\.path\.(?:exists|isfile)\((?<path>[^()]+)\)$/u.exec(
          codeAt(text, branch.test),
        );
      const path = asked?.groups?.["path"];
      if (!branch || path === undefined) return [];
      const isNegative = asked?.groups?.["not"] !== undefined;
      if (!isNegative && !leaves(branch.body)) return [];
      const then = isNegative ? branch.body : block.slice(index + 1);
      const opened = everyNode({ body: then }).find(
        (node): node is CallExpression =>
          node.kind === "call" &&
          codeAt(text, node.callee) === "open" &&
          codeAt(text, node.arguments[0]?.value ?? node) === path &&
          /^["']w/u.test(codeAt(text, node.arguments[1]?.value ?? node)),
      );
      return opened ? [gapAt("write", module, opened)] : [];
    }),
  );
}

function ifsOf(body: readonly Statement[]): readonly Extract<SyntaxNode, { kind: "if" }>[] {
  return everyNode({ body }).filter((node) => node.kind === "if");
}

function receiverOf({ callee }: CallExpression): SyntaxNode | undefined {
  return callee.kind === "attribute" ? callee.object : undefined;
}

function gapAt(kind: Gap["kind"], module: FunctionDefinition["module"], node: CallExpression): Gap {
  const { start, end } = node;
  return { kind, name: codeAt(module.text, node.callee), span: { module, start, end } };
}

function codeAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return text.slice(start, end);
}
