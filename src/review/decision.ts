// What people decided about our findings on a pull request: who, when, why, and about what. Written
// down in our own comments too, so that a lost store loses no decision.

import { z } from "zod";

/** What a decision is about. */
export type Subject =
  /** One finding, wherever it is met again in this repository. */
  | {
      readonly kind: "finding";
      readonly fingerprint: string;
      readonly rule: string;
      readonly path: string;
    }
  /** All findings of one rule, on this pull request. */
  | { readonly kind: "rule"; readonly rule: string }
  /** All our comments on this pull request: none is made until somebody says so. */
  | { readonly kind: "comments" };

export interface Decision {
  readonly subject: Subject;
  /** The pull request on which it was made. */
  readonly number: number;
  /** Login of the person. */
  readonly by: string;
  /** When the person spoke, ISO 8601. */
  readonly at: string;
  /** In the person's words, at most 300 characters: hostile text. Empty for a pause. */
  readonly reason: string;
}

/** One subject has one decision on one pull request. */
export function keyOf({ subject }: Pick<Decision, "subject">): string {
  switch (subject.kind) {
    case "finding":
      return subject.fingerprint;
    case "rule":
      return subject.rule;
    case "comments":
      return "comments";
  }
}

/** The decision as a hidden line; nothing in it can end the HTML comment that it is. */
export function writeDecision(decision: Decision): string {
  const bytes = new TextEncoder().encode(JSON.stringify(decision));
  return `<!-- pyward:decision:v1:${btoa(String.fromCharCode(...bytes))} -->`;
}

/**
 * Reads a decision off a comment: from its first line, or from the one below a finding's marker.
 * Ask only of comments whose author is this App.
 */
export function readDecision(body: string): Decision | undefined {
  const [, encoded] = decisionLine.exec(body) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    return decisionSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

const decisionLine =
  /^(?:<!-- pyward:v1:[^\n]{1,1250} -->\r?\n)?<!-- pyward:decision:v1:([A-Za-z0-9+/=]{1,8000}) -->(?:\r?\n|$)/u;

/** The decisions of a comment on several findings: hidden lines at its top, among the markers. */
export function readDecisions(body: string): readonly Decision[] {
  const hidden = body.split("\n", mostHiddenLines);
  const end = hidden.findIndex((line) => !line.startsWith("<!-- pyward:"));
  const lines = end === -1 ? hidden : hidden.slice(0, end);
  return lines.flatMap((line) => readDecision(line) ?? []);
}

const mostHiddenLines = 100;

/** Reads a decision back from the store or from a marker. */
export const decisionSchema: z.ZodType<Decision> = z.object({
  subject: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("finding"),
      fingerprint: z.string().regex(/^[0-9a-f]{16}$/u),
      rule: z.string(),
      path: z.string(),
    }),
    z.object({ kind: z.literal("rule"), rule: z.string() }),
    z.object({ kind: z.literal("comments") }),
  ]),
  number: z.number().int(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
});
