// Code as a fingerprint needs it: the same after reformatting and after a comment was added.

/** White space folded to single blanks and comments gone; strings are kept as they are. */
export function normaliseCode(code: string): string {
  const tokens = code.match(
    /("""|''')[\s\S]*?(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*|\s+|[\w.]+|[^\s\w]/gu,
  );
  let text = "";
  for (const token of tokens ?? []) {
    if (token.startsWith("#")) continue;
    text += /^\s/u.test(token) ? " " : token;
  }
  return text
    .replace(/\s+/gu, " ")
    .replace(/([([{]) /gu, "$1")
    .replace(/,? ([)\]}])/gu, "$1")
    .trim();
}
