// A switch that is a text from the environment: `"False"` is as true as `"True"`.

import type { Value } from "../../flow/values/value.ts";
import type { Module } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";

/** Whether a value is a text from the environment, or what `bool` makes of one. */
export function isTextFromEnvironment(
  module: Module,
  value: Value,
  expression: Expression | undefined,
): boolean {
  const code = expression ? module.text.slice(expression.start, expression.end) : "";
  if (expression?.kind === "call" && expression.callee.kind === "name") {
    const [argument] = expression.arguments;
    // `bool("False")` is true; what any other function makes of the text is its own matter.
    if (expression.callee.id === "bool")
      return argument !== undefined && isEnvironmentRead(module, argument.value);
  }
  if (/\b(?:loads?|literal_eval|strtobool|int|cast)\b/u.test(code)) return false;
  const isRaw = value.labels.some(
    ({ source, hops }) => source.concept === "environment" && hops === 0,
  );
  return isRaw && value.types.every((type) => type === "str");
}

function isEnvironmentRead(module: Module, expression: Expression): boolean {
  return /^(?:os\.)?(?:environ(?:\.get\(|\[)|getenv\()/u.test(
    module.text.slice(expression.start, expression.end),
  );
}
