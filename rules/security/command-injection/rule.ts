// Text from outside becomes part of a command line that a shell reads, or names the program to run.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "cli-input", "network-data"],
  into: ["shell", "program"],
  message: ({ source, sink, concept }) =>
    concept === "program"
      ? `${source} decides which program ${sink} starts. Choose it from names you wrote yourself.`
      : `${source} becomes part of the command that ${sink} runs, and a shell runs it whatever it holds. Give the program and a list of arguments, without a shell.`,
});
