// A file's patch as rows for the page, each with the threads that stand at it.

import { highlightPython } from "../../src/render/highlight-python.ts";
import type { FileView, ThreadView } from "../github-emulator/view.ts";

export interface DiffRow {
  readonly kind: "hunk" | "context" | "added" | "removed";
  /** 1-based; empty where the side has no such line. */
  readonly oldLine: number | "";
  readonly newLine: number | "";
  readonly sign: " " | "+" | "-" | "";
  /** Safe HTML. */
  readonly html: string;
  readonly threads: readonly ThreadView[];
}

/** Rows of the unified diff in order; `threads` are those of this file that stand on a line. */
export function readDiffRows(file: FileView, threads: readonly ThreadView[]): readonly DiffRow[] {
  let oldLine = 0;
  let newLine = 0;
  return (file.patch ?? "").split("\n").flatMap((text): DiffRow[] => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/u.exec(text);
    if (hunk) {
      oldLine = Number(hunk[1]);
      newLine = Number(hunk[2]);
      const html = escapeHtml(text);
      return [{ kind: "hunk", oldLine: "", newLine: "", sign: "", html, threads: [] }];
    }

    const html = highlightLine(file.path, text.slice(1));
    const at = (side: ThreadView["side"], line: number) =>
      threads.filter((thread) => thread.side === side && thread.line === line);
    switch (text[0]) {
      case "+": {
        const row = { kind: "added", oldLine: "", newLine, sign: "+", html } as const;
        return [{ ...row, threads: at("RIGHT", newLine++) }];
      }
      case "-": {
        const row = { kind: "removed", oldLine, newLine: "", sign: "-", html } as const;
        return [{ ...row, threads: at("LEFT", oldLine++) }];
      }
      case " ": {
        const row = { kind: "context", oldLine, newLine, sign: " ", html } as const;
        oldLine += 1;
        return [{ ...row, threads: at("RIGHT", newLine++) }];
      }
      default:
        // "\ No newline at end of file", and the empty text after the last line.
        return [];
    }
  });
}

/** One line of a file on its own; a string over several lines loses its colour. */
export function highlightLine(path: string, line: string): string {
  return path.endsWith(".py") ? (highlightPython(line)[0] ?? "") : escapeHtml(line);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
