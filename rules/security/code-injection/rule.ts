// Text from outside is run as Python: evaluated, compiled, or used to choose the module that is imported.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "cli-input", "network-data"],
  into: ["code"],
  message: ({ source, sink, call }) =>
    /import/u.test(call)
      ? `${source} decides which module ${sink} loads and runs. Choose it from names you wrote yourself.`
      : `${source} becomes part of the code that ${sink} runs as Python. Read literals with \`ast.literal_eval\`, data with \`json.loads\`.`,
});
