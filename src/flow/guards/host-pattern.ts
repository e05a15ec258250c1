// Which regular expressions let only addresses through that lead to hosts of ours: `https://(www\.)?example\.com/`.

import { hasTopLevelAlternative } from "./safe-pattern.ts";

const scheme =
  /^(?:https?\??|\(\?:https?\??(?:\|(?:https?|ftp))*\)\??|\(https?\|https?\)):\\?\/\\?\//u;
/** A label, or what may stand in its place: no class that lets a slash, an `@` or a question mark through. */
const hostPiece =
  /^(?:\[(?!\^)(?:[A-Za-z0-9_.-]|\\[wd.-])+\]|\\[wd.-]|[A-Za-z0-9-]|\.(?=[A-Za-z0-9([\\])|\((?:\?:|\?P<\w+>)?|\)|\||[*+?]|\{\d*(?:,\d*)?\})/u;
/** What ends a host: a slash, or the end of the address. */
const ending = /^(?:\\?\/|\((?:\?:)?\\?\/\|\$\)|\[[/?#\\:]+\]|:\\?\d|\$$|\\Z$)/u;

/**
 * Whether every address that the pattern matches leads to one of the hosts it names. `anchored` as for
 * `isSafePattern`. A point may be written without its backslash.
 */
export function fixesHostByPattern(pattern: string, anchored: "both" | "start" | "none"): boolean {
  const isAtStart = anchored !== "none" || /^(?:\^|\\A)/u.test(pattern);
  const text = pattern.replace(/^(?:\^|\\A)/u, "");
  const head = scheme.exec(text);
  if (!isAtStart || !head || hasTopLevelAlternative(pattern)) return false;
  let rest = text.slice(head[0].length);
  let host = "";
  let depth = 0;
  while (rest !== "") {
    if (depth === 0 && ending.test(rest)) return endsInName(host);
    const [piece] = hostPiece.exec(rest) ?? [];
    // An alternative outside of groups would be one to the whole pattern.
    if (piece === undefined || (piece === "|" && depth === 0)) return false;
    if (piece.startsWith("(")) depth += 1;
    else if (piece === ")") depth -= 1;
    host += piece;
    rest = rest.slice(piece.length);
  }
  return anchored === "both" && endsInName(host);
}

/** `example\.com`, `(a|b)\.example\.org`, `localhost`: the end of the host is written out. */
function endsInName(host: string): boolean {
  return /[A-Za-z0-9-]\\?\.[A-Za-z]{2,}\)?$|(?:^|[(|])localhost\)?$/u.test(host);
}
