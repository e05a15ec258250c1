// Markdown as GitHub shows it in a comment, near enough to judge by: a few tags, no scripts, no images.

import MarkdownIt from "markdown-it";
import { highlightPython } from "../../src/render/highlight-python.ts";

/** Turns an address in a comment into one that leads somewhere in the demo. */
export type LinkRewriter = (address: string) => string;

/** The tags of GitHub's long allow-list that a review is likely to use; without attributes only. */
const allowedTag = /<(\/?)(sub|sup|details|summary|kbd|s|del|strong|em|b|i|code)>|<br\s*\/?>/giu;

const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });
markdown.disable("image");

markdown.renderer.rules.html_block = (tokens, index) => sanitize(tokens[index]?.content ?? "");
markdown.renderer.rules.html_inline = (tokens, index) => sanitize(tokens[index]?.content ?? "");

markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  const info = token?.info.trim() ?? "";
  const code = (token?.content ?? "").replace(/\n$/u, "");
  const isPython = /^(?:python|py|suggestion)\b/u.test(info);
  const html = isPython ? highlightPython(code).join("\n") : markdown.utils.escapeHtml(code);
  const block = `<pre tabindex="0"><code>${html}</code></pre>`;
  if (!info.startsWith("suggestion")) return block;
  return `<div class="suggestion"><p>Suggested change</p>${block}</div>`;
};

markdown.core.ruler.push("links", (state) => {
  const rewrite = state.env.rewrite as LinkRewriter | undefined;
  for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
    const address = token.type === "link_open" ? token.attrGet("href") : undefined;
    if (address) token.attrSet("href", rewrite?.(String(address)) ?? String(address));
  }
});

/** Renders a comment's Markdown as safe HTML. */
export function renderGitHubMarkdown(text: string, rewrite: LinkRewriter = (link) => link): string {
  return balance(markdown.render(text, { rewrite }));
}

/** Comments vanish, allowed tags stay, everything else is shown as text. */
function sanitize(html: string): string {
  const withoutComments = html.replace(/<!--[\s\S]*?-->/gu, "");
  let result = "";
  let end = 0;
  for (const tag of withoutComments.matchAll(allowedTag)) {
    result += markdown.utils.escapeHtml(withoutComments.slice(end, tag.index)) + tag[0];
    end = tag.index + tag[0].length;
  }
  return result + markdown.utils.escapeHtml(withoutComments.slice(end));
}

/** Closes what a comment leaves open, so that it cannot swallow the rest of the page. */
function balance(html: string): string {
  const open: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)(details|summary|sub|sup)>/giu)) {
    if (slash) open.splice(open.lastIndexOf(name), open.includes(name) ? 1 : 0);
    else open.push(name);
  }
  return (
    html +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join("")
  );
}
