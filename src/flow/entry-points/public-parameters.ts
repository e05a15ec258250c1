// Parameters of functions that anybody may call: a library does not know what it is given. A weak origin, of
// which only sinks are told that do whatever they are told to, in the very function that takes the parameter.

import type { Span } from "../../python/module.ts";
import type { Parameter } from "../../python/syntax.ts";
import type { CallArguments, FlowEvent } from "../frame.ts";
import { type FunctionDefinition, joinLabels, type Label, type Value } from "../values/value.ts";

const concept = "parameter";

/** Sinks that do what they are told; where a file lies or a request goes is what such parameters are for. */
const distinctiveSinks: ReadonlySet<string> = new Set([
  ...["sql", "shell", "code", "deserialize", "template", "archive", "xpath", "ldap", "nosql"],
  // Only of parsers that were told to resolve entities.
  ...["xml", "xml-parser"],
]);

/** The value of a public function's parameter, labelled if it may be a text and nothing else is known of it. */
export function publicParameter(
  value: Value,
  definition: FunctionDefinition,
  parameter: Parameter,
  span: Span,
): Value {
  const isUnknown =
    value.references.length === 0 &&
    value.objects.length === 0 &&
    !value.elements &&
    value.types.every((type) => type === "str" || type === "bytes") &&
    (value.constants?.every((constant) => constant === null || typeof constant === "string") ??
      true);
  if (!isUnknown || parameter.spread !== "" || !isPublic(definition)) return value;
  const label: Label = {
    source: { concept, span },
    via: [value.symbol],
    cleared: 0,
    steps: undefined,
    hops: 0,
  };
  return { ...value, constants: undefined, labels: joinLabels(value.labels, [label]) };
}

export function isPublicParameter({ source }: Label): boolean {
  return source.concept === concept;
}

/** Such labels stay in their function: what it calls is judged by what others give it, or by itself. */
export function withoutPublicParameters(given: CallArguments): CallArguments {
  const values = [...given.positional, ...given.keywords.values()];
  if (!values.some(({ value }) => value.labels.some(isPublicParameter))) return given;
  const strip = <T extends { readonly value: Value }>(argument: T): T => ({
    ...argument,
    value: {
      ...argument.value,
      labels: argument.value.labels.filter((label) => !isPublicParameter(label)),
    },
  });
  return {
    ...given,
    positional: given.positional.map(strip),
    keywords: new Map([...given.keywords].map(([name, argument]) => [name, strip(argument)])),
  };
}

/** Whether a flow is one to tell: always, but for those from public parameters. */
export function isToldOfParameter({
  concept: sink,
  label,
  definition,
  isTyped,
}: FlowEvent): boolean {
  if (!isPublicParameter(label)) return true;
  const { span } = label.source;
  return (
    isTyped &&
    label.hops === 0 &&
    distinctiveSinks.has(sink) &&
    definition !== undefined &&
    span.module === definition.module &&
    span.start >= definition.span.start &&
    span.end <= definition.span.end
  );
}

function isPublic({ qualifiedName, statement, module }: FunctionDefinition): boolean {
  const names = qualifiedName.split(".");
  const isHidden = names.some((name) => name.startsWith("_") && !name.startsWith("__"));
  return (
    statement !== undefined &&
    !isHidden &&
    !names.includes("<locals>") &&
    statement.decorators.length === 0 &&
    !/(?:^|\/)(?:tests?|conftest\.py|test_[^/]*|[^/]*_test\.py)(?:\/|$)/u.test(module.path)
  );
}
