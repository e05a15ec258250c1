// Signatures: a message whose signature was compared was written by whoever has the key, so that it may be
// believed as far as its own maker is: unpickled, or followed.
// https://docs.python.org/3/library/hmac.html

import { emptyObject, newObject } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { type Fact, fromVisitor, joinValues, makeValue, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

const hazmatHash = "cryptography.hazmat.primitives.hashes.Hash";

export const signatureCalls: KnownCalls = new Map(
  Object.entries({
    "hashlib.new": newHash,
    [hazmatHash]: newHazmatHash,
    "hmac.new": start,
    "hmac.HMAC": start,
    "hmac.HMAC.update": update,
    "hmac.HMAC.digest": digest,
    "hmac.HMAC.hexdigest": digest,
    "hmac.digest": digestAtOnce,
    "hmac.compare_digest": compare,
    "secrets.compare_digest": compare,
  }),
);

/** Where a signature in the making keeps its message: no attribute of Python's has such a name. */
const message = "(message)";
const digestType = "hmac.HMAC.digest";

/** What is known of the message once this value is known to be the signature it came with. */
export function factsOfSigned(frame: Frame, signature: Value): readonly Fact[] {
  if (!signature.types.includes(digestType)) return [];
  const { models } = frame.machine;
  const bits = ["deserialize", "redirect"].reduce((sum, concept) => sum | models.bit(concept), 0);
  return frame.machine.identities.factsAbout(signature.symbol, bits).slice(1);
}

/** The same signature, in other letters: `hexdigest().encode()`. */
export function rewrittenSignature(name: string, signature: Value): Value | undefined {
  const isRewritten = ["encode", "decode", "hex", "lower", "upper"].includes(name);
  return isRewritten && signature.types.includes(digestType) ? signature : undefined;
}

/** `hashlib.new("md5")` is `hashlib.md5()`. */
function newHash({ given, span }: KnownCall): Value | undefined {
  const names = (given.positional[0] ?? given.keywords.get("name"))?.value.constants;
  const isBroken =
    names !== undefined && names.some((name) => /^(?:md5|sha-?1)$/iu.test(String(name)));
  const isOff = given.keywords.get("usedforsecurity")?.value.constants?.[0] === false;
  return isBroken && !isOff ? fromVisitor("weak-hash", span, ["hashlib.HASH.broken"]) : undefined;
}

/** `Hash(MD5())` is as broken as what it is made with. */
function newHazmatHash({ given }: KnownCall): Value | undefined {
  const algorithm = (given.positional[0] ?? given.keywords.get("algorithm"))?.value;
  const isBroken = algorithm?.labels.some(({ source }) => source.concept === "weak-hash");
  return isBroken ? makeValue({ types: [`${hazmatHash}.broken`] }) : undefined;
}

function start({ frame, given }: KnownCall): Value {
  const text = (given.positional[1] ?? given.keywords.get("msg"))?.value;
  const entries = new Map(text ? [[message, text]] : []);
  const object = { ...emptyObject("instance" as const), entries, isClosed: false };
  return newObject(frame, object, ["hmac.HMAC"]);
}

function update({ frame, receiver, given }: KnownCall): Value | undefined {
  const added = given.positional[0]?.value;
  if (!receiver || !added) return undefined;
  for (const { id, object } of objectsOf(frame, receiver)) {
    const before = object.entries.get(message);
    const text = before ? joinValues(before, added) : added;
    frame.state?.heap.set(id, {
      ...object,
      entries: new Map([...object.entries, [message, text]]),
    });
  }
  return makeValue({});
}

function digest({ frame, receiver }: KnownCall): Value | undefined {
  const texts = receiver
    ? objectsOf(frame, receiver).flatMap(({ object }) => object.entries.get(message) ?? [])
    : [];
  return signatureOf(frame, texts[0]);
}

function digestAtOnce({ frame, given }: KnownCall): Value {
  return signatureOf(frame, (given.positional[1] ?? given.keywords.get("msg"))?.value);
}

function signatureOf(frame: Frame, text: Value | undefined): Value {
  const signature = makeValue({ types: ["str", digestType] });
  if (text) frame.machine.identities.noteSame(signature.symbol, text.symbol, ~0);
  return signature;
}

function compare({ frame, given }: KnownCall): Value {
  const whenTrue = given.positional.flatMap(({ value }) => factsOfSigned(frame, value));
  return { ...makeValue({ types: ["bool"] }), implies: { whenTrue, whenFalse: [] } };
}
