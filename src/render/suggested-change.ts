// A proven fix in a comment: as a suggestion that can be committed, or as a diff to read.

import type { LineChange, Suggestion } from "../review/suggestion.ts";
import { changesOf } from "../review/suggestion.ts";
import { codeBlock, type Markdown } from "./markdown.ts";

/** For the lines on which a comment stands. */
export function renderOffer({ after }: LineChange): Markdown {
  return codeBlock(after.join("\n"), "suggestion");
}

export function renderDiff(suggestion: Suggestion): Markdown {
  return codeBlock(changesOf(suggestion).flatMap(diffOf).join("\n"), "diff");
}

function diffOf({ startLine, before, after }: LineChange): readonly string[] {
  return [
    `@@ line ${startLine} @@`,
    ...before.map((line) => `-${trimmed(line)}`),
    ...after.map((line) => `+${trimmed(line)}`),
  ];
}

function trimmed(line: string): string {
  return line.replace(/\r$/u, "");
}
