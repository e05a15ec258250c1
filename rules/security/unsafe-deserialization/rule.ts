// Bytes from outside are given to a format that can build any Python object, and so run code.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "network-data"],
  into: ["deserialize"],
  message: ({ source, sink, call }) =>
    `${sink} can build any Python object out of ${source}, and run code while it does. Read it with ${call.startsWith("yaml.") ? "`yaml.safe_load`" : "`json.loads`"}.`,
});
