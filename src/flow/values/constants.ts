// Arithmetic on constants: what Python would compute, where that is sure and small.

import { type Constant, constantValue, isTruthy, sameConstant, type Value } from "./value.ts";

const maxText = 4096;

/** The result of an operator on two values of which all constants are known; `undefined` if any is not. */
export function foldBinary(operator: string, left: Value, right: Value): Value | undefined {
  return foldPairs(left, right, (a, b) => binary(operator, a, b));
}

/** The truth of a comparison; `undefined` where it is not the same for all constants. */
export function foldCompare(operator: string, left: Value, right: Value): boolean | undefined {
  const folded = foldPairs(left, right, (a, b) => compare(operator, a, b));
  const constants = folded?.constants;
  return constants?.length === 1 && typeof constants[0] === "boolean" ? constants[0] : undefined;
}

export function foldUnary(operator: string, operand: Value): Value | undefined {
  if (!operand.constants) return undefined;
  const results: Constant[] = [];
  for (const constant of operand.constants) {
    if (operator === "not") results.push(!isTruthy(constant));
    else if (operator === "-" && typeof constant === "number") results.push(-constant);
    else if (operator === "+" && typeof constant === "number") results.push(constant);
    else return undefined;
  }
  return constantValue(...unique(results));
}

/** The texts that joining these parts can give, each part a list of alternatives. */
export function foldTexts(parts: readonly (readonly string[])[]): readonly string[] | undefined {
  let texts: string[] = [""];
  for (const alternatives of parts) {
    if (texts.length * alternatives.length > 12) return undefined;
    texts = texts.flatMap((text) => alternatives.map((alternative) => text + alternative));
    if (texts.some((text) => text.length > maxText)) return undefined;
  }
  return texts;
}

/** How `str()` shows a constant. */
export function textOf(constant: Constant): string | undefined {
  if (typeof constant === "string") return constant;
  if (typeof constant === "boolean") return constant ? "True" : "False";
  if (constant === null) return "None";
  if (typeof constant === "number")
    return Number.isInteger(constant) ? String(constant) : undefined;
  return undefined;
}

function foldPairs(
  left: Value,
  right: Value,
  fold: (left: Constant, right: Constant) => Constant | undefined,
): Value | undefined {
  if (!left.constants || !right.constants) return undefined;
  if (left.constants.length * right.constants.length > 64) return undefined;
  const results: Constant[] = [];
  for (const a of left.constants) {
    for (const b of right.constants) {
      const result = fold(a, b);
      if (result === undefined) return undefined;
      results.push(result);
    }
  }
  return constantValue(...unique(results));
}

function isBytes(constant: Constant): constant is { readonly bytes: string } {
  return typeof constant === "object" && constant !== null;
}

function binary(operator: string, left: Constant, right: Constant): Constant | undefined {
  if (operator === "+" && typeof left === "string" && typeof right === "string") {
    return left.length + right.length <= maxText ? left + right : undefined;
  }
  if (operator === "*" && typeof left === "string" && typeof right === "number") {
    return left.length * right <= maxText && right >= 0 ? left.repeat(right) : undefined;
  }
  if (operator === "*" && isBytes(left) && typeof right === "number") {
    const isSmall = left.bytes.length * right <= maxText && right >= 0;
    return isSmall ? { bytes: left.bytes.repeat(right) } : undefined;
  }
  const a = typeof left === "boolean" ? Number(left) : left;
  const b = typeof right === "boolean" ? Number(right) : right;
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  const result = arithmetic(operator, a, b);
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : a / b;
    case "//":
      return b === 0 ? undefined : Math.floor(a / b);
    case "%":
      return b === 0 ? undefined : a - b * Math.floor(a / b);
    case "**":
      return a ** b;
    case "|":
      return isBitwise(a, b) ? a | b : undefined;
    case "&":
      return isBitwise(a, b) ? a & b : undefined;
    case "^":
      return isBitwise(a, b) ? a ^ b : undefined;
    case "<<":
      return isBitwise(a, b) && b < 31 ? a * 2 ** b : undefined;
    case ">>":
      return isBitwise(a, b) ? a >> b : undefined;
    default:
      return undefined;
  }
}

function isBitwise(a: number, b: number): boolean {
  return (
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    Math.abs(a) < 2 ** 30 &&
    Math.abs(b) < 2 ** 30 &&
    b >= 0
  );
}

function compare(operator: string, left: Constant, right: Constant): boolean | undefined {
  switch (operator) {
    case "==":
      return sameConstant(left, right);
    case "!=":
      return !sameConstant(left, right);
    case "is":
      return left === null || right === null || typeof left === "boolean"
        ? left === right
        : undefined;
    case "is not":
      return left === null || right === null || typeof left === "boolean"
        ? left !== right
        : undefined;
    case "in":
    case "not in":
      if (typeof left !== "string" || typeof right !== "string") return undefined;
      return right.includes(left) === (operator === "in");
  }
  if (typeof left === "string" && typeof right === "string")
    return ordered(operator, left < right ? -1 : left === right ? 0 : 1);
  const a = typeof left === "boolean" ? Number(left) : left;
  const b = typeof right === "boolean" ? Number(right) : right;
  return typeof a === "number" && typeof b === "number" ? ordered(operator, a - b) : undefined;
}

function ordered(operator: string, sign: number): boolean | undefined {
  switch (operator) {
    case "<":
      return sign < 0;
    case "<=":
      return sign <= 0;
    case ">":
      return sign > 0;
    case ">=":
      return sign >= 0;
    default:
      return undefined;
  }
}

function unique(constants: readonly Constant[]): readonly Constant[] {
  return constants.filter(
    (constant, index) =>
      constants.findIndex(
        (other) => typeof other === typeof constant && sameConstant(other, constant),
      ) === index,
  );
}
