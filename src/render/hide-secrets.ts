// Texts of files as they may be shown: what a finding names as a secret is covered, on whichever line a frame shows.

import type { Finding } from "../analysis/finding.ts";
import type { Place } from "../python/source-file.ts";

/** Wraps a lookup of texts. Columns before a covered secret stay what they are. */
export function hideSecrets(
  text: (path: string) => string | undefined,
  findings: readonly Finding[],
): (path: string) => string | undefined {
  const places = Map.groupBy(
    findings.flatMap(({ secret }) => secret ?? []),
    ({ path }) => path,
  );
  return (path) => {
    const shown = text(path);
    const secrets = places.get(path);
    return shown === undefined || secrets === undefined ? shown : covered(shown, secrets);
  };
}

function covered(text: string, secrets: readonly Place[]): string {
  const lines = text.split("\n");
  for (const { startLine, startColumn, endLine, endColumn } of secrets) {
    for (let number = startLine; number <= endLine; number += 1) {
      const line = lines[number - 1];
      if (line === undefined) break;
      const from = number === startLine ? startColumn - 1 : 0;
      const to = number === endLine ? endColumn - 1 : line.length;
      // As long as the secret: fewer would move what other findings point at on the same line.
      lines[number - 1] = line.slice(0, from) + "•".repeat(to - from) + line.slice(to);
    }
  }
  return lines.join("\n");
}
