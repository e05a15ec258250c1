// Text from outside is read as a regular expression, which can match too much or never end.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input"],
  into: ["regex"],
  message: ({ source, sink }) =>
    `${source} becomes part of the pattern that ${sink} reads, so whoever sends it decides what matches, and one bad pattern keeps a process busy for hours. Escape it with \`re.escape\`.`,
});
