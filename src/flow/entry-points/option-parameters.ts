// Parameters of a command that its decorators describe: `@click.option("--count", type=int)`.
// https://click.palletsprojects.com/en/stable/parameters/

import type { Span } from "../../python/module.ts";
import type { Argument, CallExpression, Parameter } from "../../python/syntax.ts";
import type { Frame } from "../frame.ts";
import {
  type FunctionDefinition,
  fromVisitor,
  makeValue,
  soleConstant,
  type Value,
} from "../values/value.ts";

/** What the command line puts into a parameter; `undefined` for one that no decorator describes. */
export function fromOptions(
  frame: Frame,
  definition: FunctionDefinition,
  parameter: Parameter,
  span: Span,
): Value | undefined {
  for (const decorator of definition.statement?.decorators ?? []) {
    if (decorator.kind !== "call" || nameOf(frame, decorator) !== parameter.name) continue;
    const isHarmless = decorator.arguments.some((argument) => leavesNoText(frame, argument));
    return isHarmless ? makeValue({}) : fromVisitor("cli-input", span, ["str"]);
  }
  return undefined;
}

/** A name without dashes, or else the first long one. */
function nameOf(frame: Frame, { arguments: given }: CallExpression): string | undefined {
  const names = given.flatMap(({ name, value }) => {
    const text = name === undefined && frame.state && frame.machine.evaluate(frame, value);
    const constant = text ? soleConstant(text) : undefined;
    return typeof constant === "string" ? (constant.split("/")[0] ?? "") : [];
  });
  const chosen =
    names.find((name) => !name.startsWith("-")) ??
    names.find((name) => name.startsWith("--")) ??
    names[0];
  return chosen?.replace(/^-+/u, "").replaceAll("-", "_").toLowerCase();
}

function leavesNoText(frame: Frame, { name, value }: Argument): boolean {
  if (name === undefined || !frame.state) return false;
  const known = frame.machine.evaluate(frame, value);
  if (name === "is_flag" || name === "count") return soleConstant(known) === true;
  // Without a type, that of the default is taken.
  if (name === "default") return ["number", "boolean"].includes(typeof soleConstant(known));
  if (name !== "type") return false;
  const paths = known.references.map((each) => (each.kind === "api" ? each.path : ""));
  return [...paths, ...known.types].some((path) => harmless.test(path));
}

const harmless =
  /^(?:int|float|bool|uuid\.UUID|click\.(?:INT|FLOAT|BOOL|UUID|Choice|IntRange|FloatRange|DateTime))$/u;
