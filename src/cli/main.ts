// Runs one call of `pyward` and turns however it ends into words and an exit code.

import { type Command, CommanderError } from "commander";
import { escapeControls } from "../render/terminal-text.ts";
import type { Doors } from "./doors.ts";
import { buildProgram } from "./program.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { guardStandardOutput } from "./write-output.ts";

/**
 * @param args without the program's own name.
 * @returns the exit code: 0, 1 findings, 2 the user's mistake, 3 ours.
 */
export async function main(args: readonly string[], doors: Doors): Promise<number> {
  guardStandardOutput();
  let code: number = exitCodes.clean;
  const program = buildProgram(doors, (ended) => {
    code = ended;
  });
  speakOurWay(program);
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return explainEnd(error);
  }
}

/** Errors are ours to print; help and version go where commander sends them. */
function speakOurWay(command: Command): void {
  command.exitOverride();
  command.configureOutput({ outputError: () => {} });
  for (const each of command.commands) speakOurWay(each);
}

function explainEnd(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.clean;
    // Called without a command, commander has printed the help already.
    if (error.code !== "commander.help") complain(`${sentenceOf(error)} See \`pyward --help\`.`);
    return exitCodes.mistake;
  }
  if (error instanceof UserMistake) {
    for (const sentence of error.sentences) complain(sentence);
    return exitCodes.mistake;
  }
  complain("this is a fault of Pyward, not of your code. Please report it with these lines:");
  process.stderr.write(`${stackOf(error)}\n`);
  return exitCodes.ours;
}

/** `error: unknown command 'scn'\n(Did you mean scan?)` */
function sentenceOf({ message }: CommanderError): string {
  const [fault = "", hint] = message.split("\n");
  const sentence = fault.replace(/^error: /u, "").replace(/\.$/u, "");
  const near = hint?.replace(/^\(Did you mean (.*)\?\)$/u, "did you mean $1?");
  return near === undefined ? `${sentence}.` : `${sentence}; ${near}`;
}

function complain(sentence: string): void {
  process.stderr.write(`pyward: ${escapeControls(sentence)}\n`);
}

/** Where it happened, and what caused it, with no word of the code that was read. */
function stackOf(error: unknown): string {
  const lines: string[] = [];
  for (let at: unknown = error; at !== undefined && lines.length < 60; ) {
    const text = at instanceof Error ? (at.stack ?? at.message) : String(at);
    lines.push(...text.split("\n").map((line) => escapeControls(line).slice(0, 300)));
    at = at instanceof Error ? at.cause : undefined;
    if (at !== undefined) lines.push("caused by:");
  }
  return lines.join("\n");
}
