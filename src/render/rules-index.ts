// The list of all rules, and the search in it: by word and by CWE, with and without JavaScript.

import type { Rulebook, RulePage } from "../analysis/rulebook.ts";
import type { PageFrame } from "./page-frame.ts";
import { renderInline } from "./page-markdown.ts";
import type { PageTemplates } from "./page-templates.ts";

const longestQuery = 100;

const familyTitles: Readonly<Record<string, string>> = { security: "Security", design: "Design" };

/**
 * Renders the list as HTML. Rules that do not hold every word of `query` are hidden, not left out,
 * so that the script of the page can show them again.
 */
export function renderRulesIndex(
  rulebook: Rulebook,
  query: string,
  templates: PageTemplates,
  frame: PageFrame,
): string {
  const asked = query.slice(0, longestQuery).trim();
  const terms = asked.toLowerCase().split(/\s+/u).filter(Boolean);
  const rows = rulebook.entries.map(({ page }) => {
    const words = searchWords(page);
    return { ...describe(page), words, hidden: !terms.every((term) => words.includes(term)) };
  });
  const families = [...new Set(rows.map(({ family }) => family))].map((family) => {
    const rules = rows.filter((row) => row.family === family);
    const title = familyTitles[family] ?? family;
    return { family, title, rules, hidden: rules.every(({ hidden }) => hidden) };
  });
  const found = rows.filter(({ hidden }) => !hidden).length;

  return templates.render("rules-index", {
    ...frame,
    heading: "Rules",
    description: "What Pyward looks for in Python pull requests, and why.",
    query: asked,
    families,
    total: rows.length,
    status: describeCount(found, rows.length),
    nothingFound: found === 0,
  });
}

/** The same sentence as in templates/assets/rules-index.js. */
function describeCount(found: number, total: number): string {
  if (found === total) return total === 1 ? "1 rule" : `${total} rules`;
  return `${found} of ${total} rules`;
}

interface IndexRow {
  readonly name: string;
  readonly family: string;
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  readonly cwe: readonly string[];
}

function describe(page: RulePage): IndexRow {
  return {
    name: page.name,
    family: page.name.slice(0, page.name.indexOf("/")),
    title: page.title,
    summary: renderInline(page.summary),
    severity: page.severity,
    cwe: page.cwe,
  };
}

/** Everything one may search for, in lower case: `CWE-89` is found as "cwe-89", "cwe 89", "89". */
function searchWords(page: RulePage): string {
  const words = [page.title, page.name, page.name.replaceAll("-", " "), page.summary];
  return [...words, page.severity, ...page.cwe].join(" ").toLowerCase().replaceAll("`", "");
}
