// Hostile text made safe for a terminal, and measured, cut and wrapped by the columns that it takes there.

import { eastAsianWidth } from "get-east-asian-width";

/**
 * Makes every character visible that a terminal would obey or hide: escape sequences, line breaks,
 * marks that turn the writing direction (https://trojansource.codes), characters without width.
 * A tab becomes four spaces.
 */
export function escapeControls(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  return text.replaceAll("\t", "    ").replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
    return `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

/** Cc: controls; Cf: direction marks, joiners, tags; Cs: lone surrogates; Zl, Zp: line separators. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** Columns that a text without control characters takes: 2 for wide characters, 0 for accents. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  let columns = 0;
  for (const character of text.replace(/\p{M}/gu, "")) {
    columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return columns;
}

/** Fills up with spaces; a text that is already wider stays as it is. */
export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** A line cut around a spot, in three parts, so that the spot can be made bold. */
export interface SpottedLine {
  readonly before: string;
  readonly spot: string;
  readonly after: string;
}

/**
 * Cuts a line to `columns` so that the spot stays in sight, with `…` where something is left out.
 * `start` and `end` are 0-based UTF-16 offsets into `line`, `end` exclusive. The result is escaped.
 */
export function spotLine(line: string, start: number, end: number, columns: number): SpottedLine {
  const from = Math.min(start, line.length);
  const to = Math.max(from, Math.min(end, line.length));
  const whole = cells(line.slice(0, from), columns, "end");
  const spot = cells(line.slice(from, to), columns, "start");
  const rest = cells(line.slice(to), columns, "start");
  const spotWidth = widthOf(spot.cells);

  const room = Math.max(0, columns - spotWidth);
  const wanted = { before: widthOf(whole.cells), after: widthOf(rest.cells) };
  const fits = !whole.cut && !spot.cut && !rest.cut && wanted.before + wanted.after <= room;
  if (fits) return { before: join(whole.cells), spot: join(spot.cells), after: join(rest.cells) };

  // A line is best known by its beginning, unless the spot would be lost for it.
  const keepsBeginning = !whole.cut && wanted.before <= Math.max(columns / 3, room - 1);
  const beforeRoom = Math.max(Math.floor(room / 2), room - wanted.after);
  const before = keepsBeginning ? join(whole.cells) : takeLast(whole, Math.min(beforeRoom, room));
  const shownSpot = takeFirst(spot, columns - columnsOf(before));
  const left = columns - columnsOf(before) - columnsOf(shownSpot);
  // A spot that is cut itself ends in the sign; another one after it would say nothing more.
  const after = spotWidth > columns || spot.cut ? "" : takeFirst(rest, left);
  return { before, spot: shownSpot, after };
}

/** Breaks a text at its spaces into lines of at most `columns`; a longer word stands alone. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columnsOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines;
}

interface Cell {
  readonly text: string;
  readonly columns: number;
}

interface Cells {
  readonly cells: readonly Cell[];
  /** Is the text longer than what was looked at? Lines may be a megabyte long. */
  readonly cut: boolean;
}

/** The characters of a text, escaped; of a long text only the part at the given end. */
function cells(text: string, columns: number, keep: "start" | "end"): Cells {
  // An accent takes no column, hence the reserve.
  const limit = columns * 2 + 16;
  const cut = text.length > limit;
  const part = !cut ? text : keep === "start" ? text.slice(0, limit) : text.slice(-limit);
  const found = Array.from(part, (character) => {
    const safe = escapeControls(character);
    return { text: safe, columns: columnsOf(safe) };
  });
  return { cells: found, cut };
}

function takeFirst({ cells: all, cut }: Cells, room: number): string {
  if (!cut && widthOf(all) <= room) return join(all);
  if (room < 1) return "";
  let used = 1;
  const taken: Cell[] = [];
  for (const cell of all) {
    if (used + cell.columns > room) break;
    taken.push(cell);
    used += cell.columns;
  }
  return `${join(taken)}…`;
}

function takeLast({ cells: all, cut }: Cells, room: number): string {
  if (!cut && widthOf(all) <= room) return join(all);
  if (room < 1) return "";
  let used = 1;
  const taken: Cell[] = [];
  for (const cell of all.toReversed()) {
    if (used + cell.columns > room) break;
    taken.unshift(cell);
    used += cell.columns;
  }
  return `…${join(taken)}`;
}

function widthOf(all: readonly Cell[]): number {
  return all.reduce((sum, cell) => sum + cell.columns, 0);
}

function join(all: readonly Cell[]): string {
  return all.map((cell) => cell.text).join("");
}
