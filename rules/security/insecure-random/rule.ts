// A key or a password is made of numbers that `random` gives, and whoever saw a few of them foretells the rest.

import { defineRule, enclosingNodes, isTestPath, quoteCode, taintRule } from "#rule";
import { fixOfRandom } from "./fix.ts";
import { generators, keeping, keptSecrets, namedSecrets } from "./named-secrets.ts";

const used = taintRule({
  from: ["weak-random"],
  into: ["secret"],
  message: ({ source, sink }) =>
    `What ${source} gives can be foretold, and ${sink} uses it as a secret. Take it from \`secrets\`: \`token_bytes\`, \`token_urlsafe\` or \`choice\`.`,
  isHarmless: ({ flow: { call, label } }) =>
    isTestPath(call.module.path) || isOneOfMany(label.source.span),
});

export default defineRule({
  watches: [...generators, ...keeping],
  fix: fixOfRandom,
  *check(context) {
    const told = new Set<string>();
    for (const finding of used.check(context)) {
      for (const { place } of finding.trace) told.add(`${place.path}:${place.startLine}`);
      told.add(`${finding.place.path}:${finding.place.startLine}`);
      yield finding;
    }
    for (const { span, name } of [
      ...namedSecrets(context.program),
      ...keptSecrets(context.program),
    ]) {
      const found = context.finding(
        span,
        `${quoteCode(name)} is made of numbers that can be foretold. Make it with \`secrets\`: \`token_urlsafe\`, \`randbelow\` or \`choice\`.`,
        { confidence: "medium" },
      );
      // Where it is used as a secret, that says more.
      if (!told.has(`${found.place.path}:${found.place.startLine}`)) yield found;
    }
  },
});

type Span = Parameters<typeof enclosingNodes>[0];

/** `random.choice(keys)`, once: one of several secrets, as good as they are. Letter by letter it is a new one. */
function isOneOfMany(source: Span): boolean {
  const nodes = enclosingNodes(source);
  const call = nodes.at(-1);
  const isChoice =
    call?.kind === "call" &&
    (call.callee.kind === "attribute" ? call.callee.name : nameOf(call.callee)) === "choice";
  const isRepeated = nodes.some((node) => ["for", "while", "comprehension"].includes(node.kind));
  return isChoice && !isRepeated;
}

function nameOf(callee: { readonly kind: string }): string | undefined {
  return "id" in callee && typeof callee.id === "string" ? callee.id : undefined;
}
