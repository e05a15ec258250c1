// A visitor's text decides where a response sends the browser, so a link to this site can lead anywhere.

import { taintRule } from "#rule";

export default taintRule({
  // Not headers, cookies and the address itself: nobody can put them into a link.
  from: ["http-parameter", "http-body"],
  into: ["redirect"],
  // What unknown code finds by a text is seldom the text itself.
  isHarmless: ({ flow: { label } }) => label.hops > 0,
  message: ({ source, sink }) =>
    `${source} decides where ${sink} sends the browser, so a link to this site can lead to any other. Accept only paths of your own, or hosts from a list.`,
});
