// Where a text that a call is given is put together: in the call itself, or in a variable just before it.

import type { Module } from "../../python/module.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import { enclosingNodes, everyNode } from "../enclosing.ts";

export interface WrittenText {
  readonly expression: Expression;
  /** The statements between the text and the call, whose own statement is not among them. */
  readonly between: readonly Statement[];
}

/** `undefined` for a variable that is used elsewhere too, or may hold something else. */
export function writtenAt(
  module: Module,
  call: CallExpression,
  given: Expression,
): WrittenText | undefined {
  if (given.kind !== "name") return { expression: given, between: [] };
  const nodes = enclosingNodes({ module, start: call.start, end: call.end });
  const definition = nodes.findLast((node) => node.kind === "function");
  if (!definition) return undefined;
  const uses = [...everyNode({ body: definition.body })].filter(
    (node) => node.kind === "name" && node.id === given.id,
  );
  const isParameter = definition.parameters.some(({ name }) => name === given.id);
  if (uses.length !== 2 || isParameter) return undefined;
  const block = blockOf(definition.body, (statement) => isAssignment(statement, given.id));
  const index = block?.findIndex((statement) => isAssignment(statement, given.id)) ?? -1;
  const assignment = block?.[index];
  if (!block || assignment?.kind !== "assign") return undefined;
  const last = block.findIndex(({ start, end }) => start <= call.start && call.end <= end);
  if (last <= index) return undefined;
  return { expression: assignment.value, between: block.slice(index + 1, last) };
}

/** Whether what these expressions say is still the same after the statements. */
export function readHere(values: readonly Expression[], { between }: WrittenText): boolean {
  const changed = new Set(between.flatMap((statement) => [...assignedIn(statement)]));
  return values.flatMap(namesIn).every((name) => !changed.has(name));
}

function* assignedIn(statement: Statement): Iterable<string> {
  for (const node of everyNode({ body: [statement] })) {
    if (node.kind === "assign") yield* node.targets.flatMap(namesIn);
    else if (node.kind === "augmented" || node.kind === "annotated" || node.kind === "for")
      yield* namesIn(node.target);
    else if (node.kind === "walrus") yield node.target.id;
    else if (node.kind === "with")
      yield* node.items.flatMap(({ target }) => (target ? namesIn(target) : []));
  }
}

function namesIn(expression: Expression): readonly string[] {
  const found = [...everyNode({ body: [asStatement(expression)] })];
  return found.flatMap((node) => (node.kind === "name" ? [node.id] : []));
}

function asStatement(value: Expression): Statement {
  return { kind: "expression", value, start: value.start, end: value.end };
}

function isAssignment(statement: Statement, name: string): boolean {
  if (statement.kind !== "assign" || statement.targets.length !== 1) return false;
  const [target] = statement.targets;
  return target?.kind === "name" && target.id === name;
}

/** The list of statements in which one stands, however deep. */
function blockOf(
  body: readonly Statement[],
  isIt: (statement: Statement) => boolean,
): readonly Statement[] | undefined {
  if (body.some(isIt)) return body;
  for (const statement of body) {
    for (const block of blocksOf(statement)) {
      const found = blockOf(block, isIt);
      if (found) return found;
    }
  }
  return undefined;
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "if":
      return [...statement.branches.map(({ body }) => body), statement.otherwise];
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "with":
      return [statement.body];
    case "try":
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        statement.finally,
      ];
    default:
      return [];
  }
}
