// A key or a password is made of numbers that `random` gives, and whoever saw a few of them foretells the rest.

import { enclosingNodes, isTestPath, taintRule } from "#rule";

export default taintRule({
  from: ["weak-random"],
  into: ["secret"],
  message: ({ source, sink }) =>
    `What ${source} gives can be foretold, and ${sink} uses it as a secret. Take it from \`secrets\`: \`token_bytes\`, \`token_urlsafe\` or \`choice\`.`,
  isHarmless: ({ flow: { call, label } }) =>
    isTestPath(call.module.path) || isOneOfMany(label.source.span),
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
