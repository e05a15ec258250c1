// A rule's example for readers: the words announced in comments become notes at their lines.

import type { ExampleFile } from "../analysis/rulebook.ts";
import { highlightPython } from "./highlight-python.ts";
import { renderInline } from "./page-markdown.ts";

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

const words = "(?:finding|source|missed|noise)\\b";
/** The end of a line that begins with one of the four words. */
const announcement = new RegExp(`\\s*(?:--\\s*)?(#\\s*${words}.*)$`, "u");
/** In a comment of Python, as it is highlighted, or of SQL, which stands within a string. */
const inComment = new RegExp(`<span class="hljs-comment">.*#\\s*${words}|--\\s*#\\s*${words}`, "u");

/** Highlights an example and turns its announcements into notes. */
export function readPythonExample(example: ExampleFile): readonly ExampleLine[] {
  const code = example.text.trimEnd();
  const highlighted = highlightPython(code);
  const lines = code.split("\n").map((line, at) => {
    const found = inComment.test(highlighted[at] ?? "") ? announcement.exec(line) : null;
    return { bare: line.slice(0, found?.index), notes: readNotes(found?.[1] ?? "") };
  });
  const bare = highlightPython(lines.map((line) => line.bare).join("\n"));
  return lines.map(({ notes }, at) => ({
    html: bare[at] ?? "",
    notes,
    mark: kinds.find((kind) => notes.some((note) => note.kind === kind)),
  }));
}

/** `# source # finding: bind it` announces two things at once. */
function readNotes(comment: string): readonly ExampleNote[] {
  return comment.split(/#\s*(?=(?:finding|source|missed|noise)\b)/u).flatMap((part) => {
    const [, word, words = ""] = /^(\w+)\s*:?\s*(.*)$/su.exec(part.trim()) ?? [];
    const kind = kinds.find((known) => known === word);
    if (!kind) return [];
    const piece = renderInline(words.trim());
    return [{ kind, html: piece ? `${labels[kind]}: ${piece}` : labels[kind] }];
  });
}
