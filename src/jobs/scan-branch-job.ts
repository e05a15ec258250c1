// The default branch moved: where a team tells code scanning, it is told what all of the branch holds, so
// that pull requests have something to be compared with. There is no check and no comment.

import { readBranch } from "../github/read-branch.ts";
import { readConfig } from "../github/read-config.ts";
import { mayUpload } from "../github/upload-sarif.ts";
import type { BranchAsk } from "./ask.ts";
import { OutOfTime } from "./reviewer.ts";
import { shareFindings } from "./share-findings.ts";
import type { Tools } from "./tools.ts";

/** Costs no request where the App may not upload, and one where the config does not ask for it. */
export async function scanBranchJob({ place, ref, head }: BranchAsk, tools: Tools): Promise<void> {
  const client = await tools.github.client(place.installation);
  if (!(await mayUpload(client))) return;
  const { config } = await readConfig(client, place, head, tools.configWords);
  if (!config.codeScanning) return;
  const change = await readBranch(client, place, head, tools.code.of(place));
  try {
    const review = await tools.reviewer.review(change, { files: [] }, config);
    await shareFindings(client, { place, ref, commit: head }, review, new Set(), tools);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    tools.log.warn({ ref, head }, "a branch is too large to be looked at as a whole");
  }
}
