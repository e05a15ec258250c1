// Which rule of ours looks for what another tool's rule looks for: as a web page, and as Markdown.

import type { OtherRule, OtherTool } from "../analysis/other-tools.ts";
import type { Rulebook } from "../analysis/rulebook.ts";
import type { PageFrame } from "./page-frame.ts";
import { renderInline } from "./page-markdown.ts";
import type { PageTemplates } from "./page-templates.ts";

const title = "Coming from another tool";
const description =
  "For each rule of Bandit, of Ruff (S, ASYNC, DJ) and of CodeQL's security queries: which rule of Pyward looks for the same, or why none does.";

/** Renders the page as HTML. The same tools give the same bytes. */
export function renderOtherTools(
  tools: readonly OtherTool[],
  rulebook: Rulebook,
  templates: PageTemplates,
  frame: PageFrame,
): string {
  return templates.render("other-tools", {
    ...frame,
    heading: title,
    description,
    tools: tools.map((tool) => ({
      id: tool.name.toLowerCase(),
      name: tool.name,
      list: tool.list,
      count: countOf(tool),
      rows: tool.rules.map((rule) => ({
        id: rule.id,
        anchor: anchorOf(rule),
        name: rule.name ?? "",
        rules: rule.rules.map((name) => ({ name, title: titleOf(rulebook, name) })),
        note: rule.note === undefined ? "" : renderInline(rule.note),
      })),
    })),
  });
}

/** Renders the same as Markdown for `docs/`, with links into the folder `rules`. */
export function otherToolsMarkdown(tools: readonly OtherTool[], rulebook: Rulebook): string {
  const sections = tools.map((tool) => {
    const rows = tool.rules.map(({ id, name, rules, note }) => {
      const theirs = `\`${id}\`${name === undefined ? "" : ` ${name.replaceAll("_", "\\_")}`}`;
      const ours = rules.map((rule) => `[${titleOf(rulebook, rule)}](../rules/${rule}/README.md)`);
      return `| ${theirs} | ${ours.join(", ") || "none"} | ${note ?? ""} |`;
    });
    const head = `| ${tool.name} | Pyward | |\n|---|---|---|`;
    return `## ${tool.name}\n\n${countOf(tool)} ([its list](${tool.list}))\n\n${head}\n${rows.join("\n")}\n`;
  });
  return `# ${title}\n\n${description}\n\n${sections.join("\n")}`;
}

function countOf({ rules }: OtherTool): string {
  const covered = rules.filter((rule) => rule.rules.length > 0).length;
  return `${covered} of ${rules.length} rules have a counterpart.`;
}

function titleOf(rulebook: Rulebook, name: string): string {
  return rulebook.find(name)?.page.title ?? name;
}

/** `#B608`, `#py-sql-injection`: what one can link to. */
function anchorOf({ id }: OtherRule): string {
  return id.replaceAll("/", "-");
}
