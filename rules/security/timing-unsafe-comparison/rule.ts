// A signature is compared with `==`, which stops at the first wrong character and so tells how many were right.

import {
  codeOf,
  defineRule,
  enclosingNodes,
  isTestPath,
  madeBy,
  nodesOfKind,
  quoteCode,
  type RuleContext,
} from "#rule";
import { fixOfComparison } from "./fix.ts";
import { secretComparisons } from "./stored-secrets.ts";

const signatures = [
  "hmac.digest",
  "hmac.HMAC.digest",
  "hmac.HMAC.hexdigest",
  "cryptography.hazmat.primitives.hmac.HMAC.finalize",
  "Crypto.Hash.HMAC.HMAC.digest",
  "Crypto.Hash.HMAC.HMAC.hexdigest",
];

/** Digests of plain hashes: signatures where a secret goes in beside the message. */
const digests = ["hashlib.HASH", "hashlib.HASH.broken"].flatMap((type) => [
  `${type}.digest`,
  `${type}.hexdigest`,
]);

/** `hashlib.sha1((text + SECRET).encode())`; a password that is hashed is another rule's affair. */
function isKeyed(code: string): boolean {
  return /secret|signing|private|api_?key|_key\b|\bkey\b/iu.test(code) && !/passw|pwd/iu.test(code);
}

export default defineRule({
  watches: [...signatures, ...digests],
  fix: fixOfComparison,
  *check({ program, finding }) {
    const paths = new Set([...signatures, ...digests]);
    const signed = program.calls.filter(
      (call) =>
        !call.paths.some((path) => digests.includes(path)) || isKeyed(codeOf(call.calleeSpan)),
    );
    const isSignature = madeBy({ ...program, calls: signed }, paths);
    const modules = new Set(
      signed
        .filter((call) => call.paths.some((path) => paths.has(path)))
        .map((call) => call.module),
    );
    for (const module of modules) {
      if (isTestPath(module.path)) continue;
      for (const node of nodesOfKind(module, "compare")) {
        if (node.operators.length !== 1) continue;
        const [right] = node.comparators;
        if (!right || !["==", "!="].includes(node.operators[0] ?? "")) continue;
        const isLeft = isSignature(module, node.left);
        // Two signatures of our own tell nothing, neither does one that was written down.
        if (isLeft === isSignature(module, right)) continue;
        if (isConstant(program, module, isLeft ? right : node.left)) continue;
        const span = { module, start: node.start, end: node.end };
        if (enclosingNodes(span).some((outer) => outer.kind === "assert")) continue;
        yield finding(
          span,
          `\`${node.operators[0]}\` stops at the first difference, so the time it takes tells how much of a signature was guessed. Compare with \`hmac.compare_digest\`.`,
        );
      }
    }
    for (const { span, secret } of secretComparisons(program)) {
      const { module } = span;
      yield finding(
        span,
        `The time this comparison takes tells how much of ${quoteCode(module.text.slice(secret.start, secret.end))} was guessed. Compare with \`hmac.compare_digest\`.`,
        { confidence: "medium", severityAtMost: "medium" },
      );
    }
  },
});

type Program = RuleContext["program"];
type Module = Program["modules"][number];

function isConstant(
  program: Program,
  module: Module,
  expression: { readonly kind: string; readonly id?: unknown },
): boolean {
  if (["string", "bytes", "number", "singleton"].includes(expression.kind)) return true;
  return (
    typeof expression.id === "string" &&
    program.globalOf(module, expression.id)?.constants !== undefined
  );
}
