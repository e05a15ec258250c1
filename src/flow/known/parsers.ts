// Parsers of arguments that are told what each argument is: argparse, and reqparse of Flask-RESTful.
// https://docs.python.org/3/library/argparse.html#the-add-argument-method

import { noArguments } from "../calls/arguments.ts";
import { anyItem, emptyObject, newObject, writeItem } from "../data/containers.ts";
import { objectsOf } from "../frame.ts";
import { constantValue, fromVisitor, makeValue, soleString, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

const argparse = "argparse.ArgumentParser";
const reqparse = "flask_restful.reqparse.RequestParser";

export const parserCalls: KnownCalls = new Map(
  Object.entries({
    [argparse]: makeParser,
    [`${argparse}.add_argument`]: addArgument,
    // What is added to a part is an argument of the whole.
    [`${argparse}.add_argument_group`]: samePart,
    [`${argparse}.add_mutually_exclusive_group`]: samePart,
    [`${argparse}.add_subparsers`]: samePart,
    [`${argparse}.add_parser`]: samePart,
    [`${argparse}.parse_args`]: parseArguments,
    [reqparse]: makeParser,
    [`${reqparse}.add_argument`]: addArgument,
    [`${reqparse}.parse_args`]: parseArguments,
  }),
);

function makeParser({ frame, path }: KnownCall): Value {
  return newObject(frame, { ...emptyObject("instance"), isClosed: false }, [path]);
}

function samePart({ receiver }: KnownCall): Value | undefined {
  return receiver && makeValue({ types: receiver.types, objects: receiver.objects });
}

/** An argument that is a number, or one of our own words, is nothing that a user could write freely. */
function addArgument(call: KnownCall): Value | undefined {
  const { frame, receiver, given } = call;
  const names = given.positional.flatMap((argument) => soleString(argument.value) ?? []);
  const long = names.find((name) => name.startsWith("--")) ?? names[0];
  const name =
    soleString(given.keywords.get("dest")?.value) ?? long?.replace(/^-+/u, "").replaceAll("-", "_");
  const kept = keptBy(call);
  if (receiver && name !== undefined && kept.labels.length === 0)
    writeItem(frame, receiver, constantValue(name), kept);
  return undefined;
}

const storedByAction = /^(?:store_true|store_false|store_const|append_const|count|help|version)$/u;

/** What is left of an argument's text: by `choices`, by `action`, or by the function given as `type`. */
function keptBy({ frame, given, span }: KnownCall): Value {
  const action = soleString(given.keywords.get("action")?.value) ?? "";
  if (given.keywords.has("choices") || storedByAction.test(action)) return makeValue({});
  const text = fromVisitor("cli-input", span, ["str"]);
  const type = given.keywords.get("type")?.value;
  if (!type || type.references.length === 0) return text;
  const before = frame.state;
  const positional = [{ value: text, span }];
  const kept = frame.machine.call(frame, type, { ...noArguments, positional }, span, span);
  frame.state ??= before;
  return kept;
}

function parseArguments({ frame, path, receiver, span }: KnownCall): Value | undefined {
  const concept = frame.machine.models.find(path)?.callSource;
  const [parser] = receiver ? objectsOf(frame, receiver) : [];
  if (concept === undefined || !parser || !anyItem(parser.object)) return undefined;
  const type = path.startsWith(reqparse) ? "dict" : "argparse.Namespace";
  const kind = type === "dict" ? "dict" : "instance";
  const value = fromVisitor(concept, span, [type]);
  return { ...value, objects: newObject(frame, { ...parser.object, kind }).objects };
}
