import { expect, test } from "vitest";
import { renderGitHubMarkdown } from "./github-markdown.ts";

test("the tags of a review stay, hidden comments vanish, everything else is text", () => {
  const html = renderGitHubMarkdown(
    "<!-- marker -->\n**Fault**\n\n<sub>path: `x`</sub>\n\n<script>alert(1)</script>\n\na <img src=x onerror=y> b",
  );

  expect(html).not.toContain("marker");
  expect(html).toContain("<sub>path: <code>x</code></sub>");
  expect(html).not.toMatch(/<script|<img/u);
  expect(html).toContain("&lt;script&gt;");
});

test("an allowed tag with attributes is text", () => {
  expect(renderGitHubMarkdown('x <details open ontoggle="a()"> y')).not.toContain("<details");
});

test("a picture is not loaded, and a link with a script is not made", () => {
  const html = renderGitHubMarkdown("![x](https://elsewhere.test/a.png) [y](javascript:alert(1))");

  expect(html).not.toMatch(/<img|href="javascript/u);
});

test("what a comment leaves open is closed at its end", () => {
  expect(renderGitHubMarkdown("<details>\n\nopen")).toMatch(/<\/details>$/u);
});

test("a suggestion stands as one", () => {
  const html = renderGitHubMarkdown("```suggestion\nx = 1\n```");

  expect(html).toContain("Suggested change");
  expect(html).toContain("x = ");
});

test("links are led to where the demo can follow them", () => {
  const html = renderGitHubMarkdown("[L9](http://github.test/x)", () => "/file?path=x");

  expect(html).toContain('href="/file?path=x"');
});
