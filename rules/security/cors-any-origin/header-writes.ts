// CORS headers that a program writes by hand, into whatever it answers with: `response.headers[...] = ...`,
// `response[...] = ...`, `headers.add(...)`, `{"Access-Control-Allow-Origin": ...}`.

import { calledName, codeOf, type Expression, everyNode, type Module, type Span } from "#rule";

export interface HeaderWrite {
  /** In lower case. */
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
}

type Body = Parameters<typeof everyNode>[0]["body"];

/** What the statements write under names that begin with `Access-Control-`. */
export function corsHeadersIn(module: Module, body: Body): readonly HeaderWrite[] {
  const found: HeaderWrite[] = [];
  const add = (name: Expression | undefined, value: Expression | undefined, end: number): void => {
    if (name?.kind !== "string" || !value) return;
    const lower = name.value.toLowerCase();
    if (!lower.startsWith("access-control-")) return;
    found.push({ name: lower, value, span: { module, start: name.start, end } });
  };
  for (const node of everyNode({ body })) {
    if (node.kind === "assign") {
      for (const target of node.targets) {
        if (target.kind !== "subscript") continue;
        const before = found.length;
        add(target.index, node.value, node.end);
        const last = found[before];
        if (last) found[before] = { ...last, span: { module, start: node.start, end: node.end } };
      }
    }
    if (node.kind === "call" && setters.has(calledName(node)))
      add(node.arguments[0]?.value, node.arguments[1]?.value, node.end);
    if (node.kind === "dict") for (const { key, value } of node.entries) add(key, value, value.end);
  }
  return found;
}

const setters: ReadonlySet<string> = new Set([
  ...["add", "set", "set_header", "add_header", "append", "setdefault", "send_header"],
]);

/** Whether a value is the `Origin` of the request, as it came: read on the spot, or kept in a name that nothing asks about. */
export function isEcho(module: Module, body: Body, value: Expression): boolean {
  const code = codeOf({ module, start: value.start, end: value.end });
  if (origin.test(code)) return !asksAbout(module, body, /\borigin\b|HTTP_ORIGIN/iu);
  if (value.kind !== "name") return false;
  const isKept = everyNode({ body }).some(
    (node) =>
      node.kind === "assign" &&
      node.targets.some((target) => target.kind === "name" && target.id === value.id) &&
      origin.test(codeOf({ module, start: node.value.start, end: node.value.end })),
  );
  return isKept && !asksAbout(module, body, new RegExp(`\\b${value.id}\\b`, "u"));
}

const origin = /headers(?:\.get\(\s*|\[)["']origin["']|["']HTTP_ORIGIN["']|\.origin\b/iu;

/** A comparison, or a call that is given the value to judge it; `if origin:` alone asks nothing. */
function asksAbout(module: Module, body: Body, words: RegExp): boolean {
  return everyNode({ body }).some((node) => {
    const code = (): string => codeOf({ module, start: node.start, end: node.end });
    if (node.kind === "compare") {
      const [operator] = node.operators;
      const isAboutNothing = operator === "is" || operator === "is not";
      return !isAboutNothing && words.test(code());
    }
    const isQuestion =
      node.kind === "call" &&
      /^(?:is_|_is_|has_|check|allow|valid|match|fullmatch|startswith|endswith|any|_allow|_check|_valid)/u.test(
        calledName(node),
      );
    return isQuestion && words.test(code());
  });
}
