// Takes secrets out of what is told: messages, steps and code go into comments, logs and SARIF, which more
// people read than the repository.

import { codeOf, type Span } from "../python/module.ts";
import type { Finding } from "./finding.ts";
import { normaliseCode } from "./normalise-code.ts";
import { crc32 } from "./secrets/checksum.ts";
import { isIdentifier, looksRandom } from "./secrets/likely-secret.ts";

export const hidden = "…";

/** Whatever may hold a secret says so, by the text itself; see `withoutSecrets`. */
export type Secrets = Set<string>;

/**
 * The line of a finding whose secret stands in it. Of a long random secret sixteen bits are kept, so that
 * another one in its place is another finding; of a password, which could be guessed by them, nothing.
 */
export function codeWithout(secret: Span): string {
  const value = codeOf(secret);
  const mark = looksRandom(value) ? (crc32(value) & 0xffff).toString(16) : "";
  const { text } = secret.module;
  const from = text.lastIndexOf("\n", secret.start - 1) + 1;
  const end = text.indexOf("\n", secret.end);
  const before = text.slice(Math.max(from, secret.start - 200), secret.start);
  const after = text.slice(secret.end, Math.min(end < 0 ? text.length : end, secret.end + 200));
  return normaliseCode(`${before}${hidden}${mark}${after}`);
}
/** Findings in which nothing is left of any secret, whichever rule quoted it. */
export function withoutSecrets(
  findings: readonly Finding[],
  secrets: ReadonlySet<string>,
): readonly Finding[] {
  if (secrets.size === 0) return findings;
  const forms = [...secrets].flatMap(formsOf).toSorted((a, b) => b.length - a.length);
  const clean = (text: string): string =>
    forms.reduce((left, form) => left.replaceAll(form, form.replace(/[^"']+/u, hidden)), text);
  return findings.map((finding) => ({
    ...finding,
    message: clean(finding.message),
    code: clean(finding.code),
    trace: finding.trace.map((step) => ({ ...step, code: clean(step.code) })),
  }));
}

/** A secret that is an ordinary word is told from others by its quotes; a long one may have been cut, or folded. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < 5 || isIdentifier(secret)) return [`"${secret}"`, `'${secret}'`];
  const folded = secret.replace(/\s+/gu, " ");
  return [secret, folded, ...(folded.length > 24 ? [folded.slice(0, 24)] : [])];
}
