// Code as a fingerprint needs it: the same after reformatting and after a comment was added.

const tokenPattern =
  /("""|''')[\s\S]*?(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*|\s+|[\w.]+|[^\s\w]/gu;

/**
 * White space folded to single blanks, or to none beside brackets; comments and a comma before a closing
 * bracket gone. Strings are kept as they are.
 */
export function normaliseCode(code: string): string {
  const tokens = (code.match(tokenPattern) ?? []).filter((token) => !token.startsWith("#"));
  const kept: string[] = [];
  for (const token of tokens) {
    if (/^\s/u.test(token)) {
      const last = kept.at(-1);
      if (last !== undefined && last !== " " && !/^[([{]$/u.test(last)) kept.push(" ");
      continue;
    }
    if (/^[)\]}]$/u.test(token)) {
      if (kept.at(-1) === " ") kept.pop();
      if (kept.at(-1) === ",") kept.pop();
      if (kept.at(-1) === " ") kept.pop();
    }
    kept.push(token);
  }
  return kept.join("").trim();
}
