// A visitor's text decides where a response sends the browser, so a link to this site can lead anywhere.

import { taintRule } from "#rule";

/** Back to the page that was left, or on to another form of the one that is asked for. */
function isWhereTheyAre(source: string, concept: string): boolean {
  return (
    /refer+er/iu.test(source) ||
    (concept === "http-header" && /host|forwarded|scheme|proto|origin/iu.test(source)) ||
    (concept === "http-path" &&
      /\.(?:\w*path\w*|\w*url\w*|uri|\w*uri|get_full_path\(\)|build_absolute_uri\(.*\))$/su.test(
        source,
      ))
  );
}

export default taintRule({
  from: [
    ...["http-parameter", "http-body", "http-path", "http-cookie", "http-header"],
    ...["http-upload"],
  ],
  into: ["redirect"],
  // What unknown code finds by a text is seldom the text itself.
  isHarmless: ({ flow: { label }, source, concept }) =>
    label.hops > 0 || isWhereTheyAre(source, concept),
  message: ({ source, sink }) =>
    `${source} decides where ${sink} sends the browser, so a link to this site can lead to any other. Accept only paths of your own, or hosts from a list.`,
});
