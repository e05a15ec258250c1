// Text from outside becomes part of a command line that a shell reads, or names the program to run.

import { defineRule, taintRule } from "#rule";
import { fixOfCommand } from "./fix.ts";

const shell = taintRule({
  from: ["http-input", "cli-input", "network-data"],
  into: ["shell"],
  message: ({ source, sink, call }) =>
    `${source} becomes part of the command line that ${sink} hands to a shell, so whoever sends it can run any program. ${advice(call)}`,
});

// Who starts a program may start another one with it: no `cli-input` here.
const program = taintRule({
  from: ["http-input", "network-data"],
  into: ["program"],
  message: ({ source, sink }) =>
    `${source} decides which program ${sink} starts. Choose it from names you wrote yourself.`,
});

export default defineRule({
  fix: fixOfCommand,
  *check(context) {
    yield* shell.check(context);
    yield* program.check(context);
  },
});

/** What to write instead, by library: some know no list of arguments. */
function advice(call: string): string {
  switch (call.split(".")[0]) {
    case "asyncio":
      return "Use `asyncio.create_subprocess_exec`, which needs no shell.";
    case "paramiko":
    case "asyncssh":
    case "invoke":
    case "fabric":
      return "Quote it with `shlex.quote`.";
    default:
      return "Pass the program and its arguments as a list, without a shell.";
  }
}
