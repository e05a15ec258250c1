// Bytes from outside are given to a format that can build any Python object, and so run code.

import { taintRule } from "#rule";
import { fixOfLoad } from "./fix.ts";

export default taintRule({
  from: ["http-input", "network-data"],
  into: ["deserialize"],
  fix: fixOfLoad,
  message: ({ source, sink, call }) =>
    `${sink} can build any Python object out of ${source}, and run code while it does. ${advice(call)}`,
});

/** What to write instead, by library. */
function advice(call: string): string {
  switch (call.split(".")[0]) {
    case "yaml":
    case "ruamel":
      return "Read it with `yaml.safe_load`.";
    case "shelve":
      return "Choose the file from names you wrote yourself.";
    case "joblib":
    case "numpy":
    case "torch":
    case "pandas":
      return "Take a format that holds no code.";
    default:
      return "Read it with `json.loads`.";
  }
}
