// What becomes of a new finding: asked of the config once for each, and kept with it.

import { type Finding, type Severity, severities } from "../analysis/finding.ts";
import type { RulePage } from "../analysis/rulebook.ts";
import { type Config, type EnforcedModes, type Mode, type ModeLayer, modes } from "./config.ts";
import { type PathPatterns, pathPatterns } from "./path-patterns.ts";

/** Makes the question; patterns are compiled once. */
export function findingModes(config: Config): (finding: Finding) => Mode {
  const layers = config.layers.map(prepareLayer).reverse();
  const { enforced } = config;
  return (finding) => {
    const wished =
      firstOf(layers, (layer) => layer(finding)) ?? modeBySeverity(finding.severity, config);
    const mode =
      enforced === undefined ? wished : stricter(wished, enforcedMode(finding, enforced));
    // What is not certain enough disturbs nobody, however grave it would be.
    const isUncertain = isMilder(finding.confidence, config.confidenceFrom);
    return isUncertain && mode !== "off" ? "monitor" : mode;
  };
}

/** What the organisation demands of a finding at least; `undefined` where it demands nothing. */
export function enforcedMode(finding: Finding, enforced: EnforcedModes): Mode | undefined {
  const byRule = modeOfRule(finding.rule, enforced.rules) ?? enforced.severities[finding.severity];
  return byRule ?? (reaches(finding.severity, enforced.failOn) ? "block" : undefined);
}

/** Can a finding of this rule become anything but nothing, somewhere? */
export function isOffEverywhere(rule: string, config: Config): boolean {
  const says = config.layers.toReversed().map(({ rules, paths }) => ({
    mode: modeOfRule(rule, rules),
    isSometimesOn: paths.some((each) => (modeOfRule(rule, each.rules) ?? "off") !== "off"),
  }));
  const deciding = says.find(({ mode }) => mode !== undefined);
  const enforced = config.enforced && modeOfRule(rule, config.enforced.rules);
  return (
    deciding?.mode === "off" &&
    !says.some(({ isSometimesOn }) => isSometimesOn) &&
    (enforced ?? "off") === "off"
  );
}

/**
 * The mode of the most exact pattern that fits a rule: its full name, its last word, then the glob with the
 * most letters. `*` stands for any letters.
 */
export function modeOfRule(rule: string, rules: Readonly<Record<string, Mode>>): Mode | undefined {
  const exact = rules[rule] ?? rules[rule.slice(rule.lastIndexOf("/") + 1)];
  if (exact !== undefined) return exact;
  const globs = Object.keys(rules).filter((glob) => fitsRule(glob, rule));
  const best = globs.toSorted((a, b) => b.length - a.length)[0];
  return best === undefined ? undefined : rules[best];
}

/** Does a name or a glob of names mean this rule? Linear: every piece between stars is looked for once. */
export function fitsRule(glob: string, rule: string): boolean {
  if (!glob.includes("*")) return glob === rule || glob === rule.slice(rule.lastIndexOf("/") + 1);
  const pieces = glob.split("*");
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (!rule.startsWith(first) || !rule.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = rule.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= rule.length - last.length;
}

export function stricter(mode: Mode, other: Mode | undefined): Mode {
  return other !== undefined && modes.indexOf(other) > modes.indexOf(mode) ? other : mode;
}

/** Is a severity at or over a bar? */
export function reaches(severity: Severity, bar: Severity | "never"): boolean {
  return bar !== "never" && !isMilder(severity, bar);
}

function prepareLayer(layer: ModeLayer): (finding: Finding) => Mode | undefined {
  const paths = layer.paths
    .map((each): [PathPatterns, PathModes] => [pathPatterns(each.match), each])
    .reverse();
  return (finding) =>
    firstOf(paths, ([holds, each]) =>
      holds(finding.place.path) ? modeIn(finding, each) : undefined,
    ) ?? modeIn(finding, layer);
}

type PathModes = Pick<ModeLayer, "rules" | "severities">;

function modeIn({ rule, severity }: Finding, { rules, severities: bySeverity }: PathModes) {
  return modeOfRule(rule, rules) ?? bySeverity[severity];
}

function modeBySeverity(severity: Severity, { failOn, commentFrom }: Config): Mode {
  if (reaches(severity, failOn)) return "block";
  return reaches(severity, commentFrom) ? "comment" : "summary";
}

function isMilder(level: Severity, than: Severity): boolean {
  return severities.indexOf(level) > severities.indexOf(than);
}

function firstOf<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Answer | undefined,
): Answer | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** A finding that stands for every one of a rule, where only its page decides. */
export function anyFindingOf({
  name: rule,
  severity,
  confidence,
}: Pick<RulePage, "name" | "severity" | "confidence">): Finding {
  const place = { path: ".", startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return { rule, severity, confidence, place, message: "", symbol: "", code: "", trace: [] };
}
