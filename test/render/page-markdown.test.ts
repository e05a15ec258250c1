import { expect, test } from "vitest";
import { readPageText } from "../../src/render/page-markdown.ts";

test("a page is cut at its second-level headings, and headings in code do not cut it", () => {
  const { opening, sections } = readPageText(
    "First.\n\n## Why it matters\n\nText.\n\n```python\n## not a heading\n```\n\n## Read more\n\n### Deeper\n\nEnd.\n",
  );

  expect(opening.trim()).toBe("<p>First.</p>");
  expect(sections.map(({ id, heading }) => [id, heading])).toEqual([
    ["why-it-matters", "Why it matters"],
    ["read-more", "Read more"],
  ]);
  expect(sections[1]?.html).toContain("<h3>Deeper</h3>");
});

test("a page cannot bring markup or scripts of its own", () => {
  const { opening } = readPageText("<script>alert(1)</script> [click](javascript:alert(1))");

  expect(opening).not.toContain("<script");
  expect(opening).not.toContain("href");
});
