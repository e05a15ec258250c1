// Makes Markdown of hostile text: what comes out shows the text and does nothing else. Nobody is
// mentioned, no issue is linked, no image loads, no fence, table or tag is opened or closed.
// https://github.github.com/gfm/

declare const isMarkdown: unique symbol;

/** Text that is safe to put into a template: only the functions of this file make it. */
export type Markdown = string & { readonly [isMarkdown]: true };

/** Plain text on one line. */
export function text(hostile: string): Markdown {
  const escaped = onOneLine(hostile)
    .replace(/www(?=\.)|GH-(?=\d)|[@&<>|$#:\\`*_[\]~!]/giu, (found, at: number, line: string) => {
      switch (found) {
        case "@":
          return `@${unseen}`;
        case "#":
          return /\d/u.test(line.charAt(at + 1)) ? `\\#${unseen}` : "\\#";
        case ":":
          return /^(?:\/\/|[\w+-]{1,60}:)/u.test(line.slice(at + 1, at + 63)) ? `:${unseen}` : ":";
        case "&":
          return "&amp;";
        case "<":
          return "&lt;";
        case ">":
          return "&gt;";
        case "|":
          return "&#124;";
        case "$":
          // GitHub's own way to keep a dollar out of a formula.
          return "<span>$</span>";
        default:
          return found.length > 1 ? `${found}${unseen}` : `\\${found}`;
      }
    })
    .replace(/^(?:[-+=]|\d{1,9}(?=[.)]))/u, (found) =>
      found.length === 1 && !/\d/u.test(found) ? `\\${found}` : `${found}${unseen}`,
    );
  return escaped as Markdown;
}

/** A code span on one line; nothing for a text of white space. */
export function code(hostile: string): Markdown {
  const line = onOneLine(hostile);
  if (line === "") return "" as Markdown;
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}` as Markdown;
}

/** A code span for a cell of a table, where a bar would end the cell even within code. */
export function codeInTable(hostile: string): Markdown {
  if (!hostile.includes("|")) return code(hostile);
  return `<code>${text(hostile)}</code>` as Markdown;
}

/** A block of code; begins and ends without a line break. */
export function codeBlock(hostile: string, language = ""): Markdown {
  const lines = hostile.split(/\r\n?|\n/u).map((line) => showUnseen(line));
  const fence = "`".repeat(Math.max(3, longestRun(hostile) + 1));
  return `${fence}${language.replace(/[^\w+-]/gu, "")}\n${lines.join("\n")}\n${fence}` as Markdown;
}

/** A link; `url` is absolute, `label` was escaped before. */
export function link(label: Markdown, url: string): Markdown {
  const safe = url.toWellFormed().replace(/[\s<>()\\`"|\p{Cc}\p{Cf}]/gu, percent);
  return `[${label}](${safe})` as Markdown;
}

/** A finding's message: what stands between backticks is code, all else is plain text. */
export function message(hostile: string, codeSpan: (code: string) => Markdown = code): Markdown {
  const parts = hostile.split("`");
  let joined = "";
  for (const [index, part] of parts.entries()) {
    // An odd one out has no partner to close it.
    const isCode = index % 2 === 1 && index < parts.length - 1;
    const before = isCode || part === "" ? "" : (/^\s/u.exec(part)?.[0] ?? "");
    const after = isCode || part === "" ? "" : (/\s$/u.exec(part)?.[0] ?? "");
    const next = isCode ? codeSpan(part) : index % 2 === 1 ? text(`\`${part}`) : text(part);
    const gap = joined.endsWith("`") && next.startsWith("`") ? unseen : "";
    joined += `${gap}${before && " "}${next}${after && " "}`;
  }
  return joined.trim() as Markdown;
}

/** Joins what is safe with what is safe. */
export function join(parts: readonly Markdown[], separator: string): Markdown {
  return parts.join(separator) as Markdown;
}

/** A path as it stands in a URL: every part encoded, the slashes kept. */
export function encodePath(path: string): string {
  return path
    .toWellFormed()
    .split("/")
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/gu, (char) => `%${hex(char)}`))
    .join("/");
}

/** Text for a place that is no Markdown, such as an annotation: unseen characters are shown. */
export function plain(hostile: string): string {
  return onOneLine(hostile);
}

/** At most `limit` characters of a text. */
export function shorten(long: string, limit: number): string {
  if (long.length <= limit) return long;
  const characters = Array.from(long.slice(0, limit * 2 + 2));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : long;
}

/** The bytes that a text takes as UTF-8, which is what GitHub counts. */
export function countBytes(counted: string): number {
  return new TextEncoder().encode(counted).length;
}

/** A space of no width: after an `@` or a `#` it keeps GitHub from seeing a name or a number. */
const unseen = "&#8203;";

function onOneLine(hostile: string): string {
  return showUnseen(hostile.replace(/\s+/gu, " ").trim());
}

/** Characters that hide, or turn the direction of what follows, are written out: `\u202e`. */
function showUnseen(hostile: string): string {
  return hostile
    .toWellFormed()
    .replace(
      /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
      (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}

function longestRun(line: string): number {
  let longest = 0;
  for (const [run] of line.matchAll(/`+/gu)) longest = Math.max(longest, run.length);
  return longest;
}

function percent(char: string): string {
  const encoded = encodeURIComponent(char);
  return encoded === char ? `%${hex(char)}` : encoded;
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
}
