// Which of our rules look for what a code of Bandit or Ruff looks for, so that the answers that a team
// has already written in its code can be heard.
// https://bandit.readthedocs.io/en/latest/plugins/  https://docs.astral.sh/ruff/rules/

/** Numbers are the same in Bandit (B608) and in Ruff (S608). Rules by their last words. */
const securityCodes: Readonly<Record<string, readonly string[]>> = {
  "102": ["code-injection"],
  "103": ["unsafe-file-permissions"],
  "104": ["bind-all-interfaces"],
  "105": ["hardcoded-secret"],
  "106": ["hardcoded-secret"],
  "107": ["hardcoded-secret"],
  "108": ["unsafe-temp-file"],
  "110": ["swallowed-exception"],
  "112": ["swallowed-exception"],
  "113": ["missing-timeout"],
  "201": ["debug-enabled"],
  "202": ["path-traversal"],
  "301": ["unsafe-deserialization"],
  "302": ["unsafe-deserialization"],
  "303": ["weak-hash", "weak-password-hash"],
  "304": ["weak-cipher"],
  "305": ["weak-cipher"],
  "306": ["unsafe-temp-file"],
  "307": ["code-injection"],
  "308": ["cross-site-scripting"],
  "310": ["server-side-request-forgery", "path-traversal"],
  "311": ["insecure-random"],
  "312": ["cleartext-transport"],
  "313": ["xml-external-entities"],
  "314": ["xml-external-entities"],
  "315": ["xml-external-entities"],
  "316": ["xml-external-entities"],
  "317": ["xml-external-entities"],
  "318": ["xml-external-entities"],
  "319": ["xml-external-entities"],
  "320": ["xml-external-entities"],
  "321": ["cleartext-transport"],
  "323": ["tls-verification-disabled"],
  "324": ["weak-hash", "weak-password-hash"],
  "501": ["tls-verification-disabled"],
  "502": ["tls-verification-disabled"],
  "503": ["tls-verification-disabled"],
  "504": ["tls-verification-disabled"],
  "505": ["weak-key"],
  "506": ["unsafe-deserialization"],
  "507": ["tls-verification-disabled"],
  "601": ["command-injection"],
  "602": ["command-injection"],
  "603": ["command-injection"],
  "604": ["command-injection"],
  "605": ["command-injection"],
  "606": ["command-injection"],
  "607": ["command-injection"],
  "608": ["sql-injection"],
  "609": ["command-injection"],
  "610": ["sql-injection"],
  "611": ["sql-injection"],
  "614": ["unsafe-deserialization"],
  "701": ["cross-site-scripting", "template-injection"],
  "702": ["cross-site-scripting", "template-injection"],
  "703": ["cross-site-scripting"],
  "704": ["cross-site-scripting"],
};

/** Ruff's other families that look for the same as we do. */
const otherCodes: Readonly<Record<string, readonly string[]>> = {
  ASYNC210: ["blocking-call-in-async"],
  ASYNC212: ["blocking-call-in-async"],
  ASYNC220: ["blocking-call-in-async"],
  ASYNC221: ["blocking-call-in-async"],
  ASYNC222: ["blocking-call-in-async"],
  ASYNC230: ["blocking-call-in-async"],
  ASYNC240: ["blocking-call-in-async"],
  ASYNC250: ["blocking-call-in-async"],
  ASYNC251: ["blocking-call-in-async"],
  DJ006: ["mass-assignment"],
  DJ007: ["mass-assignment"],
  RUF006: ["dropped-task"],
  BLE001: ["swallowed-exception"],
  E722: ["swallowed-exception"],
};

/** Every rule of `security/`. */
export const allSecurity = "security/*";

/**
 * `# nosec` is heard for every security rule, `# nosec B608, B101` for those of its codes; words that
 * are no codes are a reason, as Bandit takes them.
 */
export function readNosec(comment: string): readonly string[] | undefined {
  const found = /#[ \t]*nosec\b(?:[ \t]*:)?([^#]*)/iu.exec(comment);
  if (found === null) return undefined;
  const codes = [...(found[1] ?? "").matchAll(/\bB(\d{3})\b/giu)].map((match) => match[1] ?? "");
  return codes.length === 0 ? [allSecurity] : codes.flatMap((code) => securityCodes[code] ?? []);
}

/** `# noqa: S608, ASYNC210`; a bare `# noqa` is about style and says nothing to us. */
export function readNoqa(comment: string): readonly string[] | undefined {
  const found = /#[ \t]*noqa[ \t]*:([ \t]*[A-Z]+\d+(?:[ \t]*[, \t][ \t]*[A-Z]+\d+)*)/iu.exec(
    comment.slice(0, 1_000),
  );
  if (found === null) return undefined;
  const codes = (found[1] ?? "").toUpperCase().match(/[A-Z]+\d+/gu) ?? [];
  return codes.flatMap((code) =>
    /^S\d{3}$/u.test(code) ? (securityCodes[code.slice(1)] ?? []) : (otherCodes[code] ?? []),
  );
}
