// Findings for GitHub's code scanning, which shows them beside those of other tools.
// https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";
import { failureOf } from "./failure.ts";

export interface SarifUpload {
  /** Commit id, and the full name of what it is the tip of: `refs/pull/7/head`, `refs/heads/main`. */
  readonly commit: string;
  readonly ref: string;
  readonly sarif: string;
}

/**
 * `not granted`: the installation lets us upload nothing. `not available`: the repository has no code
 * scanning, which private ones have with GitHub Advanced Security only. `failed`: this time.
 */
export type Uploaded = "done" | "not granted" | "not available" | "too large" | "failed";

/** GitHub takes 10 MB, compressed. */
const largestUpload = 10_000_000;

const compress = promisify(gzip);

/** Never rejects: a review does not depend on it. What was uploaded before for the same ref is replaced. */
export async function uploadSarif(
  client: GitHubClient,
  { owner, repo }: Place,
  { commit, ref, sarif }: SarifUpload,
): Promise<Uploaded> {
  try {
    if (!(await mayUpload(client))) return "not granted";
    const compressed = await compress(sarif);
    if (compressed.length > largestUpload) return "too large";
    await client.rest.codeScanning.uploadSarif({
      ...{ owner, repo, ref, commit_sha: commit },
      sarif: compressed.toString("base64"),
      tool_name: "Pyward",
      request: { retries: 1 },
    });
    return "done";
  } catch (error) {
    return failureOf(error).kind === "final" ? "not available" : "failed";
  }
}

/** Told by the token, which we have anyway. */
export async function mayUpload(client: GitHubClient): Promise<boolean> {
  const token: unknown = await client.auth({ type: "installation" });
  if (typeof token !== "object" || token === null || !("permissions" in token)) return false;
  const { permissions } = token as { readonly permissions?: Readonly<Record<string, string>> };
  return permissions?.security_events === "write";
}
