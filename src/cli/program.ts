// The words of the command line: commands, options, help.

import { Command, Option } from "commander";
import { z } from "zod";
import type { Doors } from "./doors.ts";
import { addReportOptions, readReportOptions } from "./report-options.ts";
import { addServeCommands } from "./serve-commands.ts";
import { UserMistake } from "./user-mistake.ts";

/** Reads the arguments, runs the command and hands its exit code to `onEnd`. */
export function buildProgram(doors: Doors, onEnd: (code: number) => void): Command {
  const program = new Command("pyward")
    .description("Reviews Python code for security and design, and shows its evidence.")
    .version(doors.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", afterword);

  addReportOptions(
    program
      .command("review")
      .summary("review what a branch, or the work in progress, introduces")
      .description(
        "Reviews what changed since the branch left the default branch, uncommitted work included.",
      )
      .argument("[path]", "a path in the repository", ".")
      .option("--base <ref>", "compare with this branch or commit (default: the default branch)")
      .option("--head <ref>", "review this commit (default: the working tree)"),
  ).action(async (path: string, options: unknown) => {
    const { runReview } = await import("./review-command.ts");
    const { base, head } = rangeSchema.parse(options);
    onEnd(await runReview({ path, base, head }, readReportOptions(options), doors));
  });

  addReportOptions(
    program
      .command("scan")
      .summary("scan whole files and folders")
      .description("Scans Python files and folders; what git ignores is skipped unless named.")
      .argument("<path...>", "files and folders"),
  ).action(async (paths: string[], options: unknown) => {
    const { runScan } = await import("./scan-command.ts");
    onEnd(await runScan(paths, readReportOptions(options), doors));
  });

  program
    .command("explain")
    .summary("print the page of a rule, or what is known on a line")
    .description(
      "Prints what a rule finds, why it matters, and how to fix it. With --why: what Pyward knew on a line, and why it did or did not report.",
    )
    .argument("[rule]", "its name, or the last word of it: sql-injection; with --why, a folder (.)")
    .option("--why <file:line>", "what was known there, with the folder's files around it")
    .addOption(
      new Option("-f, --format <format>", "with --why: text or json")
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--no-color", "no colors (also: NO_COLOR)")
    .action(async (argument: string | undefined, options: unknown) => {
      const { why, ...rest } = explainSchema.parse(options);
      if (why !== undefined) {
        const { explainLine } = await import("./explain-line.ts");
        onEnd(await explainLine(why, argument ?? ".", rest, doors));
        return;
      }
      if (argument === undefined)
        throw new UserMistake("Give a rule, or --why FILE:LINE. `pyward rules` lists the rules.");
      const { explainRule } = await import("./rules-commands.ts");
      onEnd(await explainRule(argument, rest, doors));
    });

  program
    .command("rules")
    .summary("list all rules")
    .description("Lists all rules.")
    .addOption(
      new Option("-f, --format <format>", "text or json").choices(["text", "json"]).default("text"),
    )
    .option("--no-color", "no colors (also: NO_COLOR)")
    .action(async (options: unknown) => {
      const { listRules } = await import("./rules-commands.ts");
      onEnd(await listRules(rulesSchema.parse(options), doors));
    });

  const config = program
    .command("config")
    .summary("check the config, or show what holds and why")
    .description("Works on .github/pyward.yml, as the working tree has it.");
  config
    .command("check")
    .summary("tell every problem of a config file")
    .description(
      "Tells every problem of a config file with its line; exits with 1 if there is one.",
    )
    .argument("[file]", "the file (default: the repository's .github/pyward.yml)")
    .option("--org-config <file>", "an organisation's own file, which may enforce")
    .action(async (file: string | undefined, options: unknown) => {
      const { runConfigCheck } = await import("./config-commands.ts");
      onEnd(await runConfigCheck(file, sharedSchema.parse(options).orgConfig, doors));
    });
  config
    .command("show")
    .summary("print what holds, and where it comes from")
    .description("Prints every setting with its value and where that comes from.")
    .addOption(
      new Option("-f, --format <format>", "text or json").choices(["text", "json"]).default("text"),
    )
    .option("--org-config <file>", "the organisation's own file, from its repository .github")
    .option("--extended-config <file>", "the file that this one extends")
    .action(async (options: unknown) => {
      const { runConfigShow } = await import("./config-commands.ts");
      const { orgConfig: org, extendedConfig: extended } = sharedSchema.parse(options);
      onEnd(await runConfigShow(showSchema.parse(options).format, { org, extended }, doors));
    });

  program
    .command("baseline")
    .summary("accept what is found today")
    .description(
      "Writes today's findings to .github/pyward-baseline.json, so that only new ones are told.",
    )
    .argument("[path...]", "files and folders (default: everything)")
    .option("--reason <text>", "why they are accepted", "there before Pyward")
    .option("-q, --quiet", "say nothing")
    .action(async (paths: string[], options: unknown) => {
      const { runBaseline } = await import("./baseline-command.ts");
      const { reason, quiet } = baselineSchema.parse(options);
      onEnd(await runBaseline(paths.length === 0 ? ["."] : paths, { reason, quiet }, doors));
    });

  program
    .command("schema")
    .summary("print the database schema of a project")
    .description(
      "Prints tables, columns, keys and indexes as the code declares them, and who asks.",
    )
    .argument("<path...>", "files and folders")
    .addOption(
      new Option("-f, --format <format>", "mermaid prints an entity diagram")
        .choices(["text", "json", "mermaid"])
        .default("text"),
    )
    .action(async (paths: string[], options: unknown) => {
      const { showSchema } = await import("./schema-command.ts");
      onEnd(await showSchema(paths, schemaFormat.parse(options).format, doors));
    });

  addServeCommands(program, doors, onEnd);

  return program;
}

const rangeSchema = z
  .object({ base: z.string().optional(), head: z.string().optional() })
  .transform(({ base, head }) => ({ base, head }));
const schemaFormat = z.object({ format: z.enum(["text", "json", "mermaid"]) });
const colorSchema = z.object({ color: z.boolean() });
const sharedSchema = z.object({
  orgConfig: z.string().optional(),
  extendedConfig: z.string().optional(),
});

const showSchema = z.object({ format: z.enum(["text", "json"]) });
const baselineSchema = z.object({
  reason: z.string().max(2_000),
  quiet: z.boolean().default(false),
});
const rulesSchema = colorSchema.extend({ format: z.enum(["text", "json"]) });
const explainSchema = rulesSchema.extend({ why: z.string().optional() });

const afterword = `
Examples:
  pyward review                                  the branch and the work in progress
  pyward review --base origin/main --format sarif --output pyward.sarif
  pyward scan src --severity high                whole folders, grave findings only
  pyward scan src --fix --dry-run                what the fixes would change, as a diff
  pyward explain sql-injection                   what a rule finds, and how to fix it
  pyward explain --why src/shop/views.py:14 src  what is known on a line
  pyward schema src --format mermaid             tables, keys and indexes as a diagram

Exit codes:
  0  nothing at or over --fail-on
  1  findings at or over --fail-on, or a config with problems
  2  a mistake in the call: an unknown option, path, branch or rule
  3  a fault of Pyward`;
