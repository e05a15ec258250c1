// The list of a commit's files, with git's name for the bytes of each.

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";

export interface ListedFile {
  readonly path: string;
  /** Git's name for its bytes. */
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
}

export interface Listing {
  /** Regular files only. */
  readonly files: readonly ListedFile[];
  /** Paths of symbolic links and submodules, which have names like files but no text of their own. */
  readonly links: ReadonlySet<string>;
  /** GitHub lists at most 100,000 entries, or 7 MB. */
  readonly isCut: boolean;
}

/**
 * One request; asked once more where GitHub fails.
 * https://docs.github.com/en/rest/git/trees#get-a-tree
 */
export async function readTree(
  client: GitHubClient,
  { owner, repo }: Place,
  commit: string,
): Promise<Listing> {
  const { data } = await client.rest.git.getTree({
    owner,
    repo,
    tree_sha: commit,
    recursive: "true",
    request: { retries: 1 },
  });
  const files = data.tree.flatMap(({ mode = "", path, sha, size = 0 }) =>
    mode.startsWith("100") && path !== undefined && sha ? [{ path, blob: sha, size }] : [],
  );
  const links = data.tree.flatMap(({ mode, path }) =>
    path !== undefined && (mode === "120000" || mode === "160000") ? [path] : [],
  );
  return { files, links: new Set(links), isCut: data.truncated };
}
