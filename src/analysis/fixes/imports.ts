// The name under which a file has a module or a function, and the import it needs where it has none.

import type { Module } from "../../python/module.ts";
import type { Statement } from "../../python/syntax.ts";
import { everyNode } from "../enclosing.ts";
import type { NeededImport } from "../fix.ts";

export interface Imported {
  /** What to write: `secrets`, or the alias that the file chose. */
  readonly name: string;
  readonly imports: readonly NeededImport[];
}

/** `import path`, as it is or as it would be; `undefined` where the name is taken. */
export function importOf(module: Module, path: string): Imported | undefined {
  for (const statement of module.body) {
    if (statement.kind !== "import") continue;
    const found = statement.names.find(({ name }) => name === path);
    if (found) return { name: found.alias ?? path, imports: [] };
  }
  const [root = path] = path.split(".");
  if (isTaken(module, root)) return undefined;
  return { name: path, imports: [{ at: placeFor(module, path), line: `import ${path}` }] };
}

/** `from path import name`. */
export function importFrom(module: Module, path: string, name: string): Imported | undefined {
  for (const statement of module.body) {
    if (statement.kind !== "import-from" || statement.level > 0) continue;
    if (statement.module !== path) continue;
    const found = statement.names.find((each) => each.name === name);
    if (found) return { name: found.alias ?? name, imports: [] };
  }
  if (isTaken(module, name)) return undefined;
  return {
    name,
    imports: [{ at: placeFor(module, undefined), line: `from ${path} import ${name}` }],
  };
}

/** Whether a name stands for anything, anywhere in the file. */
function isTaken(module: Module, name: string): boolean {
  for (const node of everyNode(module)) {
    switch (node.kind) {
      case "name":
        if (node.id === name) return true;
        break;
      case "class":
        if (node.name === name) return true;
        break;
      case "function":
        if (node.name === name || node.parameters.some((each) => each.name === name)) return true;
        break;
      case "import":
      case "import-from":
        if (node.names.some((each) => (each.alias ?? each.name.split(".")[0]) === name))
          return true;
        break;
      default:
    }
  }
  return false;
}

/** Where a new import goes: in the order of the alphabet among plain imports, else at the end of the block. */
function placeFor(module: Module, path: string | undefined): number {
  const block = importBlock(module);
  const plain = block.filter((statement) => statement.kind === "import");
  const last = block.at(-1);
  if (path === undefined || plain.length === 0) {
    const isFuture = (each: Statement): boolean =>
      each.kind === "import-from" && each.module === "__future__";
    const first = block.find((each) => each.kind === "import-from" && !isFuture(each));
    if (path !== undefined && first) return lineStart(module, first.start);
    return last ? nextLine(module, last.end) : lineStart(module, module.body[0]?.start ?? 0);
  }
  const next = plain.find((each) => (each.names[0]?.name ?? "") > path);
  if (next) return lineStart(module, next.start);
  return nextLine(module, plain.at(-1)?.end ?? 0);
}

/** The docstring and the imports at the head of a file. */
function importBlock({ body }: Module): readonly Statement[] {
  const end = body.findIndex(
    (statement) =>
      statement.kind !== "import" &&
      statement.kind !== "import-from" &&
      !(statement.kind === "expression" && statement.value.kind === "string"),
  );
  return end < 0 ? body : body.slice(0, end);
}

function lineStart({ text }: Module, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function nextLine({ text }: Module, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
