// The code of one finding for a terminal: each step of the path that the data takes, on its line.

import type { Finding, TraceStep } from "../analysis/finding.ts";
import type { Place } from "../python/source-file.ts";
import { columnsOf, escapeControls, padColumns, spotLine } from "./terminal-text.ts";

export interface FrameSettings {
  /** Columns that a row should not exceed. */
  readonly width: number;
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
  const rows = rowsOf(finding).map((row) => ({ ...row, note: noteOf(row, finding, settings) }));
  const noteColumns = Math.max(0, ...rows.map((row) => columnsOf(row.note)));
  const room = settings.width - gutterColumns - 3 - noteColumns - 3;
  const codeColumns = Math.min(96, Math.max(32, room));

  const drawn = rows.map((row) => ({ ...row, code: codeOf(row, settings, codeColumns) }));
  const widest = Math.max(0, ...drawn.map(({ code }) => columnsOf(plain(code))));
  const { paint } = settings;
  return drawn.map(({ place, note, code }) => {
    const own = place.path === finding.place.path;
    const number = own ? String(place.startLine) : "";
    const gutter = paint.dim(`${number.padStart(gutterColumns - 1)} ${own ? "│" : "┊"}`);
    const text = `${code.before}${paint.bold(code.spot)}${code.after}`;
    const fill = padColumns(plain(code), widest).slice(plain(code).length);
    return note === "" ? `${gutter} ${text}` : `${gutter} ${text}${fill}  ${paint.note(note)}`;
  });
}

interface Row {
  readonly place: Place;
  readonly words: string;
  /** Shown in place of the line: where the file is not at hand, or the line was shown already. */
  readonly code: string;
  readonly showsLine: boolean;
}

function rowsOf(finding: Finding): Row[] {
  const { trace, place } = finding;
  const rows: Row[] = trace.map((step, index) => ({
    place: step.place,
    words: step.words,
    code: step.code,
    showsLine: !sameLine(trace[index - 1], step.place),
  }));
  const shown = trace.some((step) => sameLine(step, place));
  if (!shown) rows.push({ place, words: "", code: finding.code, showsLine: true });
  return rows;
}

function sameLine(step: TraceStep | undefined, place: Place): boolean {
  return step?.place.path === place.path && step.place.startLine === place.startLine;
}

function noteOf(row: Row, finding: Finding, settings: FrameSettings): string {
  const elsewhere = row.place.path !== finding.place.path;
  const words = row.words === "" ? "" : `← ${escapeControls(row.words)}`;
  if (!elsewhere) return words;
  const where = `${escapeControls(settings.showPath(row.place.path))}:${row.place.startLine}`;
  return words === "" ? `(${where})` : `${words} (${where})`;
}

function codeOf(row: Row, settings: FrameSettings, columns: number) {
  const { startLine, startColumn, endLine, endColumn } = row.place;
  const line = row.showsLine ? lineOf(settings.text(row.place.path), startLine) : undefined;
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
