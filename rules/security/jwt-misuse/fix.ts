// The algorithm that a file signs with, where reading leaves it open; the checks that options switch off, switched on again; `verify_signature` only where there is a key to check with.

import {
  argumentAt,
  type CallExpression,
  expressionAt,
  type Fault,
  type Fix,
  fixOf,
  type Module,
  setKeyword,
  switchValue,
} from "#rule";

export function fixOfToken(fault: Fault): Fix | undefined {
  return fixOfOptions(fault) ?? fixOfAlgorithms(fault);
}

/** The algorithm that the same file signs with, with the same key; told where `algorithms` is left out. */
function fixOfAlgorithms({ program, at, node, paths }: Fault): Fix | undefined {
  if (node?.kind !== "call" || !paths.some((path) => /^jwt\..*decode/u.test(path)))
    return undefined;
  const { module } = at;
  const key = argumentAt(node, "key", 1)?.value;
  const given = argumentAt(node, "algorithms", 2);
  const isOpen = given === undefined || given.value.kind === "singleton";
  if (key === undefined || !isOpen || node.arguments.some(({ spread }) => spread !== ""))
    return undefined;
  const used = new Set(
    program.calls.flatMap((call) => {
      if (call.module !== module || !call.paths.some((path) => /^jwt\..*encode$/u.test(path)))
        return [];
      const written = expressionAt(call.span);
      if (written?.kind !== "call") return [];
      const own = argumentAt(written, "key", 1)?.value;
      const isSame = own && textOf(module, own) === textOf(module, key);
      return isSame ? [algorithmOf(written)] : [];
    }),
  );
  const [algorithm, ...others] = used;
  if (algorithm === undefined || others.length > 0) return undefined;
  return fixOf(setKeyword(module, node, "algorithms", `["${algorithm}"]`, 2));
}

/** What `jwt.encode` signs with; `undefined` where that is not written there. */
function algorithmOf(call: CallExpression): string | undefined {
  if (call.arguments.some(({ spread }) => spread !== "")) return undefined;
  const given = argumentAt(call, "algorithm", 2)?.value;
  // https://pyjwt.readthedocs.io/en/stable/api.html#jwt.encode
  if (given === undefined) return "HS256";
  return given.kind === "string" && /^(?:HS|RS|ES|PS)\d{3}$|^EdDSA$/u.test(given.value)
    ? given.value
    : undefined;
}

function textOf(
  { text }: Module,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return text.slice(start, end);
}

function fixOfOptions({ node }: Fault): Fix | undefined {
  if (node?.kind !== "call") return undefined;
  const options = argumentAt(node, "options", 3)?.value;
  if (options?.kind !== "dict") return undefined;
  const key = argumentAt(node, "key", 1)?.value;
  const isNoKey = !key || key.kind === "singleton" || (key.kind === "string" && key.value === "");
  const hasKey = !isNoKey && argumentAt(node, "algorithms", 2) !== undefined;
  const off = options.entries.filter(
    (entry) =>
      entry.key?.kind === "string" &&
      ["verify_exp", "verify_signature"].includes(entry.key.value) &&
      entry.value.kind === "singleton" &&
      entry.value.value === false,
  );
  const needsKey = off.some(
    (entry) => entry.key?.kind === "string" && entry.key.value === "verify_signature",
  );
  if (needsKey && !hasKey) return undefined;
  return fixOf(...off.map(({ value }) => switchValue(value, false)));
}
