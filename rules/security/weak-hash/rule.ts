// MD5 or SHA-1 where somebody gains by a collision: under signatures, and for what visitors send or keep secret.

import {
  argumentOfCall,
  codeOf,
  constantsOf,
  defineRule,
  enclosingNodes,
  isTestPath,
  passwordNameOf,
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
    // A hash that a signature is compared with is told there.
    const told = new Set(
      context.program.flows
        .filter(
          ({ concept, label }) => concept === "signature" && label.source.concept === "weak-hash",
        )
        .map(({ label }) => placeOf(label.source.span)),
    );
    yield* taintRule({
      from: ["http-input", "sensitive"],
      into: ["weak-hash"],
      message: ({ source, sink }) =>
        `${sink} makes a hash of ${source} for which others with the same hash can be found: MD5 and SHA-1 are broken. Use \`hashlib.sha256\`, or say \`usedforsecurity=False\` where nothing depends on it.`,
      isHarmless: ({ flow: { call, label } }) =>
        isTestPath(call.module.path) ||
        label.hops > 0 ||
        told.has(placeOf(call)) ||
        // Passwords have a rule of their own.
        passwordNameOf(codeOf(label.source.span)) !== undefined ||
        (isKey(label.source.span) && !isForTrust(call)) ||
        isNoSecurity(call, label.source.concept),
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

/** A key that goes into a signature, which is told where the signature is believed. */
function isKey({ module, start, end }: Span): boolean {
  return /environ|getenv|settings|secret|key/iu.test(module.text.slice(start, end));
}

/** A key goes in, and what comes out is called a token or a signature. */
function isForTrust(call: Span): boolean {
  const nodes = enclosingNodes(call);
  const around = nodes.findLast((node) => node.kind === "function");
  const statement = nodes.findLast((node) => statements.has(node.kind));
  const name = around && "name" in around ? String(around.name) : "";
  const code = statement ? call.module.text.slice(statement.start, statement.end) : "";
  const target = /^\s*(?:self\.)?(\w+)\s*(?::[^=]+)?=[^=]/u.exec(code)?.[1] ?? "";
  return [name, target].some((each) =>
    /(?:^|_)(?:token|signature|sig|sign|mac|hmac|auth)(?:_|$)/iu.test(each),
  );
}

/**
 * A name for a cache entry, an ETag, a picture of Gravatar's: told by what the statement or the function
 * around says. What is secret of itself is none of them.
 */
function isNoSecurity(call: Span, concept: string): boolean {
  if (concept === "sensitive") return false;
  const nodes = enclosingNodes(call);
  const around = nodes.findLast((node) => node.kind === "function");
  const statement = nodes.findLast((node) => statements.has(node.kind));
  const words = [
    around && "name" in around ? String(around.name) : "",
    statement ? call.module.text.slice(statement.start, statement.end) : "",
  ];
  return words.some((text) => otherUses.test(text));
}

const statements: ReadonlySet<string> = new Set(["assign", "annotated", "expression", "return"]);
const otherUses =
  /etag|cache|checksum|gravatar|avatar|fingerprint|dedup|bucket|shard|partition|file_?name|file_?hash|md5_?sum|content_?md5|variant|colou?r|short_?id|slug/iu;
