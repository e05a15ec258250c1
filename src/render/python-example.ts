// A rule's example for readers: the words announced in comments become notes at their lines.

import type { ExampleFile } from "../analysis/rulebook.ts";
import { highlightPython } from "./highlight-python.ts";

/** One line of an example; `html` and the note's words are safe HTML. */
export interface ExampleLine {
  readonly html: string;
  readonly notes: readonly ExampleNote[];
  /** The gravest kind among the notes: how the line itself is marked. */
  readonly mark: ExampleNote["kind"] | undefined;
}

/** What a comment of an example announces; the four words of an annotated example. */
export interface ExampleNote {
  readonly kind: "finding" | "source" | "missed" | "noise";
  readonly html: string;
}

const kinds = ["finding", "missed", "noise", "source"] as const;

/** What a note begins with; an announcement's own words are a piece of the message. */
const labels = {
  finding: "reported",
  source: "comes from outside",
  missed: "not seen by this rule yet",
  noise: "reported, although it is fine",
} as const satisfies Record<ExampleNote["kind"], string>;

/** A comment that ends the line and begins with one of the four words. */
const announcement =
  /\s*<span class="hljs-comment">(#\s*(?:finding|source|missed|noise)\b(?:(?!<\/?span).|<span[^>]*>[^<]*<\/span>)*)<\/span>$/u;

/** Highlights an example and turns its announcements into notes. */
export function readPythonExample(example: ExampleFile): readonly ExampleLine[] {
  return highlightPython(example.text.trimEnd()).map((line) => {
    const found = announcement.exec(line);
    const notes = found?.[1] === undefined ? [] : readNotes(found[1]);
    return {
      html: found ? line.slice(0, found.index) : line,
      notes,
      mark: kinds.find((kind) => notes.some((note) => note.kind === kind)),
    };
  });
}

/** `# source # finding: bind it` announces two things at once. */
function readNotes(comment: string): readonly ExampleNote[] {
  return comment.split(/#\s*(?=(?:finding|source|missed|noise)\b)/u).flatMap((part) => {
    const [, word, words = ""] = /^(\w+)\s*:?\s*(.*)$/su.exec(part.trim()) ?? [];
    const kind = kinds.find((known) => known === word);
    if (!kind) return [];
    const piece = words.trim().replace(/`([^`]+)`/gu, "<code>$1</code>");
    return [{ kind, html: piece ? `${labels[kind]}: ${piece}` : labels[kind] }];
  });
}
