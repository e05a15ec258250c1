// The page of a rule, made of the very README and examples of its folder.

import type { ExampleFile, RulePage } from "../analysis/rulebook.ts";
import type { PageFrame } from "./page-frame.ts";
import { readPageText, renderInline } from "./page-markdown.ts";
import type { PageTemplates } from "./page-templates.ts";
import { type ExampleLine, readPythonExample } from "./python-example.ts";

/** The rules that stand before and after one in the list. */
export interface Neighbours {
  readonly previous: RulePage | undefined;
  readonly next: RulePage | undefined;
}

/** Renders the page of one rule as HTML. The same page gives the same bytes. */
export function renderRulePage(
  page: RulePage,
  { previous, next }: Neighbours,
  templates: PageTemplates,
  frame: PageFrame,
): string {
  const { opening, sections } = readPageText(page.body);
  const summary = renderInline(page.summary);
  const readMore = sections.find(({ id }) => id === "read-more");
  const rest = sections.filter((section) => section !== readMore);
  // On a phone the examples are several screens long: the way to fix it comes before them.
  const fix = rest.findIndex(({ id }) => id === "how-to-fix-it");

  const cwe = page.cwe.map(describeCwe);

  return templates.render("rule-page", {
    ...frame,
    heading: page.title,
    description: page.summary.replaceAll("`", ""),
    summary,
    // The README opens with the summary; what else stands there is kept.
    opening: opening.replace(`<p>${summary}</p>`, "").trim(),
    name: page.name,
    severity: page.severity,
    confidence: page.confidence,
    since: page.since,
    cwe,
    // The README may name them itself, with better words.
    references: cwe.filter(({ url }) => !readMore?.html.includes(url)),
    before: rest.slice(0, fix + 1),
    after: rest.slice(fix + 1),
    hasFix: fix >= 0,
    examples: [
      { heading: "Wrong", kind: "bad", files: page.bad.map(describeFile) },
      { heading: "Right", kind: "good", files: page.good.map(describeFile) },
    ].filter(({ files }) => files.length > 0),
    ignore: shortName(page.name),
    readMore: readMore?.html ?? "",
    previous: previous ?? null,
    next: next ?? null,
  });
}

/** An entry of the list of weaknesses that the front matter names. */
function describeCwe(id: string): { id: string; url: string } {
  const number = id.replace(/\D/gu, "");
  return { id, url: `https://cwe.mitre.org/data/definitions/${number}.html` };
}

function describeFile(example: ExampleFile): { path: string; lines: readonly ExampleLine[] } {
  return { path: example.path, lines: readPythonExample(example) };
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
