// Reads test/flow/cases: Python files that hold many small programs, each under a title.
//
// What stands above the first title opens every program of the file. `# === title` begins a program,
// `# --- path` a further file of it. At the end of a line: `# finding` where something must be
// reported (`# finding: sql-injection` says by which rule), `# missed: why` for what we know we do
// not see and `# noise: why` for a false alarm we know of; a test fails on the day either changes.

import type { SourceFile } from "../../src/python/source-file.ts";

export interface Case {
  readonly title: string;
  /** Padded with empty lines, so that a line has the number it has in the file of cases. */
  readonly files: readonly SourceFile[];
  /** `12` or `12 sql-injection`, in order of their lines. */
  readonly announced: readonly Announcement[];
}

export interface Announcement {
  /** 1-based, in the file of cases. */
  readonly line: number;
  readonly rule: string | undefined;
}

export function readCases(text: string): readonly Case[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, at) => (line.startsWith("# === ") ? [at] : []));
  const opening = lines.slice(0, starts[0]);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length;
    return {
      title: (lines[start] ?? "").slice("# === ".length),
      files: filesOf(lines, opening, start, end),
      announced: lines.slice(start, end).flatMap((line, at) => announcedIn(line, start + at + 1)),
    };
  });
}

function filesOf(
  lines: readonly string[],
  opening: readonly string[],
  start: number,
  end: number,
): readonly SourceFile[] {
  const files: SourceFile[] = [];
  let from = start + 1;
  let path = "app.py";
  for (let at = from; at <= end; at += 1) {
    const next = at === end ? undefined : /^# --- (\S+)$/u.exec(lines[at] ?? "")?.[1];
    if (at < end && next === undefined) continue;
    const own = lines.slice(from, at);
    // A program that begins with a file of its own has no `app.py` beside it.
    if (files.length > 0 || path !== "app.py" || own.some((line) => line.trim() !== "")) {
      const above = [...opening, ...Array<string>(from - opening.length).fill("")];
      files.push({ path, text: [...above, ...own].join("\n") });
    }
    path = next ?? path;
    from = at + 1;
  }
  return files;
}

function announcedIn(line: string, number: number): readonly Announcement[] {
  const found = / {2}# (?<kind>finding|noise)(?:: (?<rule>[a-z-]+))?/u.exec(line)?.groups;
  return found ? [{ line: number, rule: found.kind === "finding" ? found.rule : undefined }] : [];
}
