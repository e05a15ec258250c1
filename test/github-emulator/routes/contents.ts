// Reading what a repository holds: files, folders, blobs, trees, commits, comparisons, the whole as an archive.

import type { Answer, Call, Routes } from "../call.ts";
import { apiOf, linkHeader, paginate } from "../call.ts";
import { diffFiles, diffText } from "../diff.ts";
import { git, mergeBase, readCommits, readObjects, readTree, resolveCommit } from "../git.ts";
import { presentCommit, presentFile, presentGitCommit } from "../present/commit.ts";
import { presentFullRepository } from "../present/repository.ts";
import { diffTooLarge, notFound, Refusal, validationFailed } from "../refusal.ts";
import { findRepository, fullName, nodeId } from "../world.ts";
import { rawType, readContent, wrapped } from "./content.ts";

export const contentsRoutes: Routes = {
  "repos/get": (call) => ({ body: presentFullRepository(call, call.repository) }),
  "repos/get-content": readContent,

  "git/get-blob": async (call) => {
    const sha = call.params.file_sha ?? "";
    requireSha(sha);
    const [blob] = await readObjects(call.repository.git, [sha]);
    if (blob?.type !== "blob") throw notFound();
    if (call.media === "raw") return { raw: { content: blob.bytes, type: rawType } };
    return {
      body: {
        sha: blob.sha,
        node_id: nodeId("B", call.repository.id),
        size: blob.bytes.length,
        url: `${apiOf(call)}/git/blobs/${blob.sha}`,
        content: wrapped(blob.bytes),
        encoding: "base64",
      },
    };
  },

  "git/get-tree": async (call) => {
    const expression = call.params.tree_sha ?? "";
    const recursive = call.query.recursive !== undefined;
    const entries = await readTree(call.repository.git, expression, recursive);
    if (!entries) throw notFound();
    const tree = await git(call.repository.git, ["rev-parse", `${expression}^{tree}`]);
    const sha = tree.toString().trim();
    const listed = entries.slice(0, mostTreeEntries);
    return {
      body: {
        sha,
        url: `${apiOf(call)}/git/trees/${sha}`,
        tree: listed.map((entry) => ({
          path: entry.path,
          mode: entry.mode,
          type: entry.type,
          sha: entry.sha,
          ...(entry.size === undefined ? {} : { size: entry.size }),
          ...(entry.type === "commit"
            ? {}
            : { url: `${apiOf(call)}/git/${entry.type}s/${entry.sha}` }),
        })),
        truncated: listed.length < entries.length,
      },
    };
  },

  "git/get-commit": async (call) => {
    const sha = call.params.commit_sha ?? "";
    const [commit] = (await known(call, sha)) ? await readCommits(call.repository.git, sha, 1) : [];
    if (!commit) throw notFound();
    return { body: presentGitCommit(call, call.repository, commit) };
  },

  "git/get-ref": async (call) => {
    const ref = `refs/${call.params.ref}`;
    const sha = await resolveCommit(call.repository.git, ref);
    if (!sha) throw notFound();
    const url = `${apiOf(call)}/git/commits/${sha}`;
    const body = { ref, url: `${apiOf(call)}/git/${ref}`, object: { sha, type: "commit", url } };
    return { body: { ...body, node_id: nodeId("REF", call.repository.id) } };
  },

  "repos/get-commit": async (call) => {
    const ref = call.params.ref ?? "";
    const sha = await known(call, ref);
    if (!sha) {
      const message = `No commit found for SHA: ${ref}`;
      throw validationFailed({ resource: "Commit", field: "sha", code: "custom", message });
    }
    if (call.media === "sha") return { raw: { content: sha, type: "application/vnd.github.sha" } };
    const [commit] = await readCommits(call.repository.git, sha, 1);
    if (!commit) throw notFound();
    const before = commit.parents[0] ?? (await emptyTree(call));
    const files = await diffFiles(call.repository.git, before, sha);
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    return {
      body: {
        ...presentCommit(call, call.repository, commit),
        stats: { total: additions + deletions, additions, deletions },
        files: files.slice(0, 300).map((file) => presentFile(call, call.repository, sha, file)),
      },
    };
  },

  "repos/list-commits": async (call) => {
    const sha = await known(call, call.query.sha ?? call.repository.defaultBranch);
    if (!sha) throw notFound();
    const { path } = call.query;
    const commits = (await readCommits(call.repository.git, sha, undefined, path)).toReversed();
    return paginate(call, commits, (commit) => presentCommit(call, call.repository, commit));
  },

  "repos/compare-commits-with-basehead": compare,

  "repos/download-tarball-archive": async (call) => {
    const ref = call.params.ref || call.repository.defaultBranch;
    const sha = await known(call, ref);
    if (!sha) throw notFound();
    const location = `${call.urls.html}/_codeload/${fullName(call.repository)}/legacy.tar.gz/${sha}`;
    return { status: 302, headers: { location } };
  },
};

const mostTreeEntries = 100_000;
const mostFilesCompared = 300;

async function compare(call: Call): Promise<Answer> {
  const [baseLabel = "", headLabel = ""] = (call.params.basehead ?? "").split("...");
  const [base, head] = await Promise.all([labelled(call, baseLabel), labelled(call, headLabel)]);
  const { repository } = call;
  if (!base || !head) throw notFound();
  const meeting = await mergeBase(repository.git, base, head);
  if (!meeting) {
    const message = `No common ancestor between ${baseLabel} and ${headLabel}.`;
    throw new Refusal(404, { message, documentation_url: "https://docs.github.com/rest" });
  }
  const files = await diffFiles(repository.git, meeting, head);
  if (call.media === "diff") {
    if (files.length > mostFilesCompared) throw diffTooLarge();
    const content = await diffText(repository.git, meeting, head);
    return { raw: { content, type: "application/vnd.github.diff; charset=utf-8" } };
  }
  const [ahead, behind, baseCommit, meetingCommit] = await Promise.all([
    readCommits(repository.git, `${base}..${head}`),
    readCommits(repository.git, `${head}..${base}`),
    readCommits(repository.git, base, 1),
    readCommits(repository.git, meeting, 1),
  ]);
  const perPage = Math.min(250, Number(call.query.per_page ?? 250));
  const page = Number(call.query.page ?? 1);
  const show = (commit: (typeof ahead)[number] | undefined) =>
    commit && presentCommit(call, repository, commit);
  const range = `${base}...${head}`;
  const html = `${call.urls.html}/${fullName(repository)}/compare/${range}`;
  return {
    headers: linkHeader(call, page, Math.max(1, Math.ceil(ahead.length / perPage))),
    body: {
      url: `${apiOf(call)}/compare/${range}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: show(baseCommit[0]),
      merge_base_commit: show(meetingCommit[0]),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: ahead.slice((page - 1) * perPage, page * perPage).map(show),
      // The files of the whole comparison stand on the first page only.
      ...(page === 1 && {
        files: files
          .slice(0, mostFilesCompared)
          .map((file) => presentFile(call, repository, head, file)),
      }),
    },
  };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

/** `branch`, `sha` or `owner:branch` of a fork, whose commits this repository must already have. */
async function labelled(call: Call, label: string): Promise<string | undefined> {
  const [, owner, ref] = /^([^:]+):(.+)$/.exec(label) ?? [];
  if (owner === undefined || ref === undefined) return known(call, label);
  const fork = [...call.world.repositories.values()].find(
    (each) =>
      each.owner.login.toLowerCase() === owner.toLowerCase() &&
      (each === call.repository || each.parent === call.repository),
  );
  const sha = fork && (await resolveCommit(fork.git, `refs/heads/${ref}`));
  return sha && known(call, sha);
}

function known(call: Call, expression: string): Promise<string | undefined> {
  return resolveCommit(call.repository.git, expression);
}

async function emptyTree(call: Call): Promise<string> {
  const made = await git(call.repository.git, ["hash-object", "-t", "tree", "-w", "--stdin"]);
  return made.toString().trim();
}

function requireSha(sha: string): void {
  if (/^[0-9a-f]{40}$/.test(sha)) return;
  const message = "The sha parameter must be exactly 40 characters and contain only [0-9a-f].";
  throw new Refusal(422, { message, documentation_url: "https://docs.github.com/rest" });
}

/** The archive behind a tarball's redirect. */
export async function archive(
  call: Pick<Call, "world">,
  path: string,
): Promise<Buffer | undefined> {
  const [, owner = "", name = "", sha = ""] =
    /^\/_codeload\/([^/]+)\/([^/]+)\/legacy\.tar\.gz\/([0-9a-f]{40})$/.exec(path) ?? [];
  const repository = findRepository(call.world, owner, name);
  if (!repository) return undefined;
  const prefix = `${owner}-${name}-${sha.slice(0, 7)}/`;
  return git(repository.git, ["archive", "--format=tar.gz", `--prefix=${prefix}`, sha]);
}
