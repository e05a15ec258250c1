// Python with colours: HTML for each line, so that a line can be marked on its own.

import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";

const highlighter = hljs.newInstance();
highlighter.registerLanguage("python", python);

/**
 * Highlights Python and returns one piece of safe HTML a line, without line breaks. A span that
 * goes over several lines (a docstring) is closed at the end of each and opened again on the next.
 */
export function highlightPython(code: string): readonly string[] {
  const { value } = highlighter.highlight(code, { language: "python", ignoreIllegals: true });
  const open: string[] = [];
  return value.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/gu)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    return `${before}${line}${"</span>".repeat(open.length)}`;
  });
}
