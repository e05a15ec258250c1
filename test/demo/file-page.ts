// A file at a commit, with numbered lines: where the links of a comment lead.

import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { highlightPython } from "../../src/render/highlight-python.ts";

export interface FileAtCommit {
  readonly commit: string;
  readonly path: string;
  readonly text: string;
}

const page = Handlebars.compile(readFileSync(new URL("page/file.hbs", import.meta.url), "utf8"), {
  strict: true,
});

/** Renders the file as a page; line 12 has the anchor `L12`, as on GitHub. */
export function renderFilePage({ commit, path, text }: FileAtCommit): string {
  const lines = path.endsWith(".py")
    ? highlightPython(text)
    : text.split("\n").map((line) => Handlebars.escapeExpression(line));
  const rows = lines.map((html, index) => ({ number: index + 1, html }));
  return page({ commit: commit.slice(0, 7), path, lines: rows });
}

/**
 * The demo's own address for a link to `<github>/<owner>/<repo>/blob/<commit>/<path>#L12-L14`;
 * any other address stays as it is.
 */
export function rewriteFileLink(address: string, repository: string): string {
  const prefix = `${repository}/blob/`;
  if (!address.startsWith(prefix)) return address;
  const [location = "", line = ""] = address.slice(prefix.length).split("#");
  const [commit = "", ...path] = location.split("/");
  // Only one line can be an anchor of ours.
  const anchor = /^L\d+/u.exec(line)?.[0];
  const query = new URLSearchParams({ commit, path: decodeURIComponent(path.join("/")) });
  return `/file?${query}${anchor ? `#${anchor}` : ""}`;
}
