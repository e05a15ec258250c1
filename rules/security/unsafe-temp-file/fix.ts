// A file that is made with its name, in place of a name alone: where it is opened at once, or only opened,
// looked at and removed later.

import {
  type CallExpression,
  type Edit,
  enclosingNodes,
  everyNode,
  type Fault,
  type Fix,
  fixWith,
  importFrom,
  importOf,
  type Module,
  type SyntaxNode,
} from "#rule";

export function fixOfName({ at, node, paths }: Fault): Fix | undefined {
  if (node?.kind !== "call" || !paths.includes("tempfile.mktemp")) return undefined;
  const { module } = at;
  const around = enclosingNodes(at);
  const holder = around[around.indexOf(node) - 1];
  return holder?.kind === "call"
    ? fixOfOpen(module, node, holder)
    : holder?.kind === "assign"
      ? fixOfVariable(module, node, holder, around)
      : undefined;
}

/** `open(mktemp(".csv"), "w")` becomes `NamedTemporaryFile("w", suffix=".csv", delete=False)`. */
function fixOfOpen(module: Module, made: CallExpression, open: CallExpression): Fix | undefined {
  const [file, mode, ...others] = open.arguments;
  const isOpen = open.callee.kind === "name" && open.callee.id === "open";
  const isWritten = mode?.value.kind === "string" && /^w/u.test(mode.value.value);
  if (!isOpen || file?.value !== made || file.name !== undefined || !isWritten) return undefined;
  const kept = new Set(["encoding", "newline", "errors"]);
  if ((mode.name ?? "mode") !== "mode" || others.some(({ name = "" }) => !kept.has(name)))
    return undefined;
  const named = keywordsOf(module, made);
  const maker = makerIn(module, made, "NamedTemporaryFile");
  if (named === undefined || maker === undefined) return undefined;
  const given = others.map(({ name, value }) => `${name}=${textOf(module, value)}`);
  const all = [textOf(module, mode.value), ...given, ...named, "delete=False"];
  const { start, end } = open;
  return fixWith(maker, { start, end, text: `${maker.name}(${all.join(", ")})` });
}

/** `path = mktemp()` becomes `handle, path = mkstemp()` and `os.close(handle)`. */
function fixOfVariable(
  module: Module,
  made: CallExpression,
  assigned: SyntaxNode & { readonly kind: "assign" },
  around: readonly SyntaxNode[],
): Fix | undefined {
  const [target, ...others] = assigned.targets;
  if (assigned.value !== made || target?.kind !== "name" || others.length > 0) return undefined;
  const holder = around.findLast((node) => node.kind === "function" || node.kind === "class");
  if (!isOnlyOpened(target.id, holder ?? module, target)) return undefined;
  const handle = ["handle", "descriptor"].find(
    (name) => !new RegExp(`\\b${name}\\b`, "u").test(module.text),
  );
  const maker = makerIn(module, made, "mkstemp");
  const os = importOf(module, "os");
  const lineStart = module.text.lastIndexOf("\n", assigned.start - 1) + 1;
  const indent = module.text.slice(lineStart, assigned.start);
  if (handle === undefined || !maker || !os || indent.trim() !== "") return undefined;
  const lineEnd = module.text.includes("\r\n") ? "\r\n" : "\n";
  const edits: Edit[] = [
    { start: target.start, end: target.start, text: `${handle}, ` },
    { start: made.callee.start, end: made.callee.end, text: maker.name },
    { start: made.end, end: made.end, text: `${lineEnd}${indent}${os.name}.close(${handle})` },
  ];
  const rest = module.text.slice(made.end, module.text.indexOf("\n", made.end));
  // A comment behind the call stays with it.
  if (rest.trim() !== "") return undefined;
  return fixWith({ imports: [...maker.imports, ...os.imports] }, ...edits);
}

const lookers = new Set(["open", "remove", "unlink", "getsize"]);

/** The name stands for nothing but a file that is opened, looked at or removed: a folder or a pipe it cannot become. */
function isOnlyOpened(
  name: string,
  holder: Parameters<typeof everyNode>[0] | SyntaxNode,
  target: SyntaxNode,
): boolean {
  const uses = new Set<SyntaxNode>();
  const fine = new Set<SyntaxNode>();
  const body = "body" in holder && Array.isArray(holder.body) ? holder.body : [];
  for (const node of everyNode({ body })) {
    if (node.kind === "name" && node.id === name && node !== target) uses.add(node);
    if (node.kind !== "call") continue;
    const { callee } = node;
    const called =
      callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
    const [first, mode] = node.arguments;
    // A file that is there cannot be made anew: mode `x`.
    const isNew = mode?.value.kind === "string" && mode.value.value.includes("x");
    if (lookers.has(called) && !isNew && first?.spread === "") fine.add(first.value);
  }
  return uses.size > 0 && [...uses].every((use) => fine.has(use));
}

/** What the file calls the function beside `mktemp`. */
function makerIn(module: Module, { callee }: CallExpression, name: string) {
  if (callee.kind === "name") return importFrom(module, "tempfile", name);
  if (callee.kind !== "attribute") return undefined;
  return { name: `${textOf(module, callee.object)}.${name}`, imports: [] };
}

/** `suffix`, `prefix` and `dir`, in whichever way they were given. */
function keywordsOf(module: Module, made: CallExpression): readonly string[] | undefined {
  const names = ["suffix", "prefix", "dir"];
  const given = made.arguments.map(({ name, spread, value }, index) => {
    const word = name ?? names[index];
    return spread !== "" || word === undefined ? undefined : `${word}=${textOf(module, value)}`;
  });
  return given.every((each) => each !== undefined) ? given : undefined;
}

function textOf(
  { text }: Module,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return text.slice(start, end);
}
