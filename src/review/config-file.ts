// The shape of `.github/pyward.yml`: what may stand there. The JSON Schema that editors use is made of the
// same words. What the settings mean once all files are read is told in `config.ts`.

import { z } from "zod";
import { configFileKinds } from "../analysis/config-file.ts";
import { severities } from "../analysis/finding.ts";
import { type TeamModelKind, teamModelExamples, teamModelKinds } from "../analysis/team-models.ts";
import { commentPers, modes, roles } from "./config.ts";

/** Where a repository keeps its config; the first one that is there counts. */
export const configPaths = [".github/pyward.yml", ".github/pyward.yaml"] as const;

/** Where the repository `.github` of an organisation, or one that is extended, keeps it. */
export const sharedConfigPaths = ["pyward.yml", ...configPaths] as const;

const level = z.enum(severities);
const bar = z.enum([...severities, "never"]);
// The gravest first, as people think of it.
const mode = z.enum(modes.toReversed() as [...typeof modes]);
const ruleModes = z
  .record(z.string(), mode)
  .describe("Rule, or glob of rules such as design/*, and what becomes of its findings.");
const severityModes = z
  .strictObject({ high: mode.optional(), medium: mode.optional(), low: mode.optional() })
  .describe("What becomes of findings by their severity.");
const glob = z.string().min(1).max(300);
const globs = z.array(glob).max(500);
const role = z.enum(roles);
const count = z.int().min(0).max(100);
const choice = z.enum(["skip", "review"]);

const suppressions = z
  .strictObject({
    nosec: z.boolean().optional().describe("Hear Bandit's # nosec comments."),
    noqa: z.boolean().optional().describe("Hear Ruff's # noqa: S608 comments."),
    "require-reason": z.boolean().optional().describe("Ignore comments need a reason."),
  })
  .describe("Which comments in the code answer for a finding.");

const commands = z
  .strictObject({
    review: role.optional(),
    ignore: role.optional(),
    "ignore-blocking": role.optional(),
    "author-may-ignore-blocking": z.boolean().optional(),
    fix: z.enum(["write", "maintain", "admin"]).optional(),
  })
  .describe("The least role that may give a command.");

const model = z.strictObject(
  Object.fromEntries(
    teamModelKinds.map((kind) => [
      kind,
      z.string().optional().describe(`For example: ${teamModelExamples[kind]}`),
    ]),
  ) as Record<TeamModelKind, z.ZodOptional<z.ZodString>>,
);

const enforced = z
  .strictObject({
    "fail-on": bar.optional(),
    rules: ruleModes.optional(),
    severities: severityModes.optional(),
    ignore: globs.optional().describe("Files in which not even this is enforced."),
    suppressions: suppressions.optional(),
    commands: commands.optional(),
  })
  .describe("In an organisation's own file: what its repositories may make stricter, not milder.");

export const configFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    extends: z
      .string()
      .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/u, { error: "must be like acme/policies" })
      .optional()
      .describe("A repository whose config this one begins from."),
    enforced: enforced.optional(),
    "fail-on": bar.optional().describe("New findings from this severity on make the check fail."),
    "comment-from": level.optional().describe("Milder findings are told in the summary only."),
    "confidence-from": level
      .optional()
      .describe("Less certain findings are told in SARIF and JSON only."),
    comments: z
      .strictObject({
        max: count.optional(),
        "max-per-rule": count.optional(),
        per: z
          .enum(commentPers)
          .optional()
          .describe("What shares a comment: findings of a line, or of a rule in a function too."),
      })
      .optional()
      .describe("How many comments stand on a pull request at a time."),
    rules: ruleModes.optional(),
    severities: severityModes.optional(),
    paths: z
      .array(
        z.strictObject({
          match: z.union([glob, globs.min(1)], { error: "must be a glob or a list of globs" }),
          rules: ruleModes.optional(),
          severities: severityModes.optional(),
        }),
      )
      .max(100)
      .optional()
      .describe("Other settings for some files; the last entry that fits decides."),
    ignore: globs.optional().describe("Files to hear nothing of: globs as in .gitignore."),
    generated: choice.optional().describe("Files that a program wrote."),
    vendored: choice.optional().describe("Copies of other projects."),
    drafts: z
      .enum(["full", "check-only", "skip"])
      .optional()
      .describe("What a draft pull request gets."),
    "code-scanning": z
      .boolean()
      .optional()
      .describe(
        "Tell GitHub code scanning too; the App needs write access to code scanning alerts.",
      ),
    suppressions: suppressions.optional(),
    commands: commands.optional(),
    secrets: z
      .strictObject({ files: z.array(z.enum(configFileKinds)).optional() })
      .optional()
      .describe("In which files beside Python secrets are looked for."),
    models: z.array(model).max(500).optional().describe("What the team's own functions are."),
  })
  .describe("Pyward's configuration: .github/pyward.yml");

export type ConfigFile = z.infer<typeof configFileSchema>;

/** The JSON Schema of the file, indented, with a line break at its end. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configFileSchema, { io: "input" });
  return `${JSON.stringify({ title: "Pyward", ...schema }, null, 2)}\n`;
}
