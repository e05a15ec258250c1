// A commit of our own on a pull request's branch: made whole beside it, then the branch moves there, or not.

import type { Place } from "../jobs/ask.ts";
import { type GitHubClient, once } from "./client.ts";
import { failureOf, isStatus } from "./failure.ts";

export interface WantedCommit {
  readonly branch: string;
  /** The commit that it follows; if the branch is elsewhere by then nothing is done. */
  readonly parent: string;
  readonly message: string;
  /** Files that are there already, with their new texts. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

export type CommitOutcome =
  | { readonly kind: "committed"; readonly commit: string }
  /** Somebody else was faster. */
  | { readonly kind: "moved" }
  /** A rule of the branch, or the permissions of the App, forbid it. */
  | { readonly kind: "refused" };

/**
 * Five requests; nobody sees anything before the last one, which moves the branch forward and never back.
 * Files stay executable if they are. GitHub signs it, as long as it is given no author.
 * https://docs.github.com/en/rest/git/commits#create-a-commit
 */
export async function commitFiles(
  client: GitHubClient,
  { owner, repo }: Place,
  { branch, parent, message, files }: WantedCommit,
): Promise<CommitOutcome> {
  const at = { owner, repo };
  try {
    const before = await client.rest.git.getCommit({ ...at, commit_sha: parent });
    const whole = await client.rest.git.getTree({ ...at, tree_sha: parent, recursive: "true" });
    const executable = new Set(
      whole.data.tree.flatMap(({ path, mode }) => (mode === "100755" && path ? [path] : [])),
    );
    const tree = await client.rest.git.createTree({
      ...at,
      base_tree: before.data.tree.sha,
      tree: files.map(({ path, text }) => ({
        path,
        mode: executable.has(path) ? "100755" : "100644",
        type: "blob",
        content: text,
      })),
    });
    const made = await client.rest.git.createCommit({
      ...at,
      message,
      tree: tree.data.sha,
      parents: [parent],
    });
    await client.rest.git.updateRef({
      ...at,
      ref: `heads/${branch}`,
      sha: made.data.sha,
      force: false,
      request: once,
    });
    return { kind: "committed", commit: made.data.sha };
  } catch (error) {
    if (failureOf(error).kind !== "final") throw error;
    const isBehind = isStatus(error, 422) && /fast.forward/iu.test(String(error));
    return { kind: isBehind ? "moved" : "refused" };
  }
}

/** Has the owner given this installation write access to the code? `app` acts as the App itself. */
export async function mayCommit(app: GitHubClient, installation: number): Promise<boolean> {
  const { data } = await app.rest.apps.getInstallation({ installation_id: installation });
  return data.permissions.contents === "write";
}

/** `true` also where the branch is gone. */
export async function isProtected(
  client: GitHubClient,
  { owner, repo }: Place,
  branch: string,
): Promise<boolean> {
  try {
    return (await client.rest.repos.getBranch({ owner, repo, branch })).data.protected;
  } catch (error) {
    if (failureOf(error).kind === "final") return true;
    throw error;
  }
}
