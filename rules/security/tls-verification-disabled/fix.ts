// Certificates checked again: what switches the check off goes, and the library's own default holds.

import {
  argumentAt,
  type Fault,
  type Fix,
  fixOf,
  fixWith,
  importOf,
  removeArgument,
  switchValue,
} from "#rule";

const names = ["verify", "verify_ssl", "ssl_verify", "validate_certs", "ssl", "verify_certs"];

export function fixOfVerification({ at, node, paths }: Fault): Fix | undefined {
  const { module } = at;
  // A database without certificates at all needs more than one word.
  if (paths.length === 0) return undefined;
  if (node?.kind === "assign" || node?.kind === "annotated")
    return paths.some((path) => /\.(?:verify|check_hostname)\.__set__$/u.test(path))
      ? fixOf(switchValue(node, false))
      : undefined;
  if (node?.kind !== "call") return undefined;
  if (paths.includes("ssl._create_unverified_context")) {
    const { callee } = node;
    if (callee.kind !== "attribute" || node.arguments.length > 0) return undefined;
    const imported = importOf(module, "ssl");
    const text = "create_default_context";
    return (
      imported &&
      fixWith(imported, { start: callee.end - callee.name.length, end: callee.end, text })
    );
  }
  for (const name of names) {
    const given = argumentAt(node, name);
    if (given?.value.kind === "singleton" && given.value.value === false)
      return fixOf(removeArgument(module, node, given));
  }
  return undefined;
}
