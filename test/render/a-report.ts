// A report and the settings of a terminal for tests, without colour and 100 columns wide.

import type { Report } from "../../src/render/report.ts";
import type { TerminalSettings } from "../../src/render/terminal.ts";
import { aRulebook } from "../makers.ts";

export function aReport(given: Partial<Report> = {}): Report {
  return {
    command: "review",
    version: "0.1.0",
    rulebook: aRulebook(),
    base: "b".repeat(40),
    head: undefined,
    findings: [],
    earlier: [],
    suppressed: [],
    notices: [],
    problems: [],
    skipped: [],
    coverage: { changedFiles: 14, pythonFiles: 9, contextFiles: 61 },
    seconds: 0.42,
    ...given,
  };
}

/** `files` are the texts at hand, by path. */
export function aTerminal(
  given: Partial<TerminalSettings> & { files?: Readonly<Record<string, string>> } = {},
): TerminalSettings {
  const { files = {}, ...settings } = given;
  return {
    color: false,
    width: 100,
    quiet: false,
    verbose: false,
    earlier: false,
    uncertain: 0,
    monitored: 0,
    text: (path) => files[path],
    showPath: (path) => path,
    ...settings,
  };
}
