// The list of all rules, and the search in it: by word, CWE, family, severity and framework, with and
// without JavaScript.

import { type Severity, severities } from "../analysis/finding.ts";
import type { Rulebook, RulePage } from "../analysis/rulebook.ts";
import { frameworksOf } from "./frameworks.ts";
import type { PageFrame } from "./page-frame.ts";
import { renderInline } from "./page-markdown.ts";
import type { PageTemplates } from "./page-templates.ts";

const longestQuery = 100;

const familyTitles: Readonly<Record<string, string>> = { security: "Security", design: "Design" };

/** The three lists that narrow the search, by the name of their field. */
const choices = ["family", "severity", "framework"] as const;

/**
 * Renders the list as HTML. Rules that were not asked for are hidden, not left out, so that the
 * script of the page can show them again.
 *
 * @param asked the fields of the search form: `q`, `family`, `severity`, `framework`.
 */
export function renderRulesIndex(
  rulebook: Rulebook,
  asked: URLSearchParams,
  templates: PageTemplates,
  frame: PageFrame,
): string {
  const query = (asked.get("q") ?? "").slice(0, longestQuery).trim();
  const terms = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const described = rulebook.entries.map(({ page }) => describe(page));
  const options = {
    family: [...new Set(described.map(({ family }) => family))],
    severity: severities,
    framework: [...new Set(described.flatMap(({ frameworks }) => frameworks))].toSorted(inAlphabet),
  };
  // A choice that is not offered, in an old link, narrows nothing.
  const chosen = choices.map((name) => ({
    name,
    value: options[name].find((option) => option.toLowerCase() === asked.get(name)) ?? "",
  }));
  const rows = described.map((row) => {
    const isAsked =
      terms.every((term) => row.words.includes(term)) &&
      chosen.every(({ name, value }) => value === "" || valuesOf(row)[name].includes(value));
    return { ...row, frameworks: row.frameworks.join("|").toLowerCase(), hidden: !isAsked };
  });
  const families = options.family.map((family) => {
    const rules = rows.filter((row) => row.family === family);
    const title = familyTitles[family] ?? family;
    return { family, title, rules, hidden: rules.every(({ hidden }) => hidden) };
  });
  const found = rows.filter(({ hidden }) => !hidden).length;

  return templates.render("rules-index", {
    ...frame,
    heading: "Rules",
    description: "What Pyward looks for in Python pull requests, and why.",
    query,
    choices: chosen.map(({ name, value }) => ({
      name,
      label: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      options: options[name].map((option) => ({
        value: option.toLowerCase(),
        text: name === "framework" ? option : (familyTitles[option] ?? option),
        selected: option === value,
      })),
    })),
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
  readonly severity: Severity;
  readonly cwe: readonly string[];
  readonly frameworks: readonly string[];
  /** Everything one may search for, in lower case. */
  readonly words: string;
}

function describe(page: RulePage): IndexRow {
  const frameworks = frameworksOf(page);
  return {
    name: page.name,
    family: page.name.slice(0, page.name.indexOf("/")),
    title: page.title,
    summary: renderInline(page.summary),
    severity: page.severity,
    cwe: page.cwe,
    frameworks,
    words: searchWords(page, frameworks),
  };
}

function valuesOf(row: IndexRow): Readonly<Record<(typeof choices)[number], readonly string[]>> {
  return { family: [row.family], severity: [row.severity], framework: row.frameworks };
}

/** `CWE-89` is found as "cwe-89", "cwe 89", "89". */
function searchWords(page: RulePage, frameworks: readonly string[]): string {
  const words = [page.title, page.name, page.name.replaceAll("-", " "), page.summary];
  const all = [...words, page.severity, ...page.cwe, ...frameworks];
  return all.join(" ").toLowerCase().replaceAll("`", "");
}

function inAlphabet(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1;
}
