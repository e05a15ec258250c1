// Text from outside is written to a log with its line breaks, and so can begin entries of its own.

import {
  calledName,
  type Expression,
  hasNoLineBreaks,
  type Passage,
  rootOf,
  taintRule,
} from "#rule";

export default taintRule({
  // Values of headers hold no line breaks, until somebody decodes them.
  from: ["http-parameter", "http-path", "http-body", "http-cookie", "http-header"],
  into: ["log"],
  isHarmless: (passage) =>
    hasNoLineBreaks(passage) || isShownQuoted(passage) || isShownWhole(passage),
  message: ({ source, sink, call }) =>
    `${source} is written by ${sink} with its line breaks, so whoever sends it can write log entries of their own. Write it with ${
      call.startsWith("loguru.") ? "`{!r}`" : "`%r`"
    }.`,
});

/** `log.info("asked for %r", name)`: the place of this argument in the message quotes it, or takes a number. */
function isShownQuoted({ call, argument, sink }: Passage): boolean {
  if (!call || !argument) return false;
  const given = call.arguments.filter((each) => each.name === undefined && each.spread === "");
  const first = sink.endsWith(".log") ? 1 : 0;
  const message = given[first]?.value;
  if (argument.start === message?.start || message?.kind !== "string") return false;
  const places = placesOf(message.value, sink);
  // One path stands for every argument that was read from the same thing: `data["book"], data["author"]`.
  const root = rootOf(argument);
  const own = given
    .slice(first + 1)
    .map(({ value }, index) => ({ value, place: places[index] ?? places[0] }))
    .filter(
      ({ value }) =>
        value.start === argument.start || (root !== undefined && rootOf(value) === root),
    );
  const shown = message.value.includes("%(") ? places : own.map(({ place }) => place);
  return shown.length > 0 && shown.every((place) => place !== undefined && isQuoted(place, sink));
}

/** `%s`, `%5d`, or with loguru `{}` and `{!r}`, in their order. */
function placesOf(message: string, sink: string): readonly string[] {
  const pattern = sink.startsWith("loguru.")
    ? /\{[^{}]*\}/gu
    : /%(?:\(\w+\))?[#0\- +]*[\d.*]*[a-zA-Z]/gu;
  return message.replaceAll("%%", "").match(pattern) ?? [];
}

function isQuoted(place: string, sink: string): boolean {
  return sink.startsWith("loguru.") ? /![ra]/u.test(place) : !place.endsWith("s");
}

/** A whole form, document or request is shown as Python shows it, with its texts in quotes. */
function isShownWhole({ source, concept, passed, argument }: Passage): boolean {
  if (argument?.kind === "call" && containerMakers.has(calledName(argument))) return true;
  const isContainer =
    /(?:\.(?:json|args|form|GET|POST|query_params|data|body|params|query|cookies|COOKIES|values|match_info|path_params|cleaned_data|validated_data|view_args|forms|media|matchdict|json_body|kwargs|arguments|headers|META)|\.(?:get_json|json|form|post|body|read|get_data|getlist|get_media|stream)\(\))$/su.test(
      source,
    ) ||
    (concept === "http-body" && /^\w+$/u.test(source));
  return isContainer && !passed.some((expression) => readsPart(expression, source));
}

const containerMakers: ReadonlySet<string> = new Set([
  ...["list", "dict", "set", "tuple", "sorted", "keys", "values", "items", "getlist", "to_dict"],
]);

function readsPart(expression: Expression, source: string): boolean {
  if (expression.kind === "subscript") return true;
  if (expression.kind === "attribute") {
    // `item.name` of a body that is an object; not `request.json`, which is the source itself.
    return expression.object.kind === "name" && expression.object.id === source;
  }
  return expression.kind === "call" && partReaders.has(calledName(expression));
}

const partReaders: ReadonlySet<string> = new Set([
  ...["get", "getone", "getlist", "pop", "items", "values", "keys", "setdefault"],
  ...["join", "decode", "text"],
]);
