// One path of a repository, as the contents API tells it: a file, a folder, or a file's bare bytes.

import { posix } from "node:path";
import type { Answer, Call } from "../call.ts";
import { apiOf } from "../call.ts";
import { readObjects, readTree, resolveCommit, type TreeEntry } from "../git.ts";
import { notFound, Refusal } from "../refusal.ts";
import { fullName } from "../world.ts";

export const rawType = "application/vnd.github.raw; charset=utf-8";
const megabyte = 1024 * 1024;
const mostListed = 1000;

export async function readContent(call: Call): Promise<Answer> {
  const { git } = call.repository;
  const ref = call.query.ref ?? call.repository.defaultBranch;
  const sha = await resolveCommit(git, ref);
  if (!sha) {
    const message = `No commit found for the ref ${ref}`;
    throw new Refusal(404, { message, documentation_url: "https://docs.github.com/rest" });
  }
  const path = (call.params.path ?? "").replace(/^\/+|\/+$/g, "");
  if (path.includes("../") || path.startsWith("..")) throw notFound();
  const entry = await entryAt(call, sha, path);
  if (entry?.type === "commit") return { body: submodule(call, ref, { ...entry, path }) };
  const isLink = entry?.mode === "120000";
  const [object] = await readObjects(git, [
    `${sha}:${isLink ? await followed(call, sha, path) : path}`,
  ]);
  if (!object && isLink) return { body: await link(call, sha, ref, { ...entry, path }) };
  if (!object) throw notFound();
  if (object.type === "tree") return folder(call, sha, ref, path);
  const bytes = object.bytes;
  if (call.media === "raw") return { raw: { content: bytes, type: rawType } };
  const inline = bytes.length <= megabyte;
  if (!inline && call.media !== "object") {
    const message =
      "This API returns blobs up to 1 MB in size. The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size.";
    const errors = [{ resource: "Blob", field: "data", code: "too_large" }];
    throw new Refusal(403, { message, errors, documentation_url: "https://docs.github.com/rest" });
  }
  return {
    body: {
      type: "file",
      encoding: inline ? "base64" : "none",
      content: inline ? `${wrapped(bytes)}\n` : "",
      ...facts(call, ref, { path, sha: object.sha, size: bytes.length, type: "blob" }),
    },
  };
}

async function entryAt(call: Call, sha: string, path: string): Promise<TreeEntry | undefined> {
  const [folder, name] = [posix.dirname(path), posix.basename(path)];
  const within = folder === "." ? sha : `${sha}:${folder}`;
  return (await readTree(call.repository.git, within, false))?.find((each) => each.path === name);
}

/** A link to a file of the repository is answered by that file. */
async function followed(call: Call, sha: string, path: string): Promise<string> {
  return posix.join(posix.dirname(path), await targetOf(call, sha, path));
}

async function targetOf(call: Call, sha: string, path: string): Promise<string> {
  const [object] = await readObjects(call.repository.git, [`${sha}:${path}`]);
  return object?.bytes.toString() ?? "";
}

/** One that leads elsewhere is answered by itself. */
async function link(call: Call, sha: string, ref: string, entry: TreeEntry) {
  return {
    type: "symlink",
    target: await targetOf(call, sha, entry.path),
    ...facts(call, ref, entry),
  };
}

function submodule(call: Call, ref: string, entry: TreeEntry) {
  const url = `${call.urls.html}/elsewhere/${posix.basename(entry.path)}.git`;
  return { type: "submodule", submodule_git_url: url, ...facts(call, ref, entry) };
}

async function folder(call: Call, sha: string, ref: string, path: string): Promise<Answer> {
  const entries = (await readTree(call.repository.git, `${sha}:${path}`, false)) ?? [];
  const listed = entries.slice(0, mostListed).map((entry) => {
    const full = path === "" ? entry.path : `${path}/${entry.path}`;
    return { type: kindOf(entry), ...facts(call, ref, { ...entry, path: full }) };
  });
  if (call.media !== "object") return { body: listed };
  const self = { path, sha, size: 0, type: "tree" } as const;
  return { body: { type: "dir", ...facts(call, ref, self), entries: listed } };
}

function kindOf(entry: TreeEntry): string {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === "120000" ? "symlink" : "file";
}

function facts(call: Call, ref: string, entry: Pick<TreeEntry, "path" | "sha" | "size" | "type">) {
  const encoded = entry.path.split("/").map(encodeURIComponent).join("/");
  const query = encodeURIComponent(ref);
  const url = `${apiOf(call)}/contents/${encoded}?ref=${query}`;
  const kind = entry.type === "tree" ? "tree" : "blob";
  const gitUrl = `${apiOf(call)}/git/${kind}s/${entry.sha}`;
  const html = `${call.urls.html}/${fullName(call.repository)}/${kind}/${query}/${encoded}`;
  const raw = `${call.urls.html}/${fullName(call.repository)}/raw/${query}/${encoded}`;
  return {
    name: entry.path.slice(entry.path.lastIndexOf("/") + 1),
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: entry.type === "blob" ? raw : null,
    _links: { self: url, git: gitUrl, html },
  };
}

/** Base64 in lines of 60 characters, as GitHub sends it. */
export function wrapped(bytes: Buffer): string {
  return bytes.toString("base64").replace(/(.{60})/g, "$1\n");
}
