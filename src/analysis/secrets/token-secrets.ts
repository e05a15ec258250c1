// Secrets told by their own form, in any file. In tests a token was made up, unless its checksum says otherwise.

import type { Module } from "../../python/module.ts";
import { enclosingNodes } from "../enclosing.ts";
import { isTestCode } from "../paths.ts";
import { type FoundToken, findTokens } from "./find-tokens.ts";
import type { HardcodedSecret } from "./hardcoded-secret.ts";

export function tokenSecrets(module: Module): readonly HardcodedSecret[] {
  const known = read.get(module);
  if (known) return known;
  const found = [...readTokens(module)];
  read.set(module, found);
  return found;
}

const read = new WeakMap<Module, readonly HardcodedSecret[]>();

function* readTokens(module: Module): Iterable<HardcodedSecret> {
  const isTest = isTestCode(module.path);
  for (const token of findTokens(module.text)) {
    if (token.by !== "proven" && (isTest || isShown(module.text, token))) continue;
    if (token.by === "use" && module.body.length > 0 && isProse(module, token)) continue;
    yield {
      module,
      start: token.start,
      end: token.end,
      what: token.what,
      use: "format",
      severity: token.severity,
      confidence: token.by === "use" ? "medium" : "high",
    };
  }
}

/** In a comment or a docstring an address or a header shows what one looks like. */
function isProse(module: Module, { start, end }: FoundToken): boolean {
  const nodes = enclosingNodes({ module, start, end });
  const last = nodes.at(-1);
  const isText = last?.kind === "string" || last?.kind === "bytes" || last?.kind === "formatted";
  return !isText || nodes.at(-2)?.kind === "expression";
}

/** Words on the same line that say it is none: `fake_token = "..."`, `# example: ...`. */
function isShown(text: string, { start }: FoundToken): boolean {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(Math.max(from, start - 200), start);
  return /(?:^|[^a-z])(?:fake|dummy|mock|mocked|example|examples|sample|invalid|expired|revoked|placeholder|test|regex|pattern|e\.g\.|>>>)(?:[^a-z]|$)/iu.test(
    before,
  );
}
