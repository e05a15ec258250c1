// Whether a regular expression, matched against the whole of a text, leaves only harmless characters in it.

/**
 * `true` only for patterns of literals and classes whose characters are letters, digits, `_` and `-`
 * (and `.` or `:` inside), with any quantifiers, groups and alternatives around them.
 * `isWhole` says that the match is anchored at both ends by itself (`re.fullmatch`).
 */
export function isSafePattern(pattern: string, isWhole: boolean): boolean {
  let text = pattern;
  if (!isWhole) {
    // `re.match` is anchored at its start only; `$` lets one line break through, which is harmless here.
    if (!/(?:\\Z|(?<!\\)\$)$/u.test(text)) return false;
    // An alternative at top level would leave the anchor to the last one.
    if (hasTopLevelAlternative(text)) return false;
  }
  text = text.replace(/^\^|^\\A/u, "").replace(/(?:\\Z|\$)$/u, "");
  const piece =
    /^(?:\[(?!\^)(?:[A-Za-z0-9_.:\- ]|\\[wd.-]|[A-Za-z0-9]-[A-Za-z0-9])+\]|\\[wd.-]|[A-Za-z0-9_:-]|\((?:\?:|\?P<\w+>)?|\)|\||[*+?]|\{\d+(?:,\d*)?\})/u;
  while (text !== "") {
    const match = piece.exec(text);
    if (!match) return false;
    text = text.slice(match[0].length);
  }
  return true;
}

function hasTopLevelAlternative(pattern: string): boolean {
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === "\\") at += 1;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (character === "|" && depth === 0) return true;
  }
  return false;
}
