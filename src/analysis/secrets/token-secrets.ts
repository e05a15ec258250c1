// Secrets told by their own form, in any file. Tests keep tokens that were made up, unless a checksum says
// otherwise; documentation and examples do not.

import type { Module } from "../../python/module.ts";
import { isTestCode } from "../paths.ts";
import { type FoundToken, findTokens } from "./find-tokens.ts";
import type { HardcodedSecret } from "./hardcoded-secret.ts";

export function* tokenSecrets(module: Module): Iterable<HardcodedSecret> {
  const isTest = isTestCode(module.path);
  for (const token of findTokens(module.text)) {
    if (isTest && !(token.by === "proven" || isLiveKey(token))) continue;
    if (token.by !== "proven" && isShown(module.text, token)) continue;
    yield {
      module,
      start: token.start,
      end: token.end,
      what: token.what,
      use: "format",
      severity: isTest && token.by !== "proven" ? "medium" : token.severity,
      confidence: token.by === "use" ? "medium" : "high",
    };
  }
}

/** Formats that nobody types by chance; private keys and signed tokens are made for tests by the dozen. */
function isLiveKey({ by, what }: FoundToken): boolean {
  return by === "format" && !/private key|\(JWT\)/u.test(what);
}

/** Words on the same line that say it is none: `fake_token = "..."`, `# example: ...`. */
function isShown(text: string, { start }: FoundToken): boolean {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(Math.max(from, start - 200), start);
  return /(?:^|[^a-z])(?:fake|dummy|mock|mocked|example|examples|sample|invalid|expired|revoked|placeholder|test|regex|pattern|e\.g\.|>>>)(?:[^a-z]|$)/iu.test(
    before,
  );
}
