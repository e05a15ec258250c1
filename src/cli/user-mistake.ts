// What a person at the terminal can put right: told in one sentence, without a stack, exit code 2.

/** Each sentence says what is wrong, where, and what to do. */
export class UserMistake extends Error {
  override readonly name = "UserMistake";
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    super(sentences.join(" "));
    this.sentences = sentences;
  }
}

/** The exit codes of `pyward`; 130 is the shell's own for Ctrl-C. */
export const exitCodes = { clean: 0, findings: 1, mistake: 2, ours: 3 } as const;
