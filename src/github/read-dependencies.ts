// What a change does to the packages that its manifests name: GitHub's dependency review, which also knows
// the advisories. Not every repository has it.

import type { Logger } from "pino";
import type { DependencyChange } from "../analysis/dependencies/dependency-change.ts";
import type { Severity } from "../analysis/finding.ts";
import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";
import { failureOf } from "./failure.ts";

/**
 * One request. Never rejects: without an answer nothing is said of packages, and a review is worth as
 * much as before. https://docs.github.com/en/rest/dependency-graph/dependency-review
 */
export async function readDependencies(
  client: GitHubClient,
  { owner, repo }: Place,
  { base, head }: { readonly base: string; readonly head: string },
  log: Logger,
): Promise<readonly DependencyChange[] | "unanswered"> {
  try {
    const basehead = `${base}...${head}`;
    const { data } = await client.rest.dependencyGraph.diffRange({
      ...{ owner, repo, basehead },
      // Soon enough or not at all: the check does not wait for advisories.
      request: { retries: 0 },
    });
    return data.filter(isOfPython).map((change) => ({
      kind: change.change_type,
      manifest: change.manifest.replace(/^\//u, ""),
      name: change.name,
      version: change.version,
      isForDevelopment: change.scope === "development",
      advisories: change.vulnerabilities.map((vulnerability) => ({
        id: vulnerability.advisory_ghsa_id,
        severity: severityOf(vulnerability.severity),
        summary: vulnerability.advisory_summary,
      })),
    }));
  } catch (error) {
    const failure = failureOf(error);
    const isOff = failure.kind === "final";
    log[isOff ? "debug" : "warn"]({ failure }, "GitHub reviews no dependencies here");
    return "unanswered";
  }
}

function isOfPython({ ecosystem, package_url }: { ecosystem: string; package_url: string | null }) {
  return ecosystem === "pip" || (package_url?.startsWith("pkg:pypi/") ?? false);
}

/** GitHub's four words for it; one that it does not know yet is in the middle. */
function severityOf(word: string): Severity {
  if (word === "critical" || word === "high") return "high";
  return word === "low" ? "low" : "medium";
}
