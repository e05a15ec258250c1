// The flags that the cookie lacks, and the settings of it that are off.

import {
  addArgument,
  argumentAt,
  type Edit,
  type Fault,
  type Fix,
  fixOf,
  switchValue,
} from "#rule";

export function fixOfCookie({ at, node, paths }: Fault): Fix | undefined {
  if (node?.kind !== "call") return fixOf(switchValue(node, false));
  const https = argumentAt(node, "https_only");
  if (https) return fixOf(switchValue(https.value, false));
  const isCookie = paths.some((path) => /\.set_(?:signed_)?cookie$/u.test(path));
  if (!isCookie || node.arguments.some(({ spread }) => spread !== "")) return undefined;
  const edits: (Edit | undefined)[] = [];
  const added: string[] = [];
  for (const name of ["secure", "httponly"]) {
    const given = argumentAt(node, name);
    if (!given) added.push(`${name}=True`);
    else if (isFalse(given.value)) edits.push(switchValue(given.value, false));
  }
  if (added.length > 0) edits.push(addArgument(at.module, node, ...added));
  return fixOf(...edits);
}

function isFalse(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return value.kind === "singleton" && value.value === false;
}
