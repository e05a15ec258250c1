// What there is to say of the ignore comments themselves: those that answer for nothing, name no rule
// that exists, or give no reason where a team wants one.

import type { Rulebook } from "../analysis/rulebook.ts";
import { nearest } from "./nearest.ts";
import type { IgnoreComment } from "./suppress.ts";

export interface IgnoreNotice {
  readonly path: string;
  /** 1-based line of the comment. */
  readonly line: number;
  readonly kind: "unused" | "unknown-rule" | "no-reason";
  /** One sentence; code stands between backticks. */
  readonly message: string;
  /** Does the change itself bring the comment? */
  readonly isNew: boolean;
}

export interface HeardComment {
  readonly comment: IgnoreComment;
  /** Full names of the rules whose findings it answers for, or would with a reason. */
  readonly answered: ReadonlySet<string>;
  /** It answers, but gives no reason where one is asked for. */
  readonly lacksReason: boolean;
}

/** @param isOff for rules that a team has switched off: a comment for them is no mistake. */
export function noticesOf(
  { comment, answered, lacksReason }: HeardComment,
  rulebook: Rulebook,
  isOff: (rule: string) => boolean,
): Pick<IgnoreNotice, "kind" | "message">[] {
  if (comment.tool !== "pyward") return [];
  if (lacksReason && answered.size > 0) {
    const message =
      "This ignore comment gives no reason, so it answers for nothing here; write one behind the bracket.";
    return [{ kind: "no-reason", message }];
  }
  return comment.rules.flatMap((word): Pick<IgnoreNotice, "kind" | "message">[] => {
    if (word === "") return [];
    const rule = rulebook.find(word)?.page.name;
    const shown = `\`${word.replace(/[`\s]+/gu, " ").slice(0, 60)}\``;
    if (rule === undefined) {
      const names = rulebook.entries.map(({ page }) => page.name);
      const near = nearest(word, names);
      const advice = near === undefined ? "see `pyward rules`" : `did you mean \`${near}\`?`;
      return [{ kind: "unknown-rule", message: `${shown} is no rule; ${advice}` }];
    }
    if (answered.has(rule) || isOff(rule)) return [];
    return [{ kind: "unused", message: `Nothing is found here for ${shown}; the comment can go.` }];
  });
}
