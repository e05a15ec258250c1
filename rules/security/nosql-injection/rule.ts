// A value of a JSON body, which may be an object full of operators, or text that becomes JavaScript, in a query of
// MongoDB or Elasticsearch.

import { calledName, defineRule, type Expression, type Passage, taintRule } from "#rule";

const operator = taintRule({
  from: ["http-input"],
  into: ["nosql"],
  isHarmless: (passage) => isCode(passage) || !isOperator(passage),
  message: ({ source, sink, call }) =>
    call.startsWith("elasticsearch.")
      ? `${source} becomes the query that ${sink} runs, so whoever sends it can search everything. Build the query yourself and put the values into it.`
      : `${source} becomes part of the query that ${sink} runs, and may hold operators such as \`$ne\` that match every document. Make it a text with \`str(...)\`, or compare with \`$eq\`.`,
});

const code = taintRule({
  from: ["http-input"],
  into: ["nosql"],
  isHarmless: (passage) => !isCode(passage),
  message: ({ source, sink }) =>
    `${source} becomes part of the code that ${sink} runs in the database, so whoever sends it decides what it does. Use operators instead of code.`,
});

export default defineRule({
  *check(context) {
    yield* operator.check(context);
    yield* code.check(context);
  },
});

/** Text that runs as JavaScript or as a script: `{"$where": f"this.name == '{name}'"}`. */
function isCode({ passed, around, holdsValue, sink, flow, call }: Passage): boolean {
  // The query may have been put together in statements before.
  const dicts = [...passed, ...around];
  const entries = dicts.flatMap(entriesOf);
  if (sink.endsWith(".command")) {
    const [command] = call?.arguments ?? [];
    // The second argument is marked for the command that runs code alone.
    if (command && flow.argument.start > command.value.end) return true;
    return entries.some(({ key, value }) => /^\$?eval$/u.test(key) && mentions(value, holdsValue));
  }
  const hasScript = dicts.some(
    (each) =>
      each.kind === "dict" &&
      each.entries.some(({ key }) => key?.kind === "string" && key.value === "script"),
  );
  return entries.some(
    ({ key, value }) =>
      (codeKeys.has(key) ||
        (hasScript && key === "source") ||
        (key === "script" && sink.startsWith("elasticsearch."))) &&
      mentions(value, holdsValue),
  );
}

const codeKeys: ReadonlySet<string> = new Set(["$where", "$function", "$accumulator"]);

/** An object from outside where a value is expected: only what was JSON can be one. */
function isOperator(passage: Passage): boolean {
  if (!isFromJson(passage) || passage.passed.some(makesText) || isValidated(passage)) return false;
  const { argument, passed, holdsValue, sink } = passage;
  const isWhole = argument !== undefined && argument.kind !== "dict" && isReading(argument);
  // A match of Elasticsearch takes an object as well as a text, and does no more with it.
  if (sink.startsWith("elasticsearch.")) return isWhole;
  const held = passed.flatMap(entriesOf).filter(({ value }) => mentions(value, holdsValue));
  // `{"name": {"$eq": name}}`: what stands there is compared as it is.
  return held.length === 0 ? isWhole : held.some(({ key }) => !comparisons.has(key));
}

const comparisons: ReadonlySet<string> = new Set([
  ...["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$regex", "$search", "$size"],
]);

function isFromJson({ source, passed }: Passage): boolean {
  if (
    /\.(?:json|json_body|media)(?![\w])|\.(?:get_json|load_json|get_media)\(|\.data(?:\[|\.get\()/u.test(
      source,
    )
  )
    return true;
  const isRead = passed.some((each) => each.kind === "subscript" || isCallTo(each, "get"));
  if (source.endsWith(".data") && isRead) return true;
  return passed.some((each) => isCallTo(each, "loads", "json_decode", "literal_eval"));
}

/** `str(name)`, `name.strip()`, `f"{name}"`, `"a" + name`: only a text comes out, or an error. */
function makesText(expression: Expression): boolean {
  if (expression.kind === "formatted") return true;
  if (expression.kind === "binary")
    return [expression.left, expression.right].some(({ kind }) => kind === "string");
  return isCallTo(
    expression,
    ...["str", "strip", "lower", "upper", "casefold", "title", "format", "encode", "join"],
  );
}

/** `isinstance(name, str)` or a schema asked about the value, in the same function. */
function isValidated({ around, holdsValue }: Passage): boolean {
  return around.some((expression) => {
    if (expression.kind !== "call" || !validators.has(calledName(expression))) return false;
    return expression.arguments.some(({ value }) => holdsValue(value));
  });
}

const validators: ReadonlySet<string> = new Set([
  ...["isinstance", "validate", "is_valid", "model_validate", "parse_obj", "validate_python"],
]);

function isReading(expression: Expression): boolean {
  return ["name", "attribute", "subscript", "call"].includes(expression.kind);
}

function isCallTo(expression: Expression, ...names: readonly string[]): boolean {
  return expression.kind === "call" && names.includes(calledName(expression));
}

interface Entry {
  /** The key where it is a literal; empty otherwise. */
  readonly key: string;
  readonly value: Expression;
}

function entriesOf(expression: Expression): readonly Entry[] {
  if (expression.kind !== "dict") return [];
  return expression.entries
    .filter(({ value }) => value.kind !== "dict" && value.kind !== "list")
    .map(({ key, value }) => ({ key: key?.kind === "string" ? key.value : "", value }));
}

/** Whether the value is somewhere in an expression. */
function mentions(expression: Expression, holdsValue: Passage["holdsValue"]): boolean {
  if (holdsValue(expression)) return true;
  switch (expression.kind) {
    case "formatted":
      return expression.parts.some(
        (part) => typeof part !== "string" && mentions(part.value, holdsValue),
      );
    case "binary":
    case "logical":
      return mentions(expression.left, holdsValue) || mentions(expression.right, holdsValue);
    case "tuple":
      return expression.elements.some((element) => mentions(element, holdsValue));
    case "call":
      return expression.arguments.some(({ value }) => mentions(value, holdsValue));
    default:
      return false;
  }
}
