// Text from outside is run as Python: evaluated, compiled, or the name of the module that is imported.

import { defineRule, taintRule } from "#rule";
import { fixOfEvaluation } from "./fix.ts";

const evaluated = taintRule({
  from: ["http-input", "cli-input", "network-data"],
  into: ["code"],
  message: ({ source, sink }) =>
    `${source} becomes part of the code that ${sink} runs as Python. Read literals with \`ast.literal_eval\`, data with \`json.loads\`.`,
});

// Who starts a program may choose its plug-ins: no `cli-input` here.
const imported = taintRule({
  from: ["http-input", "network-data"],
  into: ["module"],
  message: ({ source, sink }) =>
    `${source} decides which module ${sink} loads and runs. Choose it from names you wrote yourself.`,
});

export default defineRule({
  fix: fixOfEvaluation,
  *check(context) {
    yield* evaluated.check(context);
    yield* imported.check(context);
  },
});
