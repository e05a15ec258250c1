// What a review found, told to code scanning, where a team wants that. The check says where it cannot be.

import type { GitHubClient } from "../github/client.ts";
import { ruleAddress } from "../github/make-links.ts";
import { type Uploaded, uploadSarif } from "../github/upload-sarif.ts";
import { renderSarif } from "../render/sarif.ts";
import type { Review } from "../review/review.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import type { Place } from "./ask.ts";
import type { Tools } from "./tools.ts";

/** Code scanning keeps so many results of an upload. */
const mostResults = 5_000;

/**
 * A branch and its pull requests have one category, so that GitHub compares them. What somebody ignores
 * is left out: code scanning would show it as open.
 * @returns what to say of it in the check; `undefined` where all is well.
 */
export async function shareFindings(
  client: GitHubClient,
  target: { readonly place: Place; readonly ref: string; readonly commit: string },
  review: Review,
  ignored: ReadonlySet<ReviewedFinding>,
  { rulebook, sites, version, log }: Pick<Tools, "rulebook" | "sites" | "version" | "log">,
): Promise<string | undefined> {
  const findings = review.introduced.filter((each) => !ignored.has(each)).slice(0, mostResults);
  const earlier = review.existing.slice(0, mostResults - findings.length);
  const sarif = renderSarif(
    {
      ...{ command: "review", version, rulebook, base: undefined, head: review.head },
      ...{ findings, earlier, suppressed: [], notices: [], skipped: [], seconds: 0 },
      problems: review.problems,
      coverage: review.coverage,
    },
    { category: "pyward/", isShort: true, rulePage: (name) => ruleAddress(sites, name) },
  );
  const { place, ref, commit } = target;
  const uploaded = await uploadSarif(client, place, { commit, ref, sarif });
  if (uploaded !== "done") log.info({ uploaded, ref }, "code scanning was not told");
  return wordsFor[uploaded];
}

const wordsFor: Readonly<Record<Uploaded, string | undefined>> = {
  done: undefined,
  "not granted":
    "Code scanning was not told: the App has no write access to code scanning alerts here.",
  "not available": "Code scanning was not told: it is not set up for this repository.",
  "too large": "Code scanning was not told: there are more findings than it takes.",
  failed: "Code scanning was not told: GitHub did not take the findings this time.",
};
