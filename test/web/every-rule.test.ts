import { describe, expect, test } from "vitest";
import { readRulebook } from "../../src/read-rulebook.ts";
import { readTemplates } from "../../src/read-templates.ts";
import { compilePageTemplates } from "../../src/render/page-templates.ts";
import { renderRulePage } from "../../src/render/rule-page.ts";

const rulebook = await readRulebook();
const templates = compilePageTemplates(await readTemplates());
const frame = { root: "./../../", style: "assets/pages.css", script: "assets/rules-index.js" };

const alone = { previous: undefined, next: undefined };

describe.each(rulebook.entries.map(({ page }) => page))("the page of $name", (page) => {
  const html = renderRulePage(page, alone, templates, frame);
  const [, wrong = "", right = ""] = html.split(/<div class="example (?:bad|good)">/u);

  test("marks what is wrong in the wrong example, and nothing in the right one", () => {
    expect(wrong).toContain('class="line marked finding"');
    expect(right).not.toContain('class="line marked finding"');
  });

  test("shows no announcement as the comment it is in the file", () => {
    expect(html).not.toMatch(/# ?(?:finding|source|missed|noise)\b/u);
  });

  test("leads with how to fix it before the long examples", () => {
    expect(html.indexOf('id="how-to-fix-it"')).toBeGreaterThan(0);
    expect(html.indexOf('id="how-to-fix-it"')).toBeLessThan(html.indexOf('id="examples"'));
  });

  test("says its summary once, and names each weakness once under Read more", () => {
    const readMore = html.slice(html.indexOf('id="read-more"'));
    const cited = [...readMore.matchAll(/cwe\.mitre\.org\/data\/definitions\/(\d+)/gu)];

    expect(html.split(`<p>${page.summary}</p>`)).toHaveLength(1);
    expect(cited.map(([, number]) => `CWE-${number}`).toSorted()).toEqual(page.cwe.toSorted());
  });

  test("links to other rules by addresses that lead there", () => {
    const links = [...html.matchAll(/href="(\.\.\/[^"]*)"/gu)].map(([, link = ""]) =>
      link.slice(3),
    );

    expect(links.filter((name) => rulebook.find(name) === undefined)).toEqual([]);
  });

  test("leaves no Markdown or template syntax behind", () => {
    const text = html.replace(/<pre[\s\S]*?<\/pre>/gu, "").replace(/<code>[\s\S]*?<\/code>/gu, "");

    expect(text).not.toMatch(/\{\{|\]\(http|\*\*|^#{2,} /mu);
  });
});
