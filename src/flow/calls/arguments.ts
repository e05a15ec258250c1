// Which argument of a call a parameter gets, for functions of the project and for signatures of models.

import { joinAll } from "../data/containers.ts";
import type { ArgumentValue, CallArguments, Frame } from "../frame.ts";
import { inheritsFrom } from "../language/attributes.ts";
import type { ModelCondition, ModelParameter, ModelValue, Signature } from "../models.ts";
import { sameConstant, type Value } from "../values/value.ts";

/** No arguments at all. */
export const noArguments: CallArguments = {
  positional: [],
  keywords: new Map(),
  spread: undefined,
  keywordSpread: undefined,
};

/** Every value that is passed, however it is passed. */
export function everyArgument(given: CallArguments): readonly Value[] {
  return [
    ...given.positional.map((argument) => argument.value),
    ...[...given.keywords.values()].map((argument) => argument.value),
    ...(given.spread ? [given.spread] : []),
    ...(given.keywordSpread ? [given.keywordSpread] : []),
  ];
}

/** The argument that a parameter of a model's signature gets; `undefined` where none is seen. */
export function argumentOf(
  signature: Signature,
  parameter: ModelParameter,
  given: CallArguments,
): ArgumentValue | undefined {
  const named = given.keywords.get(parameter.name);
  if (named) return named;
  const parameters = signature.parameters ?? [];
  const index = parameters.indexOf(parameter);
  if (parameter.spread === "*") {
    const rest = given.positional.slice(index);
    const value = joinAll(rest.map((argument) => argument.value));
    const [first] = rest;
    return value && first ? { value, span: first.span } : undefined;
  }
  if (parameter.spread === "**" && parameter.isOfKeys) return given.keywordNames;
  if (parameter.spread === "**") {
    const known = new Set(parameters.map((each) => each.name));
    const rest = [...given.keywords]
      .filter(([name]) => !known.has(name))
      .map(([, argument]) => argument);
    const value = joinAll(rest.map((argument) => argument.value));
    const [first] = rest;
    return value && first ? { value, span: first.span } : undefined;
  }
  if (parameter.isKeywordOnly) return undefined;
  return given.positional[index];
}

/** The arguments that matter to a row, with the parameter each belongs to. */
export function markedArguments(
  signature: Signature,
  given: CallArguments,
): readonly { readonly parameter: ModelParameter; readonly argument: ArgumentValue }[] {
  const { receiver } = signature;
  const isReceiver = receiver?.isMarked && given.receiver;
  const marked =
    isReceiver && given.receiver ? [{ parameter: receiver, argument: given.receiver }] : [];
  const parameters = signature.parameters ?? [];
  const others = parameters.flatMap((parameter) => {
    if (!parameter.isMarked) return [];
    const argument = argumentOf(signature, parameter, given);
    return argument ? [{ parameter, argument }] : [];
  });
  return [...marked, ...others];
}

/**
 * Whether a row's `when` or `unless` lets it apply on every path. What is not known makes neither true.
 */
export function conditionHolds(frame: Frame, signature: Signature, given: CallArguments): boolean {
  return signature.conditions.every(
    (condition) => answerTo(frame, signature, condition, given) === !condition.isUnless,
  );
}

/** The same on some path: of what an argument is known to be, one value is enough. */
export function conditionMayHold(
  frame: Frame,
  signature: Signature,
  given: CallArguments,
): boolean {
  return signature.conditions.every((condition) => {
    const answer = answerTo(frame, signature, condition, given);
    return answer === "either" || answer === !condition.isUnless;
  });
}

/** `either` where an argument is known to be one or the other, as the path has it. */
type Answer = boolean | "either" | undefined;

function answerTo(
  frame: Frame,
  signature: Signature,
  condition: ModelCondition,
  given: CallArguments,
): Answer {
  const parameter = signature.parameters?.find((each) => each.name === condition.parameter);
  const argument = parameter
    ? argumentOf(signature, parameter, given)
    : given.keywords.get(condition.parameter);
  return matches(frame, condition, argument?.value, given);
}

function matches(
  frame: Frame,
  condition: ModelCondition,
  value: Value | undefined,
  given: CallArguments,
): Answer {
  if (!value) {
    if (given.keywordSpread || given.spread) return undefined;
    return condition.values.some((each) => each.kind === "missing");
  }
  const answers = condition.values.map((expected) => equals(frame, value, expected));
  for (const answer of [true, undefined, "either"] as const)
    if (answers.includes(answer)) return answer;
  return false;
}

function equals(frame: Frame, value: Value, expected: ModelValue): Answer {
  if (expected.kind === "missing") return false;
  if (expected.kind === "constant") {
    if (value.constants)
      return inOne(value.constants.map((constant) => sameConstant(constant, expected.value)));
    return value.references.length > 0 || value.objects.length > 0 ? false : undefined;
  }
  if (value.constants) return false;
  const { models } = frame.machine;
  const path = models.canonical(expected.path);
  // A class of the project that comes from the one meant is as good.
  const answers = value.references.map((reference) => {
    if (reference.kind === "class") return inheritsFrom(frame, reference.definition, path);
    if (reference.kind !== "api") return false;
    const name = models.canonical(reference.path);
    return name === path || models.basesOf(name).includes(path);
  });
  return answers.length === 0 ? undefined : inOne(answers);
}

function inOne(answers: readonly boolean[]): Answer {
  return answers.every((answer) => answer === answers[0]) ? answers[0] : "either";
}
