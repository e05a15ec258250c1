// The environment in place of the text: where the name of the variable stands there already, and nothing
// else could be meant by it.

import {
  type Expression,
  enclosingNodes,
  everyNode,
  type Fault,
  type Fix,
  fixWith,
  type Imported,
  importOf,
  isSensitiveName,
  type Module,
  type SyntaxNode,
} from "#rule";

export function fixOfSecret({ at }: Fault): Fix | undefined {
  const { module } = at;
  const around = enclosingNodes(at);
  const literal = around.findLast((node) => node.kind === "string");
  const holder = literal && around[around.indexOf(literal) - 1];
  if (!literal || !holder || !isWhole(module, literal, at)) return undefined;
  const fallback = fallbackOf(module, holder, literal);
  if (fallback) {
    const { environ, key } = fallback;
    const { start, end } = holder;
    return fixWith(environ, { start, end, text: `${environ.name}[${key}]` });
  }
  const name = nameOf(holder, literal);
  if (name === undefined || isAmbiguous(module, name, literal)) return undefined;
  const os = importOf(module, "os");
  if (!os) return undefined;
  const { start, end } = literal;
  return fixWith(os, { start, end, text: `${os.name}.environ["${name}"]` });
}

/** One plain literal that is the secret and nothing else. */
function isWhole({ text }: Module, literal: SyntaxNode, at: Fault["at"]): boolean {
  const written = text.slice(literal.start, literal.end);
  const inner = text.slice(at.start, at.end);
  return written === `"${inner}"` || written === `'${inner}'`;
}

/** `os.environ.get("KEY", "secret")`: without it the program says at once what it lacks. */
function fallbackOf(
  module: Module,
  holder: SyntaxNode,
  literal: SyntaxNode,
): { readonly environ: Imported; readonly key: string } | undefined {
  if (holder.kind !== "call" || holder.arguments.length !== 2) return undefined;
  const [key, given] = holder.arguments;
  if (given?.value !== literal || key?.value.kind !== "string" || given.spread !== "")
    return undefined;
  const callee = module.text.slice(holder.callee.start, holder.callee.end);
  const environ = /^(?:(\w+)\.getenv|((?:\w+\.)?environ)\.get)$/u.exec(callee);
  if (!environ) return undefined;
  const name = environ[2] ?? `${environ[1]}.environ`;
  const written = module.text.slice(key.value.start, key.value.end);
  return { environ: { name, imports: [] }, key: written };
}

/** `API_TOKEN = ...`, `self.api_token = ...`, `app.config["API_TOKEN"] = ...`. */
function nameOf(holder: SyntaxNode, literal: SyntaxNode): string | undefined {
  if (holder.kind === "annotated")
    return holder.value === literal ? wordOf(holder.target) : undefined;
  if (holder.kind !== "assign" || holder.value !== literal) return undefined;
  const [target, ...others] = holder.targets;
  return target && others.length === 0 ? wordOf(target) : undefined;
}

/** Two secrets that one variable would stand for. */
function isAmbiguous(module: Module, name: string, literal: SyntaxNode): boolean {
  const textOf = (node: SyntaxNode) => module.text.slice(node.start + 1, node.end - 1);
  for (const node of everyNode(module)) {
    if (node.kind !== "assign" && node.kind !== "annotated") continue;
    const { value } = node;
    if (value?.kind !== "string" || value === literal || nameOf(node, value) !== name) continue;
    if (textOf(value) !== textOf(literal)) return true;
  }
  return false;
}

function wordOf(target: Expression): string | undefined {
  const word =
    target.kind === "name"
      ? target.id
      : target.kind === "attribute"
        ? target.name
        : target.kind === "subscript" && target.index.kind === "string"
          ? target.index.value
          : undefined;
  if (word === undefined || !/^\w+$/u.test(word) || !isSensitiveName(word)) return undefined;
  const snake = word.replace(/([a-z\d])([A-Z])/gu, "$1_$2").replace(/^_+/u, "");
  return snake.toUpperCase();
}
