// The page of one review, for who wants to know what it saw: places, rules and counts, and no code.

import type { ReviewAccount } from "../review/account.ts";
import { encodePath } from "./markdown.ts";
import type { PageFrame } from "./page-frame.ts";
import type { PageTemplates } from "./page-templates.ts";
import type { RuleNames } from "./rule-names.ts";

export type { ReviewAccount } from "../review/account.ts";

/** A review as it is kept. */
export interface KeptReview {
  readonly head: string;
  readonly state: "running" | "done" | "superseded" | "failed";
  readonly startedAt: Date;
  /** `undefined` until the review is done, and where it never was. */
  readonly account: ReviewAccount | undefined;
}

/** @param github its address without a slash at the end. */
export function renderReviewPage(
  { head, state, startedAt, account }: KeptReview,
  { names, github }: { readonly names: RuleNames; readonly github: string },
  templates: PageTemplates,
  frame: PageFrame,
): string {
  const heading = account?.title ?? headings[state];
  const repository = account && `${account.owner}/${account.repo}`;
  const address = repository && `${github}/${encodePath(repository)}`;
  const about = {
    ...frame,
    heading,
    description: "What Pyward saw in one review.",
    commit: head.slice(0, 7),
    commitAddress: address && `${address}/commit/${head}`,
    started: `${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
  };
  if (account === undefined || address === undefined) {
    return templates.render("review-page", { ...about, waits: waits[state], whole: undefined });
  }
  return templates.render("review-page", {
    ...about,
    waits: undefined,
    whole: {
      pull: account.number === undefined ? repository : `${repository} #${account.number}`,
      pullAddress:
        account.number === undefined
          ? `${address}/commit/${head}`
          : `${address}/pull/${account.number}`,
      rows: account.rows.map((row) => ({
        severity: row.severity,
        title: names.title(row.rule).replaceAll("`", ""),
        rule: row.rule,
        place: `${row.path}:${row.line}`,
        placeAddress: `${address}/blob/${head}/${encodePath(row.path)}#L${row.line}-L${row.endLine}`,
        told: toldWords(row),
      })),
      more: Math.max(0, account.counts.introduced - account.rows.length),
      counts: countWords(account),
      problems: account.problems.map(({ path, kind }) => ({
        path,
        why: problemWords[kind] ?? kind,
      })),
      settings: account.settings.length === 0 ? "the defaults" : account.settings.join(", "),
    },
  });
}

const headings: Readonly<Record<KeptReview["state"], string>> = {
  running: "The review is under way",
  done: "The review is done",
  superseded: "Newer commits were reviewed instead",
  failed: "Pyward could not finish this review",
};

const waits: Readonly<Record<KeptReview["state"], string>> = {
  running: "Load this page again in a moment.",
  done: "What it found stands on the pull request.",
  superseded: "What they hold is told by their own check.",
  failed:
    "Nothing was judged, and the check stands in nobody's way. Press Re-run on the check to try again.",
};

const problemWords: Readonly<Record<string, string>> = {
  "syntax-error": "does not parse",
  "too-large": "too large",
  "too-complex": "too complex",
  "not-text": "no text that could be read",
  "out-of-time": "took too long",
  crashed: "could not be analysed",
};

function toldWords({ told, blocks, by }: ReviewAccount["rows"][number]): string {
  if (told === "ignored") return `ignored by ${by ?? "somebody"}`;
  const where = told === "comment" ? "in a comment" : "in the summary";
  return blocks ? `${where}; must be fixed` : where;
}

function countWords({ counts, seconds }: ReviewAccount): readonly string[] {
  const files = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  return [
    `${files(counts.changedFiles, "file")} changed, ${counts.pythonFiles} of them Python`,
    ...(counts.contextFiles === 0
      ? []
      : [`${files(counts.contextFiles, "file")} read for context`]),
    ...(counts.existing === 0 ? [] : [`${files(counts.existing, "finding")} there before`]),
    ...(counts.suppressed === 0
      ? []
      : [`${files(counts.suppressed, "finding")} ignored in the code or accepted in the baseline`]),
    `${seconds.toFixed(1)} s`,
  ];
}
