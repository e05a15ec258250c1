// What is said when fixes were to be committed, and the message of the commit.

import type { Role } from "../review/config.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import { code, shorten } from "./markdown.ts";
import { roleWords } from "./role-words.ts";
import type { RuleNames } from "./rule-names.ts";

/** Why nothing was committed. */
export type FixObstacle =
  | "nothing"
  | "fork"
  | "no-permission"
  | "protected"
  | "moved"
  | "not-together"
  | "refused";

export interface FixWords {
  /** The answer where nothing was committed. */
  notFixed(obstacle: FixObstacle): string;
  /** The answer where a commit was made; counts of files, of findings, and of those that are left. */
  fixed(done: {
    readonly commit: string;
    readonly files: number;
    readonly findings: number;
    readonly left: number;
  }): string;
  /** The message of the commit, with who ordered it. */
  fixMessage(
    findings: readonly ReviewedFinding[],
    by: { readonly login: string; readonly userId?: number | undefined },
  ): string;
  /** The answer to a person whose role does not suffice. */
  refusedFix(role: Role): string;
}

const byHand =
  "Where a comment holds a suggestion, *Commit suggestion* applies it, and *Add suggestion to batch* several at once. On your machine, `pyward review --fix` applies all of them, also those that need an import.";

const obstacles: Readonly<Record<FixObstacle, string>> = {
  nothing:
    "None of the new findings has a fix that is sure and stands in the changed files, so there is nothing to commit.",
  fork: `The branch is in a fork, where Pyward cannot commit. ${byHand}`,
  "no-permission": `Pyward may only read the code here. If the owner of the App gives it write access to *Contents*, and an owner here agrees, \`/pyward fix\` commits all fixes at once. ${byHand}`,
  protected: `The branch is protected, or the repository's default one, so Pyward commits nothing to it. ${byHand}`,
  moved:
    "New commits came meanwhile, so nothing was committed; say it again once they are reviewed.",
  "not-together": `The fixes do not hold when all of them are applied together, so nothing was committed. ${byHand}`,
  refused: `GitHub did not take the commit; a rule of the branch may forbid it. ${byHand}`,
};

/** More rules than these are not listed one by one. */
const mostListed = 20;

export function createFixWords(names: RuleNames): FixWords {
  return {
    notFixed: (obstacle) => obstacles[obstacle],
    fixed({ commit, files, findings, left }) {
      const what = `Mended ${counted(findings, "finding")} in ${counted(files, "file")}`;
      const others =
        left === 0 ? "" : ` ${left === 1 ? "1 more needs" : `${left} more need`} a person.`;
      return `${what}: ${commit.slice(0, 7)}. All fixes were analysed together before.${others}`;
    },
    fixMessage(findings, { login, userId }) {
      const lines = [
        ...new Set(
          findings.map(
            ({ finding }) => `- ${names.title(finding.rule)}: ${pathOf(finding.place.path)}`,
          ),
        ),
      ];
      const more = lines.length - mostListed;
      const listed = [...lines.slice(0, mostListed), ...(more > 0 ? [`- and ${more} more`] : [])];
      const author =
        userId === undefined
          ? `Ordered-by: ${login}`
          : `Co-authored-by: ${login} <${userId}+${login}@users.noreply.github.com>`;
      const headline = `Mend ${counted(findings.length, "finding")} of Pyward`;
      return `${headline}\n\n${listed.join("\n")}\n\n${author}\n`;
    },
    refusedFix: (role) =>
      `${code("/pyward fix")} commits for people who may ${roleWords[role]} here. ${byHand}`,
  };
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** Paths are hostile text: on one line, and no trailer of a commit. */
function pathOf(path: string): string {
  return shorten(path.replace(/\p{C}+/gu, " "), 200);
}
