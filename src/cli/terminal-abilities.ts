// What the terminal at hand can do: colours, columns, a line that moves.

import type { WriteStream } from "node:tty";

/**
 * `--no-color`, then NO_COLOR (https://no-color.org), then FORCE_COLOR, then whether it is a terminal.
 * @param wanted `false` for --no-color.
 */
export function hasColor(stream: Pick<WriteStream, "isTTY">, wanted: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!wanted || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}

/** Columns to fill: the terminal's within reason; 100 where there is none. */
export function columnsOfTerminal(stream: Pick<WriteStream, "isTTY" | "columns">): number {
  if (stream.isTTY !== true) return 100;
  return Math.max(60, Math.min(stream.columns || 100, 140));
}
