// The code of one finding for a terminal: each step of the path that the data takes, on its line.

import type { Finding } from "../analysis/finding.ts";
import type { Place } from "../python/source-file.ts";
import { columnsOf, escapeControls, spotLine } from "./terminal-text.ts";

export interface FrameSettings {
  /** Columns that a row should not exceed. */
  readonly width: number;
  /** Every step of a long path. */
  readonly verbose: boolean;
  /** The text of a file at the reviewed state; `undefined` where it is not at hand. */
  text(path: string): string | undefined;
  /** How a path is shown: relative to where the person stands. */
  showPath(path: string): string;
  readonly paint: FramePaint;
}

/** Colours, or functions that leave the text as it is. */
export interface FramePaint {
  dim(text: string): string;
  bold(text: string): string;
  note(text: string): string;
}

/** Columns of the line numbers, their spaces included; the message under the frame aligns with it. */
export const gutterColumns = 5;

/** The rows of a finding's frame, without line breaks at their ends. */
export function renderCodeFrame(finding: Finding, settings: FrameSettings): string[] {
  const all = rowsOf(finding);
  const { rows, left } = settings.verbose ? { rows: all, left: 0 } : shorten(all);
  const noted = rows.map((row) => ({ ...row, note: noteOf(row, finding, settings) }));
  const noteColumns = Math.max(0, ...noted.map((row) => columnsOf(row.note)));
  const room = settings.width - gutterColumns - 3 - noteColumns - 3;
  // Notes with long paths run over the edge rather than squeeze the code.
  const codeColumns = Math.min(96, Math.max(48, room));

  const drawn = noted.map((row) => ({ ...row, code: codeOf(row, settings, codeColumns) }));
  const widest = Math.max(0, ...drawn.map(({ code }) => columnsOf(plain(code))));
  const { paint } = settings;
  const lines = drawn.map(({ place, note, code }) => {
    const own = place.path === finding.place.path;
    const number = own ? String(place.startLine) : "";
    const gutter = paint.dim(`${number.padStart(gutterColumns - 1)} ${own ? "│" : "┊"}`);
    const text = `${code.before}${paint.bold(code.spot)}${code.after}`;
    const fill = " ".repeat(widest - columnsOf(plain(code)));
    return note === "" ? `${gutter} ${text}` : `${gutter} ${text}${fill}  ${paint.note(note)}`;
  });
  if (left > 0) {
    const more = `${" ".repeat(gutterColumns)}┊ … ${left} more steps (--verbose)`;
    lines.splice(rowsAtStart, 0, paint.dim(more));
  }
  return lines;
}

interface Row {
  readonly place: Place;
  readonly words: string;
  /** Shown where the line is not at hand. */
  readonly code: string;
}

/** One row for all steps that follow each other on one line; they say it in one note. */
function rowsOf({ trace, place, code }: Finding): Row[] {
  const rows: Row[] = [];
  for (const step of trace) {
    const before = rows.at(-1);
    if (before === undefined || !sameLine(before.place, step.place)) {
      rows.push(step);
      continue;
    }
    const repeats = before.words.split(", ").includes(step.words);
    rows[rows.length - 1] = {
      ...step,
      words: repeats ? before.words : `${before.words}, ${step.words}`,
    };
  }
  const shown = rows.some((row) => sameLine(row.place, place));
  return shown ? rows : [...rows, { place, words: "", code }];
}

function sameLine(a: Place, b: Place): boolean {
  return a.path === b.path && a.startLine === b.startLine;
}

/** A long path: its beginning and its end, and how many steps lie between. */
function shorten(rows: readonly Row[]): { rows: readonly Row[]; left: number } {
  if (rows.length <= rowsShown + 1) return { rows, left: 0 };
  const left = rows.length - rowsShown;
  return { rows: [...rows.slice(0, rowsAtStart), ...rows.slice(rowsAtStart + left)], left };
}

const rowsShown = 8;
const rowsAtStart = 3;

function noteOf(row: Row, finding: Finding, settings: FrameSettings): string {
  const elsewhere = row.place.path !== finding.place.path;
  const words = row.words === "" ? "" : `← ${escapeControls(row.words)}`;
  if (!elsewhere) return words;
  const where = `${escapeControls(settings.showPath(row.place.path))}:${row.place.startLine}`;
  return words === "" ? `(${where})` : `${words} (${where})`;
}

function codeOf(row: Row, settings: FrameSettings, columns: number) {
  const { startLine, startColumn, endLine, endColumn } = row.place;
  const line = lineOf(settings.text(row.place.path), startLine);
  if (line === undefined) return spotLine(row.code, 0, row.code.length, columns);
  const trimmed = line.trimStart();
  const indent = line.length - trimmed.length;
  const start = Math.max(0, startColumn - 1 - indent);
  const code = trimmed.trimEnd();
  const end = endLine === startLine ? Math.max(start, endColumn - 1 - indent) : code.length;
  return spotLine(code, start, end, columns);
}

/** The 1-based line of a text; Python ends a line at LF, CR LF or CR. */
function lineOf(text: string | undefined, line: number): string | undefined {
  if (text === undefined) return undefined;
  let at = 0;
  for (let number = 1; at <= text.length; number += 1) {
    lineEnd.lastIndex = at;
    const end = lineEnd.exec(text);
    if (number === line) return text.slice(at, end?.index ?? text.length);
    if (end === null) return undefined;
    at = lineEnd.lastIndex;
  }
  return undefined;
}

const lineEnd = /\r\n|\n|\r/gu;

function plain(code: { before: string; spot: string; after: string }): string {
  return code.before + code.spot + code.after;
}
