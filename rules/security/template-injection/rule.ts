// Text from outside is read as a template, which is a program, instead of being filled into one.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "network-data"],
  into: ["template"],
  message: ({ source, sink, call }) =>
    `${source} becomes part of the template that ${sink} reads, so whoever sends it can ${power(call)}. Keep the template constant and hand the value over beside it.`,
});

/** What a template can do, by engine: Django's and Tornado's differ from Jinja's. */
function power(call: string): string {
  return call.startsWith("django.")
    ? "read whatever the template can reach, settings and secrets too"
    : "run code on the server";
}
