// The options that `review` and `scan` share: what is told, in which form, and what makes the run fail.

import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { type Severity, severities } from "../analysis/finding.ts";
import { defaultMaxFileSize } from "./read-text.ts";
import { UserMistake } from "./user-mistake.ts";

export interface ReportOptions {
  readonly format: "text" | "json" | "sarif" | "github";
  /** File to write to instead of standard output. */
  readonly output: string | undefined;
  /** Findings milder than this are not told. */
  readonly severity: Severity;
  /** Rules as they were typed; empty for all. */
  readonly rules: readonly string[];
  /** Findings at or over this make the exit code 1; `undefined` where nobody said. */
  readonly failOn: Severity | "never" | undefined;
  /** Bytes over which a file is not read. */
  readonly maxFileSize: number;
  /** Threads at most; `undefined` where nobody said. */
  readonly jobs: number | undefined;
  /** `false` for --no-cache. */
  readonly cache: boolean;
  /** Write the fixes that hold into the files; `dry-run` prints them as a diff instead. */
  readonly fix: "no" | "write" | "dry-run";
  readonly all: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** `false` for --no-color. */
  readonly color: boolean;
}

const formats = ["text", "json", "sarif", "github"] as const;

export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option("-f, --format <format>", "the form of the report; github prints annotations")
        .choices(formats)
        .default("text"),
    )
    .option("-o, --output <file>", "write there, whole or not at all, instead of to the terminal")
    .addOption(
      new Option("--severity <level>", "tell of findings from this severity on")
        .choices(severities)
        .default("low"),
    )
    .option("--rule <rule>", "only this rule (may be repeated)", collect)
    .addOption(
      new Option(
        "--fail-on <level>",
        "exit with 1 on findings from this severity on (default: what the config says, else low)",
      ).choices([...severities, "never"]),
    )
    .addOption(
      new Option("--max-file-size <size>", "leave larger files unread: 500kB, 2MB")
        .argParser(readSize)
        .default(defaultMaxFileSize, "1MB"),
    )
    .option("-j, --jobs <number>", "threads at most (default: the cores, up to 4)", readJobs)
    .option("--no-cache", "analyse everything anew, and keep nothing")
    .option("--fix", "apply the fixes that were tried and hold to the files")
    .option("--dry-run", "with --fix: print them as a diff, and nothing else")
    .option("-a, --all", "tell of uncertain findings too, and of those there before the change")
    .option("-q, --quiet", "findings only: no counts, no progress")
    .option("-v, --verbose", "list everything that was skipped")
    .option("--no-color", "no colors (also: NO_COLOR)");
}

/** Reads what commander hands over. */
export function readReportOptions(options: unknown): ReportOptions {
  const { rule, output, failOn, fix, dryRun, jobs, ...rest } = schema.parse(options);
  if (dryRun && !fix) throw new UserMistake("--dry-run shows what --fix would do; give both.");
  const applied = dryRun ? "dry-run" : fix ? "write" : "no";
  return { ...rest, rules: rule, output, failOn, jobs, fix: applied };
}

const schema = z.object({
  format: z.enum(formats),
  output: z.string().optional(),
  severity: z.enum(severities),
  rule: z.array(z.string()).default([]),
  failOn: z.enum([...severities, "never"]).optional(),
  maxFileSize: z.number(),
  jobs: z.number().optional(),
  cache: z.boolean().default(true),
  fix: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  all: z.boolean().default(false),
  quiet: z.boolean().default(false),
  verbose: z.boolean().default(false),
  color: z.boolean().default(true),
});

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function readJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new InvalidArgumentError("Give a number from 1 to 64.");
  return jobs;
}

/** Bytes; units of 1000. */
function readSize(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*(k|kb|m|mb|b)?$/iu.exec(text) ?? [];
  const factor = { k: 1000, m: 1_000_000 }[unit.charAt(0).toLowerCase()] ?? 1;
  const bytes = Math.round(Number(number) * factor);
  if (!(bytes >= 1 && bytes <= 100_000_000)) {
    throw new InvalidArgumentError("Give a size up to 100MB, such as 500kB or 2MB.");
  }
  return bytes;
}
