// The Markdown of a rule's README as HTML, cut at its second-level headings.

import MarkdownIt from "markdown-it";
import { highlightPython } from "./highlight-python.ts";

/** One section of a page; `html` is safe HTML and does not hold the heading. */
export interface PageSection {
  /** The heading in lower case with dashes: what a link within the page points to. */
  readonly id: string;
  readonly heading: string;
  readonly html: string;
}

export interface PageText {
  /** What stands before the first heading. */
  readonly opening: string;
  readonly sections: readonly PageSection[];
}

/** Raw HTML in the Markdown is shown as text, and links with a script in them are not made. */
const markdown = new MarkdownIt({ html: false, linkify: false });

markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  const code = (token?.content ?? "").trimEnd();
  const isPython = /^(?:python|py)\b/u.test(token?.info.trim() ?? "");
  const html = isPython ? highlightPython(code).join("\n") : markdown.utils.escapeHtml(code);
  // A box that scrolls must be reachable with the keyboard.
  return `<pre class="snippet" tabindex="0"><code>${html}</code></pre>\n`;
};

/** Renders the Markdown of a page and cuts it into sections at `##`. */
export function readPageText(body: string): PageText {
  const env = {};
  const tokens = markdown.parse(body, env);
  const starts = tokens.flatMap((token, index) =>
    token.type === "heading_open" && token.tag === "h2" ? [index] : [],
  );
  const render = (from: number, to: number): string =>
    markdown.renderer.render(tokens.slice(from, to), markdown.options, env);

  return {
    opening: render(0, starts[0] ?? tokens.length),
    sections: starts.map((start, index) => {
      const heading = tokens[start + 1]?.content ?? "";
      // A heading is three tokens: open, inline, close.
      return {
        id: anchorOf(heading),
        heading,
        html: render(start + 3, starts[index + 1] ?? tokens.length),
      };
    }),
  };
}

/** Renders one line of Markdown, such as a summary, without a paragraph around it. */
export function renderInline(text: string): string {
  return markdown.renderInline(text);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-|-$/gu, "");
}
