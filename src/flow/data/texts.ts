// Text made of values: f-strings, `%`, `str.format` and concatenation.

import type { Span } from "../../python/module.ts";
import type { FormattedExpression } from "../../python/syntax.ts";
import { everyArgument } from "../calls/arguments.ts";
import { isPublicParameter } from "../entry-points/public-parameters.ts";
import { type CallArguments, type Frame, objectsOf, spanOf } from "../frame.ts";
import { lookUpMember } from "../language/attributes.ts";
import { allBits } from "../models.ts";
import { foldTexts, textOf } from "../values/constants.ts";
import {
  constantValue,
  labelledValue,
  labelsOf,
  makeValue,
  soleString,
  unknownText,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { deepLabels, readItem } from "./containers.ts";

/** Not known, and not a visitor's: a setting, what a function of ours gave. */
function isOurs(part: Value): boolean {
  return part.labels.every(
    (label) => label.source.concept === "environment" || isPublicParameter(label),
  );
}

/** The text that parts make when put one after the other. */
export function joinTexts(frame: Frame, given: readonly Value[]): Value {
  const isMarkup = given.some(({ constants, prefix }) =>
    [prefix, ...(constants ?? [])].some(
      (text) => typeof text === "string" && /<[a-z!]/iu.test(text),
    ),
  );
  const parts = isMarkup ? given.map((part) => asMarkup(frame, part)) : given;
  const alternatives: (readonly string[])[] = [];
  let prefix = "";
  let isPrefixWhole = true;
  for (const part of parts) {
    const texts = part.constants?.map(textOf);
    const known = texts?.every((text) => text !== undefined)
      ? (texts as readonly string[])
      : undefined;
    if (known) alternatives.push(known);
    if (isPrefixWhole) {
      if (known?.length === 1) prefix += known[0];
      else if (part.prefix === undefined && isOurs(part)) prefix += unknownText;
      else {
        prefix += part.prefix ?? "";
        isPrefixWhole = false;
      }
    }
  }
  const folded = alternatives.length === parts.length ? foldTexts(alternatives) : undefined;
  if (folded) return constantValue(...folded);
  return labelledValue(labelsOf(...parts), {
    types: ["str"],
    prefix: prefix === "" ? undefined : prefix.slice(0, 400),
  });
}

/** JSON is a document of its own; within a page, `</script>` in one of its texts ends the script. */
function asMarkup(frame: Frame, part: Value): Value {
  if (part.encodes?.encoder !== "json.dumps" || part.labels.length === 0) return part;
  const html = frame.machine.models.bit("html");
  const escaped = deepLabels(frame, part.encodes.value).reduce(
    (bits, { cleared }) => bits & cleared,
    html,
  );
  if (escaped !== 0) return part;
  return {
    ...part,
    labels: part.labels.map((label) => ({ ...label, cleared: label.cleared & ~html })),
  };
}

/** What a text shows of a value: what its `__str__` gives, or everything it holds. */
export function shown(frame: Frame, value: Value, span: Span): Value {
  if (value.objects.length === 0 && !value.elements) return value;
  for (const type of value.types) {
    const definition = frame.machine.classes.get(type);
    if (!definition) continue;
    for (const name of ["__str__", "__repr__"]) {
      const method = lookUpMember(frame, definition, name);
      if (!method?.references.some((reference) => reference.kind === "function")) continue;
      const bound = frame.machine.readAttribute(frame, value, name, span);
      const none = {
        positional: [],
        keywords: new Map(),
        spread: undefined,
        keywordSpread: undefined,
      };
      return frame.state ? frame.machine.call(frame, bound, none, span, span) : unknownValue;
    }
  }
  const labels = deepLabels(frame, value);
  if (labels.length === 0) return value;
  // Texts in a list or dict are shown in quotes, their line breaks as `\n`.
  const { models } = frame.machine;
  const bits = models.bit("log") | models.bit("header");
  return { ...value, labels: labels.map((label) => ({ ...label, cleared: label.cleared | bits })) };
}

/** `str(path)`: what is learnt of the text holds for what it was made of, unless that holds other things. */
export function noteSameText(frame: Frame, text: Value, of: Value): void {
  if (of.labels.length > 0 && of.objects.length === 0 && !of.elements)
    frame.machine.identities.noteSame(text.symbol, of.symbol, allBits);
}

export function evaluateFormatted(frame: Frame, expression: FormattedExpression): Value {
  const parts: Value[] = [];
  let only: Value | undefined;
  for (const part of expression.parts) {
    if (typeof part === "string") {
      parts.push(constantValue(part));
      continue;
    }
    const value = frame.machine.evaluate(frame, part.value);
    if (!frame.state) return unknownValue;
    for (const inner of part.formatValues ?? []) {
      const format = frame.machine.evaluate(frame, inner);
      if (format.labels.length > 0) parts.push({ ...format, constants: undefined });
    }
    parts.push(formattedAs(part.format, shown(frame, value, spanOf(frame, part.value))));
    if (part.format === "") only = value;
  }
  const text = joinTexts(frame, parts);
  if (only && parts.length === 1) noteSameText(frame, text, only);
  return text;
}

/** `template % values`: places of numbers (`%d`) carry no text. */
export function formatPercent(frame: Frame, template: Value, values: Value, span: Span): Value {
  const text = template.constants?.length === 1 ? template.constants[0] : undefined;
  if (typeof text !== "string") {
    const labels = labelsOf(template, { ...values, labels: deepLabels(frame, values) });
    return labelledValue(labels, { types: ["str"] });
  }
  const pieces = text.split(/(%(?:\(\w+\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[a-zA-Z%])/u);
  const listed = objectsOf(frame, values)[0]?.object;
  let at = 0;
  const parts: Value[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      if (piece !== "") parts.push(constantValue(piece));
      continue;
    }
    if (piece === "%%") {
      parts.push(constantValue("%"));
      continue;
    }
    const key = /^%\((\w+)\)/u.exec(piece)?.[1];
    const value: Value =
      key !== undefined
        ? (listed?.entries.get(key) ?? listed?.rest ?? values)
        : (values.elements?.[at] ?? values);
    at += 1;
    parts.push(/[rsac]$/u.test(piece) ? shown(frame, value, span) : asNumber(value));
  }
  return joinTexts(frame, parts);
}

/** `template.format(...)`: only the fields that the template names are in the text. */
export function formatFields(
  frame: Frame,
  template: Value,
  given: CallArguments,
  span: Span,
): Value {
  const text = soleString(template);
  if (text === undefined) {
    const values = everyArgument(given).map((value) => shown(frame, value, span));
    return labelledValue(labelsOf(template, ...values), { types: ["str"] });
  }
  const parts: Value[] = [];
  let next = 0;
  let last = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/gu)) {
    parts.push(constantValue(text.slice(last, match.index)));
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      parts.push(constantValue(match[0][0] ?? ""));
      continue;
    }
    const [field = "", format = ""] = match[1].split(":");
    const name = /^[^.[!]*/u.exec(field)?.[0] ?? "";
    const position = name === "" ? next++ : Number(name);
    const whole = Number.isInteger(position)
      ? (given.positional[position]?.value ?? given.spread)
      : (given.keywords.get(name)?.value ?? given.keywordSpread);
    if (!frame.state) return unknownValue;
    const value = whole && readPath(frame, whole, field.slice(name.length), span);
    parts.push(value ? formattedAs(format, shown(frame, value, span)) : unknownValue);
  }
  parts.push(constantValue(text.slice(last)));
  return joinTexts(frame, parts);
}

/** `{book.title}`, `{book[title]}`: what stands after the field's name. */
function readPath(frame: Frame, whole: Value, path: string, span: Span): Value {
  let value = whole;
  for (const [, attribute, index] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/gu)) {
    if (!frame.state) return unknownValue;
    if (attribute !== undefined) value = frame.machine.readAttribute(frame, value, attribute, span);
    else {
      const key = /^\d+$/u.test(index ?? "") ? Number(index) : (index ?? "");
      value = readItem(frame, value, constantValue(key), span);
    }
  }
  return value;
}

/** `{count:d}` takes numbers only. */
function formattedAs(format: string, value: Value): Value {
  if (format === "") return value;
  return /[bcdoxXeEfFgGn%]$/u.test(format) ? asNumber(value) : { ...value, constants: undefined };
}

function asNumber(value: Value): Value {
  return value.labels.length === 0 && !value.constants
    ? value
    : makeValue({ types: value.types.length > 0 ? value.types : ["int"] });
}
