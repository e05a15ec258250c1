// A token is believed without proof, can be made by others, or is good for ever.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  constantsOf,
  defineRule,
  enclosingNodes,
  entryOf,
  everyNode,
  faultyCalls,
  hasSpread,
  isOnly,
  itemsOf,
  type Value,
} from "#rule";
import { fixOfToken } from "./fix.ts";

const decoders = ["jwt.decode", "jwt.decode_complete", "jwt.PyJWT.decode", "jose.jwt.decode"];
const encoders = ["jwt.encode", "jwt.PyJWT.encode", "jose.jwt.encode"];
const keyInCode =
  "The key stands in the code, and whoever reads it can write valid tokens. Read it from the environment, and change it.";
const unverified = ["jose.jwt.get_unverified_claims"];

export default defineRule({
  fix: fixOfToken,
  watches: [...decoders, ...encoders, ...unverified],
  *check({ program, finding }) {
    const decodes = program.calls.filter((call) => has(call, decoders));
    const isChecked = (call: CallEvent): boolean =>
      decodes.some(
        (other) =>
          other.span.start !== call.span.start && !isUnproven(other) && runsBeside(call, other),
      );
    const faultOf = (call: CallEvent): string | undefined => {
      if (has(call, encoders)) return faultOfEncoding(call);
      const isOpen = has(call, unverified) || (has(call, decoders) && isUnproven(call));
      if (isOpen)
        return isChecked(call) || comesFromIssuer(call)
          ? undefined
          : "The signature is not checked, so anybody can write such a token himself. Give the key and `algorithms`, and leave the verification on.";
      return has(call, decoders) ? faultOfDecoding(call) : undefined;
    };
    // One key signs and checks: it is told where a file uses it first.
    const told = new Set<string>();
    for (const { call, span, fault } of faultyCalls(program.calls, faultOf)) {
      if (fault === keyInCode && told.has(call.module.path)) continue;
      if (fault === keyInCode) told.add(call.module.path);
      yield finding(span, fault);
    }
  },
});

function isUnproven(call: CallEvent): boolean {
  const options = argumentOfCall(call, "options", 3);
  return (
    isOnly(entryOf(call.objects, options, "verify_signature"), false) ||
    isOnly(argumentOfCall(call, "verify", call.paths.includes("jwt.decode") ? 2 : undefined), false)
  );
}

function faultOfDecoding(call: CallEvent): string | undefined {
  const given = call.arguments.keywords.get("algorithms") ?? call.arguments.positional[2];
  const isOpen = given ? isOnly(given.value, null) : !hasSpread(call);
  if (isOpen || (given && /["']alg["']/u.test(codeOf(given.span))))
    return "The token itself says how it is signed, and whoever writes one chooses what suits them. Name the one algorithm you sign with in `algorithms`.";
  const names = algorithmsOf(call);
  if (names?.some((name) => /^none$/iu.test(name)))
    return "The algorithm `none` means no signature at all, so anybody can write such a token himself. Name the one algorithm you sign with.";
  if (
    names?.some((name) => name.startsWith("HS")) &&
    names.some((name) => /^(?:RS|ES|PS|Ed)/u.test(name))
  )
    return "With both kinds of algorithms the public key, which everybody has, also makes valid tokens. Name the one algorithm you sign with.";
  const key = argumentOfCall(call, "key", 1);
  if (names?.some((name) => name.startsWith("HS")) && constantsOf(key).some(isPublicKey))
    return "A public key is known to everybody, and with an `HS` algorithm it makes valid tokens. Name the algorithm of the key: `RS256`.";
  const options = argumentOfCall(call, "options", 3);
  if (isOnly(entryOf(call.objects, options, "verify_exp"), false) && !isAboutExpiry(call))
    return "Tokens are accepted after they expired, so one that was stolen is good for ever. Leave `verify_exp` on.";
  return literalKey(call, key);
}

function faultOfEncoding(call: CallEvent): string | undefined {
  const algorithm = argumentOfCall(call, "algorithm", 2);
  if (
    algorithm &&
    constantsOf(algorithm).some((name) => name === null || /^none$/iu.test(String(name)))
  )
    return "Without an algorithm the token bears no signature, and anybody can write one himself. Sign with `HS256` or `RS256`.";
  return literalKey(call, argumentOfCall(call, "key", 1)) ?? withoutExpiry(call);
}

function literalKey(call: CallEvent, key: Value | undefined): string | undefined {
  const known = constantsOf(key);
  const isLiteral =
    known.length > 0 &&
    known.every(
      (text) => typeof text === "string" && text !== "" && !text.startsWith("-----BEGIN"),
    );
  const isBytes =
    known.length > 0 && known.every((text) => text !== null && typeof text === "object");
  if (!(isLiteral || isBytes) || /^(?:ES|RS|PS)/u.test(algorithmsOf(call)?.[0] ?? ""))
    return undefined;
  return keyInCode;
}

/** A payload that is wholly known, without `exp`. */
function withoutExpiry(call: CallEvent): string | undefined {
  const payload = argumentOfCall(call, "payload", 0) ?? argumentOfCall(call, "claims", 0);
  const [only, ...others] = payload?.objects ?? [];
  const held = only === undefined ? undefined : call.objects.get(only);
  if (!held || others.length > 0 || held.kind !== "dict" || hasSpread(call)) return undefined;
  if (!held.isClosed || held.rest || held.keys || held.entries.size === 0) return undefined;
  if (held.entries.has("exp")) return undefined;
  return 'This token never expires, so one that was stolen is good for ever. Add `"exp"`: a time some minutes or hours from now.';
}

function algorithmsOf(call: CallEvent): readonly string[] | undefined {
  const value = argumentOfCall(call, "algorithms", 2) ?? argumentOfCall(call, "algorithm", 2);
  const items = itemsOf(call.objects, value) ?? (value?.constants ? [value] : undefined);
  return items?.flatMap((item) =>
    constantsOf(item).flatMap((name) => (typeof name === "string" ? [name] : [])),
  );
}

function isPublicKey(text: unknown): boolean {
  return typeof text === "string" && /-----BEGIN (?:RSA )?PUBLIC KEY|^ssh-rsa /u.test(text);
}

/** A token is opened to see who signed it, and then opened with that one's key. */
function runsBeside(call: CallEvent, checked: CallEvent): boolean {
  const around = functionAround(call);
  if (!around) return false;
  const isWithin =
    checked.module === call.module &&
    around.start <= checked.span.start &&
    checked.span.end <= around.end;
  if (isWithin) return true;
  const helper = checked.definition?.name;
  if (helper === undefined) return false;
  for (const node of everyNode({ body: [around] })) {
    if (node.kind !== "call") continue;
    const { callee } = node;
    if (callee.kind === "name" && callee.id === helper) return true;
    if (callee.kind === "attribute" && callee.name === helper) return true;
  }
  return false;
}

/** What was fetched from the issuer itself needs no second proof (OpenID Connect Core, 3.1.3.7). */
function comesFromIssuer(call: CallEvent): boolean {
  const token = argumentOfCall(call, "jwt", 0) ?? argumentOfCall(call, "token", 0);
  return token?.labels.some(({ source }) => source.concept === "network-data") ?? false;
}

/** Refreshing and revoking are done with tokens that have expired. */
function isAboutExpiry(call: CallEvent): boolean {
  return /refresh|expired|log_?out|revoke|renew/iu.test(functionAround(call)?.name ?? "");
}

function functionAround(call: CallEvent) {
  return enclosingNodes(call.span).findLast((node) => node.kind === "function");
}

function has(call: CallEvent, paths: readonly string[]): boolean {
  return call.paths.some((path) => paths.includes(path));
}
