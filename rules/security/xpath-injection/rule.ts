// Text from outside becomes part of an XPath expression instead of a variable of it.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "network-data"],
  into: ["xpath"],
  message: ({ source, sink, call }) =>
    `${source} becomes part of the path that ${sink} searches with, so whoever sends it can select any node. ${advice(call)}`,
});

/** What to write instead, by library: Python's own has no variables. */
function advice(call: string): string {
  return /\.(?:xpath|XPath|ETXPath|select|iter_select|Selector|__call__)$/u.test(call)
    ? "Pass it as an XPath variable."
    : "Select by a constant path and compare the values in Python.";
}
