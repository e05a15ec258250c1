// The flags that the cookie lacks, and the settings of it that are off.

import {
  addArgument,
  argumentAt,
  type Edit,
  type Expression,
  type Fault,
  type Fix,
  fixOf,
  switchValue,
} from "#rule";

export function fixOfCookie({ at, node, paths }: Fault): Fix | undefined {
  if (node?.kind !== "call") return fixOf(laxOf(node) ?? switchValue(node, false));
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
  const sameSite = argumentAt(node, "samesite")?.value;
  if (sameSite?.kind === "string" && /^none$/iu.test(sameSite.value)) edits.push(lax(sameSite));
  if (added.length > 0) edits.push(addArgument(at.module, node, ...added));
  return fixOf(...edits);
}

/** `SESSION_COOKIE_SAMESITE = ...`, alone or as `app.config[...]`. */
function laxOf(node: Fault["node"]): Edit | undefined {
  if (node?.kind !== "assign") return undefined;
  const [target] = node.targets;
  const name =
    target?.kind === "name"
      ? target.id
      : target?.kind === "subscript" && target.index.kind === "string"
        ? target.index.value
        : "";
  const isWritten = node.value.kind === "singleton" || node.value.kind === "string";
  return name.endsWith("_SAMESITE") && isWritten ? lax(node.value) : undefined;
}

/** Within its own quotes, where it has some. */
function lax({ kind, start, end }: Expression): Edit {
  return kind === "string"
    ? { start: start + 1, end: end - 1, text: "Lax" }
    : { start, end, text: '"Lax"' };
}

function isFalse(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return value.kind === "singleton" && value.value === false;
}
