// The checks that options switch off, switched on again; `verify_signature` only where there is a key to check with.

import { argumentAt, type Fault, type Fix, fixOf, switchValue } from "#rule";

export function fixOfOptions({ node }: Fault): Fix | undefined {
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
