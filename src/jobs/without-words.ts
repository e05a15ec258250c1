// What may be said of an error that was thrown while code was read: where, never its message, which may
// repeat that code (so do those of JSON.parse and of regular expressions).

/** The error's kind, and its stack without the message. */
export interface WordlessError {
  readonly name: string;
  /** One frame a line. */
  readonly frames: string;
}

export function withoutWords(error: unknown): WordlessError {
  if (!(error instanceof Error)) return { name: typeof error, frames: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /u.test(line));
  return { name: error.name, frames: frames.join("\n") };
}

/** The engine threw; it is well and can go on. */
export class AnalysisFailed extends Error {
  override readonly name = "AnalysisFailed";

  constructor({ name, frames }: WordlessError) {
    super(`the analysis ended with: ${name}`);
    this.stack = `${this.name}: ${this.message}\n${frames}`;
  }
}
