// Which files a team wants to hear nothing of: those it ignores, those a program wrote, copies of others.

import type { LeaveOut } from "./config.ts";
import { pathPatterns } from "./path-patterns.ts";

export interface LeftOutFile {
  readonly path: string;
  /** `ignored`: by the config's `ignore`. */
  readonly kind: "ignored" | "generated" | "vendored";
}

export interface LeftOutQuestion {
  readonly path: string;
  /** Texts at the head and at the merge base; `undefined` where there is none. */
  readonly text: string | undefined;
  readonly before?: string | undefined;
}

/**
 * Makes the question. A file that only now begins to say that a program wrote it is not believed:
 * no change can leave out its own lines so.
 */
export function leftOutBy(
  settings: LeaveOut,
): (file: LeftOutQuestion) => LeftOutFile["kind"] | undefined {
  const { attributes } = settings;
  const isIgnored = pathPatterns([...settings.paths, ...settings.enforcedPaths]);
  const isGenerated = pathPatterns(settings.generated ? attributes.generated : []);
  const isVendored = pathPatterns(
    settings.vendored ? [...vendorFolders, ...attributes.vendored] : [],
  );
  return ({ path, text, before }) => {
    if (isIgnored(path)) return "ignored";
    if (isVendored(path)) return "vendored";
    if (isGenerated(path)) return "generated";
    if (!settings.generated || text === undefined || !saysGenerated(text)) return undefined;
    return before === undefined || saysGenerated(before) ? "generated" : undefined;
  };
}

/** Patterns of a `.gitattributes` text that are marked `linguist-generated` or `linguist-vendored`. */
export function readAttributes(text: string): LeaveOut["attributes"] {
  const generated: string[] = [];
  const vendored: string[] = [];
  for (const line of text.slice(0, 200_000).split("\n")) {
    const [pattern = "", ...attributes] = line.trim().split(/\s+/u);
    if (pattern === "" || pattern.startsWith("#") || pattern.startsWith("[")) continue;
    for (const [list, name] of [
      [generated, "linguist-generated"],
      [vendored, "linguist-vendored"],
    ] as const) {
      const word = attributes.findLast((each) => each.replace(/^[-!]/u, "").split("=")[0] === name);
      if (word === undefined) continue;
      const isSet = word === name || word === `${name}=true`;
      list.push(isSet ? pattern : `!${pattern}`);
    }
  }
  return { generated, vendored };
}

/** Copies of other projects by habit; `vendor/` may as well be a shop's vendors. */
const vendorFolders = ["_vendor/", "third_party/"];

/** In a comment or a docstring near the top, as generators write it. */
function saysGenerated(text: string): boolean {
  const top = text.slice(0, 2_000).split("\n").slice(0, 20);
  return top.some((line) => generatorWords.test(line));
}

const generatorWords =
  /^\s*(?:#|"""|''').*(?:@generated\b|\bgenerated\b.*\bdo not (?:edit|modify)\b|\bauto-?generated (?:by|from)\b)/iu;
