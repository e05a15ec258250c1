// The words for whoever runs the App: `pyward setup`, `doctor`, `serve` and `jobs`.

import { type Command, Option } from "commander";
import { z } from "zod";
import type { Doors } from "./doors.ts";

export function addServeCommands(
  program: Command,
  doors: Doors,
  onEnd: (code: number) => void,
): void {
  program
    .command("serve")
    .summary("run the GitHub App")
    .description("Runs the GitHub App; its settings come from the environment.")
    .addOption(
      new Option("--role <role>", "hear webhooks (web), review (worker), or both; with PostgreSQL")
        .choices(["web", "worker", "all"])
        .default("all"),
    )
    .action(async (options: unknown) => {
      await doors.serve(serveSchema.parse(options).role);
    });

  program
    .command("setup")
    .summary("register the GitHub App, once, with a browser")
    .description(
      "Registers Pyward as a GitHub App of yours and saves its credentials. Prints an address to open in a browser on this machine; nothing is overwritten, and nothing is done in production.",
    )
    .option("--public-url <url>", "where GitHub will reach the App (default: PUBLIC_URL)")
    .option("--organisation <name>", "the organisation that shall own it (default: you)")
    .option("--save <path>", "the .env file to write, or a folder for it and the key", ".env")
    .option("--port <number>", "for the page (default: any free one)", "0")
    .action(async (options: unknown) => {
      const { runSetup } = await import("./setup-command.ts");
      onEnd(await runSetup(setupSchema.parse(options), doors));
    });

  program
    .command("doctor")
    .summary("compare what the App was granted with what it needs")
    .description(
      "Looks at settings, key, permissions, events, webhook, installations, clock and database, and says how to mend what is wrong; exits with 1 if anything is. Changes nothing.",
    )
    .option("--json", "print JSON", false)
    .action(async (options: unknown) => {
      const { runDoctor } = await import("./doctor-command.ts");
      onEnd(await runDoctor(doctorSchema.parse(options).json ? "json" : "text", doors));
    });

  const jobs = program
    .command("jobs")
    .summary("list, replay or drop the App's jobs")
    .description("Works on the App's store, with the App's settings from the environment.");
  jobs
    .command("list")
    .description("Lists the newest jobs: those that failed for good, unless told otherwise.")
    .addOption(
      new Option("--state <state>", "failed, waiting or done")
        .choices(["failed", "waiting", "done"])
        .default("failed"),
    )
    .addOption(
      new Option("-f, --format <format>", "text or json").choices(["text", "json"]).default("text"),
    )
    .action(async (options: unknown) => {
      const { listJobs } = await import("./jobs-command.ts");
      onEnd(await listJobs(jobsSchema.parse(options), doors));
    });
  jobs
    .command("replay")
    .description("Tries failed jobs again.")
    .argument("[delivery...]", "the deliveries as listed (default: all that failed)")
    .action(async (deliveries: string[]) => {
      const { replayJobs } = await import("./jobs-command.ts");
      onEnd(await replayJobs(deliveries, doors));
    });
  jobs
    .command("drop")
    .description("Gives up failed or waiting jobs.")
    .argument("<delivery...>", "the deliveries as listed")
    .action(async (deliveries: string[]) => {
      const { dropJobs } = await import("./jobs-command.ts");
      onEnd(await dropJobs(deliveries, doors));
    });
}

const serveSchema = z.object({ role: z.enum(["web", "worker", "all"]) });
const setupSchema = z.object({
  publicUrl: z.string().optional(),
  organisation: z.string().optional(),
  save: z.string(),
  port: z.string(),
});
const doctorSchema = z.object({ json: z.boolean() });
const jobsSchema = z.object({
  state: z.enum(["failed", "waiting", "done"]),
  format: z.enum(["text", "json"]),
});
