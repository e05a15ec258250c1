// Commits, changed files and trees' objects as the API shows them.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import type { FileDiff } from "../diff.ts";
import type { CommitFacts, Signature } from "../git.ts";
import type { Repository } from "../world.ts";
import { fullName, nodeId } from "../world.ts";

export function presentCommit(scene: Scene, repository: Repository, commit: CommitFacts) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}`;
  const html = `${scene.urls.html}/${fullName(repository)}`;
  return {
    sha: commit.sha,
    node_id: nodeId("C", repository.id),
    commit: {
      author: presentSignature(commit.author),
      committer: presentSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

export function presentGitCommit(scene: Scene, repository: Repository, commit: CommitFacts) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}`;
  const html = `${scene.urls.html}/${fullName(repository)}`;
  return {
    sha: commit.sha,
    node_id: nodeId("C", repository.id),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: presentSignature(commit.author),
    committer: presentSignature(commit.committer),
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: unsigned,
  };
}

/** As check suites and merge groups carry it. */
export function presentSimpleCommit(commit: CommitFacts) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: timestamp(commit.committer.date),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

/** As `push` carries it. */
export function presentPushedCommit(
  scene: Scene,
  repository: Repository,
  commit: CommitFacts,
  files: readonly FileDiff[],
) {
  const having = (...statuses: FileDiff["status"][]) =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: timestamp(commit.committer.date),
    url: `${scene.urls.html}/${fullName(repository)}/commit/${commit.sha}`,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: having("added"),
    removed: having("removed"),
    modified: having("modified", "renamed", "changed"),
  };
}

/** An entry of a pull request's, a commit's or a comparison's list of files. */
export function presentFile(scene: Scene, repository: Repository, head: string, file: FileDiff) {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const name = fullName(repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${scene.urls.html}/${name}/blob/${head}/${path}`,
    raw_url: `${scene.urls.html}/${name}/raw/${head}/${path}`,
    contents_url: `${scene.urls.api}/repos/${name}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

function presentSignature(signature: Signature) {
  return { name: signature.name, email: signature.email, date: timestamp(signature.date) };
}

const unsigned = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};
