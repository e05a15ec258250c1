// Edits of a call's arguments, in the way they are written: one line or one each, with or without a last comma.

import type { Module } from "../../python/module.ts";
import type { Argument, CallExpression } from "../../python/syntax.ts";
import type { Edit } from "../fix.ts";

/** The argument of a name, or at a position; `undefined` also where `*` or `**` may bring it. */
export function argumentAt(
  { arguments: given }: CallExpression,
  name: string,
  position?: number,
): Argument | undefined {
  const named = given.find((argument) => argument.name === name);
  if (named || position === undefined) return named;
  const before = given.slice(0, position + 1);
  const isPlain = before.every((argument) => argument.name === undefined && argument.spread === "");
  return isPlain ? before[position] : undefined;
}

/** `name=value` with this value, whether it was given before or not. */
export function setKeyword(
  module: Module,
  call: CallExpression,
  name: string,
  value: string,
  position?: number,
): Edit | undefined {
  const given = argumentAt(call, name, position);
  if (!given) return addArgument(module, call, `${name}=${value}`);
  const { start, end } = given.value;
  return { start, end, text: value };
}

/** More arguments, at the end. */
export function addArgument(
  { text }: Module,
  call: CallExpression,
  ...added: readonly string[]
): Edit | undefined {
  const close = call.end - 1;
  if (text.charAt(close) !== ")") return undefined;
  const last = call.arguments.at(-1);
  if (!last) {
    const open = text.lastIndexOf("(", close);
    const isEmpty = open >= call.callee.end && text.slice(open + 1, close).trim() === "";
    return isEmpty ? { start: open + 1, end: close, text: added.join(", ") } : undefined;
  }
  // A generator that is the only argument has no parentheses of its own.
  if (call.arguments.length === 1 && last.value.kind === "comprehension") return undefined;
  const tail = readTail(text, last.value.end, close);
  if (!tail) return undefined;
  const start = argumentStart(text, last) ?? last.value.start;
  const lead = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const ownLine = lead.trim() === "" && text.slice(call.callee.end, start).includes("\n");
  const gap = ownLine ? `${text.includes("\r\n") ? "\r\n" : "\n"}${lead}` : " ";
  const argument = added.join(`,${gap}`);
  return tail.comma === undefined
    ? { start: tail.end, end: tail.end, text: `,${gap}${argument}` }
    : { start: tail.comma + 1, end: tail.comma + 1, text: `${gap}${argument},` };
}

/** Without one of its arguments; not where a comment would go with it. */
export function removeArgument(
  { text }: Module,
  call: CallExpression,
  argument: Argument,
): Edit | undefined {
  const index = call.arguments.indexOf(argument);
  const start = argumentStart(text, argument);
  if (index < 0 || start === undefined || text.charAt(call.end - 1) !== ")") return undefined;
  const next = call.arguments[index + 1];
  const before = call.arguments[index - 1];
  if (next) {
    const nextStart = argumentStart(text, next);
    if (nextStart === undefined) return undefined;
    return uncommented(text, argument.value.end, { start, end: nextStart, text: "" });
  }
  const tail = readTail(text, argument.value.end, call.end - 1);
  if (!tail) return undefined;
  if (!before) {
    const end = tail.comma === undefined ? tail.end : tail.comma + 1;
    return { start, end, text: "" };
  }
  const beforeTail = readTail(text, before.value.end, start);
  if (!beforeTail) return undefined;
  return uncommented(text, beforeTail.end, { start: beforeTail.end, end: tail.end, text: "" });
}

function uncommented(text: string, from: number, edit: Edit): Edit | undefined {
  return text.slice(from, edit.end).includes("#") ? undefined : edit;
}

/** Where `name=value` or `*value` begins; `undefined` for a value in parentheses of its own. */
function argumentStart(text: string, { name, spread, value }: Argument): number | undefined {
  if (spread !== "") {
    const start = value.start - spread.length;
    return text.slice(start, value.start) === spread ? start : undefined;
  }
  if (name === undefined) {
    return /[(,\s]$/u.test(text.slice(0, value.start).slice(-1)) ? value.start : undefined;
  }
  const before = text.slice(Math.max(0, value.start - name.length - 20), value.start);
  const found = /=\s*$/u.exec(before);
  if (!found) return undefined;
  const beforeEqual = before.slice(0, found.index).trimEnd();
  if (!beforeEqual.endsWith(name)) return undefined;
  return value.start - before.length + beforeEqual.length - name.length;
}

/** What follows a value up to `to`: the end of its own parentheses, and the comma after it. */
function readTail(
  text: string,
  from: number,
  to: number,
): { readonly end: number; readonly comma: number | undefined } | undefined {
  let end = from;
  let comma: number | undefined;
  for (let at = from; at < to; at += 1) {
    const char = text.charAt(at);
    if (char === "#") {
      at = text.indexOf("\n", at);
      if (at < 0) return undefined;
    } else if (char === "," && comma === undefined) comma = at;
    else if (char === ")" && comma === undefined) end = at + 1;
    else if (!/\s/u.test(char)) return undefined;
  }
  return { end, comma };
}
