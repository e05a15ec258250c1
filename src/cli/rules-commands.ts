// `pyward rules` and `pyward explain`: the rulebook at the terminal.

import { createColors } from "picocolors";
import type { Rulebook } from "../analysis/rulebook.ts";
import { renderRuleText } from "../render/rule-text.ts";
import { padColumns } from "../render/terminal-text.ts";
import { unknownWord } from "../review/nearest.ts";
import type { Doors } from "./doors.ts";
import { columnsOfTerminal, hasColor } from "./terminal-abilities.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

export interface RulesOptions {
  readonly format: "text" | "json";
  /** `false` for --no-color. */
  readonly color: boolean;
}

/** Every rule on one line. */
export async function listRules(options: RulesOptions, doors: Doors): Promise<number> {
  const { rulebook } = await doors.loadEngine();
  const text = options.format === "json" ? rulesJson(rulebook) : rulesTable(rulebook, options);
  await writeOutput(text, undefined);
  return exitCodes.clean;
}

/** The page of one rule, found by its name or the last word of it. */
export async function explainRule(
  name: string,
  options: Pick<RulesOptions, "color">,
  doors: Doors,
): Promise<number> {
  const { rulebook } = await doors.loadEngine();
  const entry = rulebook.find(name);
  if (entry === undefined) {
    const names = rulebook.entries.map(({ page }) => page.name);
    throw new UserMistake(unknownWord(name, "rule", names, "`pyward rules` lists them."));
  }
  const color = hasColor(process.stdout, options.color);
  const width = columnsOfTerminal(process.stdout);
  await writeOutput(renderRuleText(entry.page, { color, width }), undefined);
  return exitCodes.clean;
}

function rulesTable({ entries }: Rulebook, options: RulesOptions): string {
  const colors = createColors(hasColor(process.stdout, options.color));
  const rows = entries.map(({ page }) => [
    page.name,
    page.severity,
    page.cwe.join(" "),
    page.title,
  ]);
  const header = ["rule", "severity", "cwe", "what it finds"];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const draw = (row: readonly string[]): string =>
    row
      .map((cell, column) => padColumns(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[colors.dim(draw(header)), ...rows.map(draw)].join("\n")}\n`;
}

/** The facts of every page; `name` is what `--rule` and an ignore comment take. */
function rulesJson({ entries }: Rulebook): string {
  const rules = entries.map(({ page }) => {
    const { name, title, severity, confidence, cwe, since, summary } = page;
    return { name, title, severity, confidence, cwe, since, summary };
  });
  return `${JSON.stringify({ version: 1, rules }, null, 2)}\n`;
}
