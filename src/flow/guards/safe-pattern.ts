// Which regular expressions leave only harmless characters in what they match.

/**
 * `true` only for patterns of literals and classes whose characters are letters, digits, `_`, `-` and blanks
 * (and `.` or `:` inside), with any quantifiers, groups and alternatives around them, that must match a text
 * as a whole. `anchored` says which ends are anchored by the way of matching: `re.fullmatch` both,
 * `re.match` the start.
 */
export function isSafePattern(pattern: string, anchored: "both" | "start" | "none"): boolean {
  if (!matchesWhole(pattern, anchored)) return false;
  let text = pattern.replace(/^\^|^\\A/u, "").replace(/(?:\\Z|\$)$/u, "");
  const piece =
    /^(?:\[(?!\^)(?:[A-Za-z0-9_.:\- ]|\\[wd.-]|[A-Za-z0-9]-[A-Za-z0-9])+\]|\\[wd.-]|[A-Za-z0-9_:-]|\((?:\?:|\?P<\w+>)?|\)|\||[*+?]|\{\d*(?:,\d*)?\})/u;
  while (text !== "") {
    const match = piece.exec(text);
    if (!match) return false;
    text = text.slice(match[0].length);
  }
  return true;
}

/** Whether what the pattern matches, matched this way, is always the text as a whole. */
export function matchesWhole(pattern: string, anchored: "both" | "start" | "none"): boolean {
  if (anchored === "both") return true;
  // `$` lets one line break through, which is harmless here.
  if (!/(?:\\Z|(?<!\\)\$)$/u.test(pattern)) return false;
  if (anchored === "none" && !/^(?:\^|\\A)/u.test(pattern)) return false;
  // An alternative at top level would leave the anchors to the first and the last one.
  return !hasTopLevelAlternative(pattern);
}

/** Whether what is left after every match is removed or replaced has letters, digits and the like only. */
export function leavesSafeText(pattern: string): boolean {
  return /^(?:\\W|\\D|\[\^(?:[A-Za-z0-9_.:\- ]|\\[wd.-]|[A-Za-z0-9]-[A-Za-z0-9])+\])[+*]?$/u.test(
    pattern,
  );
}

/** What stands within a group of a pattern, by its number or name; 0 is the whole pattern. */
export function groupPattern(pattern: string, group: number | string): string | undefined {
  if (group === 0) return pattern;
  const open: { readonly isIt: boolean; readonly start: number }[] = [];
  let count = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") {
      const head = /^\((?:\?P<(\w+)>|\?)?/u.exec(pattern.slice(at));
      const name = head?.[1];
      const isCapturing = head?.[0] === "(" || name !== undefined;
      if (isCapturing) count += 1;
      const isIt = isCapturing && (name === group || count === group);
      open.push({ isIt, start: at + (head?.[0].length ?? 1) });
    } else if (character === ")") {
      const group = open.pop();
      if (group?.isIt) return pattern.slice(group.start, at);
    }
  }
  return undefined;
}

/** `a|b` outside of every group: what stands before it says nothing of what stands after. */
export function hasTopLevelAlternative(pattern: string): boolean {
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
