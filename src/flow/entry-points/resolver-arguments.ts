// What a GraphQL type says of its resolvers' arguments: `book = graphene.Field(Book, id=graphene.Int())`.
// https://docs.graphene-python.org/en/latest/types/scalars/

import type { Expression, Parameter, Statement } from "../../python/syntax.ts";
import type { FunctionDefinition } from "../values/value.ts";

/** Whether the argument is declared as something that no text gets through. */
export function isCheckedArgument(
  { owner, name }: FunctionDefinition,
  parameter: Parameter,
): boolean {
  if (!owner) return false;
  const { body } = owner.statement;
  const field = valueIn(body, name.replace(/^resolve_/u, ""));
  const declared =
    field?.kind === "call"
      ? field.arguments.find((argument) => argument.name === parameter.name)?.value
      : undefined;
  const own = body.flatMap((statement) =>
    statement.kind === "class" && /^(?:Arguments|Input)$/u.test(statement.name)
      ? (valueIn(statement.body, parameter.name) ?? [])
      : [],
  );
  return [...(declared ? [declared] : []), ...own].some(isCheckedType);
}

function valueIn(body: readonly Statement[], name: string): Expression | undefined {
  for (const statement of body) {
    if (statement.kind !== "assign") continue;
    const isIt = statement.targets.some((target) => target.kind === "name" && target.id === name);
    if (isIt) return statement.value;
  }
  return undefined;
}

function isCheckedType(expression: Expression): boolean {
  const callee = expression.kind === "call" ? expression.callee : expression;
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
  return /^(?:Int|BigInt|Float|Decimal|Boolean|UUID|Date|DateTime|Time)$/u.test(name);
}
