// A visitor's text decides where the server sends a request, so it reaches what only the server can reach.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input"],
  into: ["url"],
  // What unknown code finds by a text is seldom the text itself.
  isHarmless: ({ flow: { label } }) => label.hops > 0,
  message: ({ source, sink }) =>
    `${source} decides where ${sink} sends its request, so a visitor can reach hosts that only this server can. Write the host yourself, or compare it with a list.`,
});
