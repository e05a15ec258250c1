// The comparison as `hmac.compare_digest`, where both sides are there: it takes no `None`.

import {
  codeOf,
  type Expression,
  enclosingNodes,
  everyNode,
  type Fault,
  type Fix,
  fixWith,
  importOf,
  type Module,
} from "#rule";

export function fixOfComparison({ at, node }: Fault): Fix | undefined {
  if (node?.kind !== "compare") return undefined;
  const [right, ...more] = node.comparators;
  const [operator] = node.operators;
  const { module } = at;
  const imported = importOf(module, "hmac");
  if (!right || more.length > 0 || !imported) return undefined;
  const sides = [node.left, right];
  if (sides.some((side) => mayBeMissing(module, side))) return undefined;
  const [left = "", other = ""] = sides.map(({ start, end }) => codeOf({ module, start, end }));
  const call = `${imported.name}.compare_digest(${left}, ${other})`;
  const text = operator === "!=" ? `not ${call}` : call;
  return fixWith(imported, { start: node.start, end: node.end, text });
}

/** `headers.get("X-Signature")`, itself or in a variable that nobody asks whether it holds something. */
function mayBeMissing(module: Module, side: Expression): boolean {
  if (side.kind === "call") return isLookUp(side);
  if (side.kind !== "name") return false;
  const around = enclosingNodes({ module, start: side.start, end: side.end }).findLast(
    ({ kind }) => kind === "function",
  );
  const nodes = [...everyNode(around?.kind === "function" ? around : module)];
  const isLookedUp = nodes.some(
    (node) =>
      node.kind === "assign" &&
      node.targets.some((target) => target.kind === "name" && target.id === side.id) &&
      isLookUp(node.value),
  );
  return isLookedUp && !nodes.some((node) => isAsked(node, side.id));
}

function isLookUp(value: Expression): boolean {
  const name =
    value.kind === "call"
      ? value.callee.kind === "attribute"
        ? value.callee.name
        : value.callee.kind === "name"
          ? value.callee.id
          : ""
      : "";
  return ["get", "getenv"].includes(name) && value.kind === "call" && value.arguments.length < 2;
}

/** `if not signature`, `signature is None`. */
function isAsked(node: { readonly kind: string }, name: string): boolean {
  const asked =
    "operand" in node && node.kind === "unary"
      ? node.operand
      : node.kind === "compare" && "left" in node && "operators" in node
        ? Array.isArray(node.operators) && String(node.operators[0]).startsWith("is")
          ? node.left
          : undefined
        : undefined;
  return typeof asked === "object" && asked !== null && "id" in asked && asked.id === name;
}
