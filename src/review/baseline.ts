// `.github/pyward-baseline.json`: findings that a team has looked at and lives with, with who decided
// it, when and why. Reviewable in git, so that no decision lives in our store alone.

import { z } from "zod";

export const baselinePath = ".github/pyward-baseline.json";

/** One decision. Everything but the fingerprint is for people. */
export interface BaselineEntry {
  /** As in SARIF and JSON: 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The rule and the place when it was decided; the fingerprint, not these, recognises the finding. */
  readonly rule: string;
  readonly path: string;
  readonly line?: number | undefined;
  /** Empty where none was given. */
  readonly reason: string;
  /** A login, or whatever name the person goes by. */
  readonly by?: string | undefined;
  /** ISO 8601, a day or a moment. */
  readonly at?: string | undefined;
}

/** The longest baseline that is read, in characters. */
const longestText = 5_000_000;

const fingerprint = { error: "must be 16 hexadecimal digits, as a report in JSON gives them" };
const entrySchema = z.strictObject({
  fingerprint: z.string(fingerprint).regex(/^[0-9a-f]{16}$/u, fingerprint),
  rule: z.string({ error: "must be the rule's name" }).max(200),
  path: z.string({ error: "must be a path from the repository's root" }).max(4_096),
  line: z.int({ error: "must be a line number" }).positive().optional(),
  reason: z.string({ error: "must be a text" }).max(2_000).default(""),
  by: z.string({ error: "must be a name" }).max(200).optional(),
  at: z.string({ error: "must be a day like 2026-11-20" }).max(40).optional(),
});

export const baselineSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1, { error: "must be 1" }),
  findings: z.array(entrySchema, { error: "must be a list of findings" }),
});

export type BaselineResult =
  | { readonly ok: true; readonly entries: readonly BaselineEntry[] }
  /** One sentence: what is wrong and where. */
  | { readonly ok: false; readonly fault: string };

/** Reads a baseline; one that is wrong somewhere is not used at all. */
export function readBaseline(text: string): BaselineResult {
  if (text.length > longestText) return { ok: false, fault: "It is longer than 5 MB." };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\u{feff}/u, ""));
  } catch {
    return { ok: false, fault: "It is no JSON." };
  }
  const read = baselineSchema.safeParse(value);
  if (read.success) return { ok: true, entries: read.data.findings };
  const issue = read.error.issues[0];
  const where = issue?.path.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`,
  );
  const place = where?.join("").replace(/^\./u, "") || "the file";
  return { ok: false, fault: `\`${place}\`: ${issue?.message ?? "cannot be read"}.` };
}

/** The text of a baseline: one finding a line, by path, so that two branches seldom conflict. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const once = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const sorted = [...once.values()].sort((a, b) => compare(sortKey(a), sortKey(b)));
  const lines = sorted.map((entry) => `    ${JSON.stringify(orderKeys(entry))}`);
  const findings = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`;
}

function orderKeys({ fingerprint, rule, path, line, reason, by, at }: BaselineEntry) {
  return { rule, path, line, fingerprint, reason, by, at };
}

function sortKey({ path, rule, fingerprint }: BaselineEntry): string {
  return JSON.stringify([path, rule, fingerprint]);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
