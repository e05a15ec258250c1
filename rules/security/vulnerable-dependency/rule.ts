// A package that the change adds, or raises to, has a known vulnerability: told by who keeps the advisories,
// never guessed from a version here.

import { defineRule, quoteCode, type VulnerablePackage, vulnerablePackages } from "#rule";

export default defineRule({
  readsDependencies: true,
  *check({ program, finding }) {
    for (const found of vulnerablePackages(program)) {
      const { name, version, advisories, isForDevelopment, at } = found;
      const [gravest] = advisories;
      if (gravest === undefined) continue;
      yield finding(at, messageOf(found, gravest.summary), {
        severity: gravest.severity,
        ...(isForDevelopment && { severityAtMost: "medium" }),
        // Another version is another finding, wherever its line moves and however it is written.
        code: `${name.toLowerCase()} ${version}`,
      });
    }
  },
});

function messageOf({ name, version, advisories }: VulnerablePackage, summary: string): string {
  const [first, second, third, ...more] = advisories.map(({ id }) => id);
  const ids = [first, second, third].filter((id) => id !== undefined).join(", ");
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  const what =
    advisories.length === 1
      ? `has a known vulnerability, ${ids}`
      : `has ${advisories.length} known vulnerabilities, ${ids}${others}; the gravest`;
  const fixed =
    advisories.length === 1
      ? "a version that the advisory lists as patched"
      : "a version that all of them list as patched";
  return `${quoteCode(`${name} ${version}`.trim())} ${what}: ${sentence(summary)} Require ${fixed}.`;
}

/** Somebody else's prose on one line, with an end. */
function sentence(summary: string): string {
  const line = Array.from(summary.replace(/\s+/gu, " ").replaceAll("`", "'").trim());
  const short = line.length > 120 ? `${line.slice(0, 119).join("")}…` : line.join("");
  return /[.!?…]$/u.test(short) ? short : `${short}.`;
}
