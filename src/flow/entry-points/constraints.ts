// What a parameter or field says that its text must look like: `Query(pattern=r"^\w+$")`, `constr(regex=...)`.
// https://docs.pydantic.dev/latest/concepts/fields/#string-constraints

import type { Span } from "../../python/module.ts";
import type { Argument, CallExpression, Expression } from "../../python/syntax.ts";
import { noArguments } from "../calls/arguments.ts";
import type { Frame } from "../frame.ts";
import { isSafePattern } from "../guards/safe-pattern.ts";
import { bake } from "../values/state.ts";
import { ownValue, soleString, type Value } from "../values/value.ts";

/** Whether the annotation or the default lets only letters, digits and the like through. */
export function isConstrained(
  frame: Frame,
  annotation: Expression | undefined,
  fallback: Expression | undefined,
): boolean {
  return [...constraintsIn(frame, annotation), ...constraintsIn(frame, fallback)].some((call) =>
    isSafeBy(frame, call),
  );
}

/** What the functions under `Annotated[str, AfterValidator(check)]` leave of a value: they raise, or give what is kept. */
export function throughValidators(
  frame: Frame,
  annotation: Expression | undefined,
  value: Value,
  span: Span,
): Value {
  let kept = value;
  for (const call of constraintsIn(frame, annotation)) {
    const [first] = call.arguments;
    if (!first || !frame.state) break;
    const callee = frame.machine.evaluate(frame, call.callee);
    const isValidator = callee.references.some(
      (reference) => reference.kind === "api" && validators.test(reference.path),
    );
    if (!isValidator) continue;
    const before = frame.state;
    const positional = [{ value: kept === value ? ownValue(value) : kept, span }];
    const check = frame.machine.evaluate(frame, first.value);
    const result = frame.machine.call(frame, check, { ...noArguments, positional }, span, span);
    if (frame.state) kept = bake(result, frame.state);
    else frame.state = before;
  }
  return kept;
}

const validators = /^pydantic\.(?:functional_validators\.)?(?:After|Before|Plain)Validator$/u;

/** The calls among what is said of a type, through aliases in the same file. */
function constraintsIn(
  frame: Frame,
  expression: Expression | undefined,
  depth = 0,
): readonly CallExpression[] {
  if (!expression || depth > 3) return [];
  if (expression.kind === "call") return [expression];
  if (expression.kind === "name" || expression.kind === "attribute") {
    const alias = frame.machine.typeAlias(frame, expression);
    return alias
      ? constraintsIn({ ...frame, module: alias.module }, alias.expression, depth + 1)
      : [];
  }
  if (expression.kind === "binary") {
    return [expression.left, expression.right].flatMap((side) =>
      constraintsIn(frame, side, depth + 1),
    );
  }
  if (expression.kind !== "subscript") return [];
  const { index } = expression;
  const parts = index.kind === "tuple" ? index.elements : [index];
  return parts.flatMap((part) => constraintsIn(frame, part, depth + 1));
}

function isSafeBy(frame: Frame, call: CallExpression): boolean {
  if (!frame.state) return false;
  const callee = frame.machine.evaluate(frame, call.callee);
  return callee.references.some((reference) => {
    if (reference.kind !== "api") return false;
    const path = frame.machine.models.canonical(reference.path);
    if (numbers.has(path)) return true;
    if (!texts.test(path)) return false;
    const pattern = call.arguments.find(({ name }) => name === "pattern" || name === "regex");
    return pattern !== undefined && isSafeText(frame, pattern);
  });
}

/** Version 1 matches from the start, version 2 searches; both leave the ends to the pattern. */
function isSafeText(frame: Frame, { value }: Argument): boolean {
  const pattern = soleString(frame.machine.evaluate(frame, value));
  return pattern !== undefined && isSafePattern(pattern, "none");
}

const texts =
  /^(?:fastapi\.(?:Query|Path|Header|Cookie|Form|Body)|pydantic\.(?:Field|constr|StringConstraints|fields\.Field|types\.constr))$/u;
const numbers: ReadonlySet<string> = new Set([
  ...["conint", "confloat", "condecimal", "condate"].flatMap((name) => [
    `pydantic.${name}`,
    `pydantic.types.${name}`,
  ]),
]);
