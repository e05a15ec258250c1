// What Pyward answers to commands. Every answer is a sentence or two, and safe whatever was asked.

import type { Rulebook } from "../analysis/rulebook.ts";
import { type BaselineEntry, baselinePath, writeBaseline } from "../review/baseline.ts";
import type { Command } from "../review/command.ts";
import type { CommandRights } from "../review/config.ts";
import { type Decision, writeDecision } from "../review/decision.ts";
import type { ResolvedConfig } from "../review/resolve-config.ts";
import { renderSettings } from "./config-words.ts";
import { createFixWords, type FixWords } from "./fix-words.ts";
import { code, codeBlock, type Markdown, shorten, text } from "./markdown.ts";
import { roleWords } from "./role-words.ts";
import type { RuleNames } from "./rule-names.ts";
import type { Templates } from "./templates.ts";

/** Why a command was not carried out. */
export type Obstacle =
  | "no-reason"
  | "no-subject"
  | "not-there"
  | "not-ignored"
  | "no-rule"
  | "blocking"
  | "closed"
  | "draft";

export interface CommandWords extends FixWords {
  /** The answer to `/pyward help`. */
  help(): string;
  /** The answer to a command that does not exist. */
  unknownCommand(command: Extract<Command, { name: "unknown" }>): string;
  /** The answer to a person who may not give this command. */
  refusal(command: "review" | "ignore" | "fix", rights: CommandRights): string;
  /** The answer to a command that cannot be carried out. */
  notDone(obstacle: Obstacle, rights: CommandRights): string;
  /** Writes a decision down, where no comment on a finding can; the first line is hidden. */
  note(decision: Decision): string;
  /** The same note once the decision is taken back. */
  withdrawn(decision: Decision, by: string): string;
  /** The answer to `/pyward explain`; `undefined` where there is no such rule. */
  explain(rule: string, page: string): string | undefined;
  /** The answer to `/pyward config`. */
  config(found: Pick<ResolvedConfig, "rows">): string;
  /** The answer to `/pyward export`: a baseline file to commit. */
  baseline(entries: readonly BaselineEntry[]): string;
}

export function createCommandWords(
  templates: Templates,
  rulebook: Rulebook,
  names: RuleNames,
): CommandWords {
  const fixWords = createFixWords(names);
  const what = ({ subject, reason }: Decision): Markdown => {
    const why = reason === "" ? "" : `: ${text(shorten(reason.replace(/\.+$/u, ""), 300))}`;
    switch (subject.kind) {
      case "finding":
        return `Ignoring ${code(subject.fingerprint)} (${text(names.title(subject.rule))})${why}` as Markdown;
      case "rule":
        return `Ignoring all of ${code(subject.rule)} on this pull request${why}` as Markdown;
      case "comments":
        return "Paused: the check goes on, but nothing new is commented until `/pyward resume`" as Markdown;
    }
  };
  return {
    help: () => templates.render("help", {}),
    unknownCommand: ({ word, meant }) =>
      templates.render("unknown-command", {
        command: code(`/pyward ${word}`),
        meant: meant === undefined ? undefined : code(`/pyward ${meant}`),
      }),
    refusal(command, rights) {
      if (command === "review") return templates.render("refusal", { role: rights.review });
      if (command === "fix") return fixWords.refusedFix(rights.fix);
      return `\`/pyward ignore\`, \`pause\` and what undoes them are for people who may ${roleWords[rights.ignore]} here.`;
    },
    notDone: (obstacle, rights) => obstacles[obstacle](rights),
    note: (decision) =>
      `${writeDecision(decision)}\n${what(decision)} (${code(decision.by)}).${undo(decision)}`,
    withdrawn: (decision, by) => `~~${what(decision)}~~\n\nTaken back by ${code(by)}.`,
    explain(rule, page) {
      const found = rulebook.find(rule)?.page;
      if (found === undefined) return undefined;
      return templates.render("explain", {
        title: text(found.title),
        severity: found.severity,
        summary: text(found.summary),
        page: `[why it matters, how to fix it, when it is fine](${page})`,
      });
    },
    config: ({ rows }) => `What holds here:\n\n${renderSettings(rows)}`,
    baseline: (entries) => renderBaseline(entries),
    ...fixWords,
  };
}

/** What fits into a comment, with room for the words around it. */
const longestBaseline = 60_000;

/** As many decisions as fit, the first ones first; none is cut in its middle. */
function renderBaseline(entries: readonly BaselineEntry[]): string {
  if (entries.length === 0) {
    return "Nobody has ignored a finding here, so there is nothing to export.";
  }
  let count = entries.length;
  let file = writeBaseline(entries);
  while (file.length > longestBaseline) {
    count = Math.floor(count / 2);
    file = writeBaseline(entries.slice(0, count));
  }
  const left = entries.length - count;
  const cut = left === 0 ? "" : ` ${left} more did not fit into a comment.`;
  const block = codeBlock(file.trimEnd(), "json");
  return `Committed as ${code(baselinePath)}, these decisions hold by themselves.${cut}\n\n${block}`;
}

const obstacles: Readonly<Record<Obstacle, (rights: CommandRights) => string>> = {
  "no-reason": () =>
    "Say why, so that others understand it later: `/pyward ignore <id or rule> <reason>`; in a finding's thread the reason is enough.",
  "no-subject": () =>
    "Name a finding by its id in the check's summary, or a rule by its name; in a finding's thread neither is needed.",
  "not-there": () => "No such finding is among the new ones of this pull request.",
  "not-ignored": () => "Nobody ignores that here.",
  "no-rule": () =>
    "There is no such rule or finding here; the check's summary names those there are.",
  closed: () =>
    "This pull request is closed, so nothing is done here; say it again once it is open.",
  draft: () =>
    "Drafts are not reviewed here, so nothing is done yet; say it again once this one is ready for review.",
  blocking: ({ ignoreBlocking, authorMayIgnoreBlocking }) =>
    `This makes the check fail, so ignoring it is for people who may ${roleWords[ignoreBlocking]} here${
      authorMayIgnoreBlocking ? "" : " and did not open the pull request"
    }.`,
};

function undo({ subject }: Decision): string {
  switch (subject.kind) {
    case "finding":
      return ` \`/pyward unignore ${subject.fingerprint}\` takes it back.`;
    case "rule":
      return ` \`/pyward unignore ${subject.rule}\` takes it back.`;
    case "comments":
      return "";
  }
}
