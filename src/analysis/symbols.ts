// Which class or function a place stands in.

import { blocksOf } from "../flow/language/definitions.ts";
import type { Module } from "../python/module.ts";
import type { Statement } from "../python/syntax.ts";

export interface EnclosingSymbol {
  /** `Shop.search`; `<module>` at top level. */
  readonly name: string;
  /** Offsets of its definition; `undefined` at top level. */
  readonly span: { readonly start: number; readonly end: number } | undefined;
}

/** The innermost function or class whose definition holds an offset. */
export function symbolAt(module: Module, offset: number): EnclosingSymbol {
  const names: string[] = [];
  let span: EnclosingSymbol["span"];
  let statements: readonly Statement[] | undefined = module.body;
  while (statements) {
    const inside: Statement | undefined = statements.find(
      (statement) => statement.start <= offset && offset < statement.end,
    );
    if (!inside) break;
    if (inside.kind === "function" || inside.kind === "class") {
      names.push(inside.name);
      span = { start: inside.start, end: inside.end };
    }
    statements = blocksOf(inside).find((block) =>
      block.some((statement) => statement.start <= offset && offset < statement.end),
    );
  }
  return { name: names.length > 0 ? names.join(".") : "<module>", span };
}
