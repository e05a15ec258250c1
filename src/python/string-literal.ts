// What a string or bytes literal of the source means: prefix, quotes and escapes gone.
// https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals

const simpleEscapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Resolves the escapes of a non-raw literal's text. `\N{...}` becomes one replacement character. */
export function unescapeString(text: string, isBytes: boolean): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]{0,80}\}|\r\n|([\s\S]))/gu,
    (whole, hex, octal, short, long, single) => {
      if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (isBytes && (short || long)) return whole;
      if (short) return String.fromCharCode(Number.parseInt(short, 16));
      if (long) return codePoint(Number.parseInt(long, 16));
      if (single === undefined) return whole.startsWith("\\N") ? "�" : "";
      return simpleEscapes[single] ?? whole;
    },
  );
}

/** The prefix letters of a literal, lower case: `rb`, `f`, or nothing. */
export function literalPrefix(opening: string): string {
  return opening.replace(/["']+$/u, "").toLowerCase();
}

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : "�";
}
