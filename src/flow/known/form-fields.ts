// Fields of forms, serializers and classes of attrs: what their validators let through is no text of the visitor's, as long as
// these name every text, or every character, that may come.
// https://docs.djangoproject.com/en/stable/ref/validators/ https://wtforms.readthedocs.io/en/stable/validators/
// https://www.attrs.org/en/stable/api.html#module-attrs.validators

import { type Frame, objectsOf } from "../frame.ts";
import { isSafePattern } from "../guards/safe-pattern.ts";
import { makeValue, soleString, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

/** The type of a field whose text is harmless. */
export const checkedFormField = "forms.checked";
const safeValidator = "validators.safe";

const djangoTexts = ["CharField", "RegexField"].flatMap((name) => [
  `django.forms.${name}`,
  `rest_framework.serializers.${name}`,
]);
const wtformsTexts = ["String", "TextArea", "Password", "Hidden", "URL", "Email", "Search"].map(
  (name) => `wtforms.${name}Field`,
);

export const formFieldCalls: KnownCalls = new Map([
  ...djangoTexts.map((path) => [path, makeDjangoField] as const),
  ...wtformsTexts.map((path) => [path, makeWtformsField] as const),
  ["django.core.validators.RegexValidator", makeDjangoValidator],
  // A pattern of theirs is tried from the start.
  ["wtforms.validators.Regexp", (call) => makePattern(call, "start")],
  ["wtforms.validators.AnyOf", () => makeValue({ types: [safeValidator] })],
  ["attrs.field", makeAttrsField],
  ["attrs.validators.in_", () => makeValue({ types: [safeValidator] })],
  // A pattern must match the whole, unless another way of matching is asked for.
  [
    "attrs.validators.matches_re",
    (call) => (call.given.keywords.has("func") ? undefined : makePattern(call, "both")),
  ],
]);

/** The type of a field of attrs: a class with such fields is filled by its arguments. */
export const attrsField = "attrs.field";

/** These take letters, digits, hyphens and the like. */
const safeFunctions: ReadonlySet<string> = new Set(
  ["slug", "unicode_slug", "ipv4_address", "integer", "comma_separated_integer_list"].map(
    (name) => `django.core.validators.validate_${name}`,
  ),
);

function makePattern({ given }: KnownCall, anchored: "both" | "start" | "none"): Value | undefined {
  const pattern = soleString((given.positional[0] ?? given.keywords.get("regex"))?.value);
  const isSafe = pattern !== undefined && isSafePattern(pattern, anchored);
  return isSafe ? makeValue({ types: [safeValidator] }) : undefined;
}

function makeDjangoValidator(call: KnownCall): Value | undefined {
  return call.given.keywords.has("inverse_match") ? undefined : makePattern(call, "none");
}

function makeDjangoField(call: KnownCall): Value | undefined {
  const { frame, path, given } = call;
  const isSafe =
    isSafeList(frame, given.keywords.get("validators")?.value) ||
    (path.endsWith(".RegexField") && makePattern(call, "none") !== undefined);
  return isSafe ? makeValue({ types: [checkedFormField] }) : undefined;
}

function makeWtformsField({ frame, given }: KnownCall): Value | undefined {
  const validators = given.positional[1] ?? given.keywords.get("validators");
  return isSafeList(frame, validators?.value)
    ? makeValue({ types: [checkedFormField] })
    : undefined;
}

function makeAttrsField({ frame, given }: KnownCall): Value {
  const validator = given.keywords.get("validator")?.value;
  const isNumber = given.keywords
    .get("converter")
    ?.value.references.some(
      (each) => each.kind === "api" && /^(?:int|float|bool)$/u.test(each.path),
    );
  const isSafe =
    isNumber || validator?.types.includes(safeValidator) || isSafeList(frame, validator);
  return makeValue({ types: isSafe ? [attrsField, checkedFormField] : [attrsField] });
}

function isSafeList(frame: Frame, validators: Value | undefined): boolean {
  if (!validators) return false;
  const items = [
    ...(validators.elements ?? []),
    ...objectsOf(frame, validators).flatMap(({ object }) => object.items ?? []),
  ];
  return items.some(
    ({ types, references }) =>
      types.includes(safeValidator) ||
      references.some((each) => each.kind === "api" && safeFunctions.has(each.path)),
  );
}
