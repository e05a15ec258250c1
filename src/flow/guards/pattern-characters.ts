// Which characters a text may hold that a regular expression matches as a whole, and for which classes of
// sinks that leaves it harmless. https://docs.python.org/3/library/re.html#regular-expression-syntax

import type { Models } from "../models.ts";

/** By code below 128; `others` for everything above. */
interface Characters {
  readonly ascii: Uint8Array;
  others: boolean;
}

/** Without any of these characters a text is harmless for the class. */
const dangerous: Readonly<Record<string, string>> = {
  html: "<\"'",
  log: "\n\r",
  header: "\n\r",
  sql: "'\"`\\;()",
  shell: ";|&$`<>()\n\"'\\*?~#{}[]!",
  path: "/\\",
  redirect: "/\\:",
  url: "/\\:.@?#",
  xpath: "'\"[]()/|=@*",
  ldap: "()*\\|&=!\0",
  template: "{}%$#<",
  xml: "<&",
  nosql: "",
};
const letters = /[A-Za-z_"']/u;

/**
 * The bits of the classes for which whatever the pattern matches as a whole is harmless; 0 where the pattern
 * is not understood.
 */
export function bitsOfMatched(models: Models, pattern: string): number {
  const characters = charactersOf(pattern);
  if (!characters) return 0;
  const has = (text: string): boolean =>
    [...text].some((character) => characters.ascii[character.charCodeAt(0)] === 1);
  let bits = 0;
  for (const [concept, text] of Object.entries(dangerous))
    if (!has(text)) bits |= models.bit(concept);
  // Sums and brackets call nothing: without letters there are no names.
  const ascii = [...characters.ascii].flatMap((is, code) =>
    is === 1 ? [String.fromCharCode(code)] : [],
  );
  if (!characters.others && !ascii.some((character) => letters.test(character)))
    bits |= models.bit("code");
  return bits;
}

function charactersOf(pattern: string): Characters | undefined {
  const found: Characters = { ascii: new Uint8Array(128), others: false };
  const text = pattern.replace(/^(?:\^|\\A)/u, "").replace(/(?:(?<!\\)\$|\\Z|\\z)$/u, "");
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "[") {
      const end = addClass(found, text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (character === "\\") {
      if (!addEscape(found, text[at + 1])) return undefined;
      at += 1;
    } else if (character === "(") {
      // Groups with a meaning of their own (looking ahead, flags) are not read.
      const head = /^\((?:\?:|\?P<\w+>)?(?!\?)/u.exec(text.slice(at));
      if (!head) return undefined;
      at += head[0].length - 1;
    } else if (character === "{") {
      const count = /^\{\d*(?:,\d*)?\}/u.exec(text.slice(at));
      if (count) at += count[0].length - 1;
      else add(found, "{");
    } else if (character === ".") addAllBut(found, "\n");
    else if (!"|)*+?^$".includes(character)) add(found, character);
  }
  return found;
}

/** Adds what a class in square brackets allows; gives the place of its end. */
function addClass(found: Characters, text: string, start: number): number | undefined {
  const isNegated = text[start + 1] === "^";
  const inside: Characters = { ascii: new Uint8Array(128), others: false };
  let at = start + (isNegated ? 2 : 1);
  for (let isFirst = true; at < text.length; at += 1, isFirst = false) {
    const character = text[at] ?? "";
    if (character === "]" && !isFirst) break;
    const isEscape = character === "\\";
    const from = isEscape ? escaped(text[at + 1]) : character;
    if (isEscape) at += 1;
    const isRange = from !== undefined && text[at + 1] === "-" && text[at + 2] !== "]";
    if (isRange) {
      const isEscapedEnd = text[at + 2] === "\\";
      const to = isEscapedEnd ? escaped(text[at + 3]) : text[at + 2];
      if (from === undefined || to === undefined) return undefined;
      for (let code = from.charCodeAt(0); code <= Math.min(to.charCodeAt(0), 127); code += 1)
        inside.ascii[code] = 1;
      if (to.charCodeAt(0) > 127) inside.others = true;
      at += isEscapedEnd ? 3 : 2;
    } else if (isEscape) {
      if (!addEscape(inside, text[at])) return undefined;
    } else add(inside, character);
  }
  if (text[at] !== "]") return undefined;
  for (let code = 0; code < 128; code += 1)
    if ((inside.ascii[code] === 1) !== isNegated) found.ascii[code] = 1;
  found.others ||= isNegated || inside.others;
  return at;
}

/** The one character that an escape stands for; `undefined` for those that stand for many. */
function escaped(letter: string | undefined): string | undefined {
  if (letter === undefined) return undefined;
  const special: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
  return special[letter] ?? (/[^A-Za-z0-9]/u.test(letter) ? letter : undefined);
}

function addEscape(found: Characters, letter: string | undefined): boolean {
  const one = escaped(letter);
  if (one !== undefined) {
    add(found, one);
    return true;
  }
  const test = letter === undefined ? undefined : escapedClasses[letter];
  if (!test) return letter === "b" || letter === "B";
  for (let code = 0; code < 128; code += 1)
    if (test.test(String.fromCharCode(code))) found.ascii[code] = 1;
  if (letter !== "d") found.others = true;
  return true;
}

const escapedClasses: Readonly<Record<string, RegExp>> = {
  w: /\w/u,
  W: /\W/u,
  d: /\d/u,
  D: /\D/u,
  s: /\s/u,
  S: /\S/u,
};

function add(found: Characters, character: string): void {
  const code = character.charCodeAt(0);
  if (code < 128) found.ascii[code] = 1;
  else found.others = true;
}

function addAllBut(found: Characters, missing: string): void {
  for (let code = 0; code < 128; code += 1)
    if (String.fromCharCode(code) !== missing) found.ascii[code] = 1;
  found.others = true;
}
