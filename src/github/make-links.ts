// The addresses in what we write: our own pages, and lines of files on GitHub.

import type { Place } from "../jobs/ask.ts";
import type { Links } from "../render/links.ts";
import { encodePath } from "../render/markdown.ts";

export interface Sites {
  /** Pyward's own pages, and GitHub's, without a slash at the end. */
  readonly pyward: string;
  readonly github: string;
}

/** `head` is the commit that was reviewed, so that links keep pointing at what was meant. */
export function makeLinks(sites: Sites, { owner, repo }: Place, head: string): Links {
  return {
    rule: (name) => ruleAddress(sites, name),
    lines: (path, startLine, endLine) => {
      const lines = startLine === endLine ? `L${startLine}` : `L${startLine}-L${endLine}`;
      return `${sites.github}/${owner}/${repo}/blob/${head}/${encodePath(path)}#${lines}`;
    },
  };
}

/** The page of a rule, by its full name. */
export function ruleAddress({ pyward }: Sites, name: string): string {
  return `${pyward}/rules/${encodePath(name)}`;
}
