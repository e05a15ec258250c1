// MD5 or SHA-1 where somebody gains by a collision or a quick guess: under signatures, and for passwords.

import {
  argumentOfCall,
  constantsOf,
  defineRule,
  enclosingNodes,
  everyNode,
  isTestPath,
  type RuleContext,
  taintRule,
} from "#rule";

const byFlag = ["hashlib.md5", "hashlib.new", "hashlib.sha1"];

export default defineRule({
  watches: byFlag,
  *check(context) {
    const fine = harmlessHashes(context.program);
    yield* taintRule({
      from: ["weak-hash"],
      into: ["signature"],
      message: ({ source, sink }) =>
        `${sink} trusts what ${source} gives, and MD5 and SHA-1 can be made to give the same for two texts. Use \`hmac.new(key, data, "sha256")\`, SHA-256 under a signature, or a slow hash for a password.`,
      isHarmless: ({ flow: { call, label } }) =>
        isTestPath(call.module.path) || fine.has(placeOf(label.source.span)),
    }).check(context);
    yield* taintRule({
      from: ["http-input", "password"],
      into: ["weak-hash"],
      message: ({ source, sink }) =>
        `${source} is a password, and what ${sink} makes of it is guessed by billions a second. Use \`argon2\`, \`bcrypt\`, or your framework's own hasher.`,
      isHarmless: ({ flow: { call, label } }) =>
        isTestPath(call.module.path) ||
        !isPassword(label.source.concept, label.source.span) ||
        isLeakLookup(call),
    }).check(context);
  },
});

type Program = RuleContext["program"];
type Span = Parameters<typeof enclosingNodes>[0];

/** Hashes that say themselves that they are not for security, and those of other names. */
function harmlessHashes(program: Program): ReadonlySet<string> {
  const harmless = program.calls.filter((call) => {
    if (!call.paths.some((path) => byFlag.includes(path))) return false;
    const isOff = constantsOf(argumentOfCall(call, "usedforsecurity")).includes(false);
    const isNamed = call.paths.includes("hashlib.new");
    const names = constantsOf(argumentOfCall(call, "name", 0));
    const isBroken =
      names.length > 0 &&
      names.every((name) => typeof name === "string" && /^(?:md5|sha-?1)$/iu.test(name));
    return isOff || (isNamed && !isBroken);
  });
  return new Set(harmless.map((call) => placeOf(call.span)));
}

function placeOf({ module, start }: Span): string {
  return `${module.path}:${start}`;
}

/** Typed at a prompt that hides it, or read from a field of that name: `request.form["password"]`. */
function isPassword(concept: string, span: Span): boolean {
  if (concept === "password") return true;
  const code = span.module.text.slice(span.start, span.end);
  return /["'](?:\w+[_-])?(?:password|passwd|passphrase)\d?["']/iu.test(code);
}

/** The first five characters are asked for in lists of leaked passwords, which are sorted by SHA-1. */
function isLeakLookup(call: Span): boolean {
  const around = enclosingNodes(call).findLast((node) => node.kind === "function");
  if (!around) return false;
  return [...everyNode({ body: [around] })].some(
    (node) =>
      node.kind === "slice" &&
      [node.lower, node.upper].some((bound) => bound?.kind === "number" && bound.value === 5),
  );
}
