// Real bare repositories behind the emulator: every diff, merge base and rename is git's own.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askGit, type GitRepository, git } from "./git-process.ts";

export { askGit, type GitRepository, git } from "./git-process.ts";

export interface CommitToMake {
  readonly message: string;
  /** Changes on top of the commit before: path -> content; `null` deletes the file. */
  readonly files: Readonly<Record<string, FileToMake>>;
  readonly author?: { readonly name: string; readonly email: string };
  readonly date?: Date;
}

/** What a symbolic link leads to, or the commit of another repository that a submodule stands at. */
export type FileToMake =
  | string
  | Uint8Array
  | null
  | { readonly link: string }
  | { readonly submodule: string };

export interface CommitFacts {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  /** Bytes; `undefined` for trees and submodules. */
  readonly size: number | undefined;
  readonly path: string;
}

/** Makes an empty bare repository; `borrowFrom` are folders of objects it may read as its own. */
export async function createBareRepository(
  dir: string,
  defaultBranch: string,
  borrowFrom: readonly string[] = [],
): Promise<GitRepository> {
  await mkdir(dir, { recursive: true });
  const repository = { dir };
  await git(repository, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, "."]);
  if (borrowFrom.length > 0) {
    await writeFile(join(dir, "objects/info/alternates"), `${borrowFrom.join("\n")}\n`);
  }
  return repository;
}

/** Makes commits on top of `parent` (or a first one) and returns the last one's id; moves no branch. */
export async function makeCommits(
  repository: GitRepository,
  parent: string | undefined,
  commits: readonly CommitToMake[],
  dateOf: (commit: CommitToMake) => Date,
): Promise<string> {
  if (commits.length === 0 && parent) return parent;
  const ref = `refs/emulator/${crypto.randomUUID()}`;
  const stream: Buffer[] = [];
  const say = (text: string) => stream.push(Buffer.from(text));
  const data = (content: string | Uint8Array) => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    say(`data ${bytes.length}\n`);
    stream.push(Buffer.from(bytes));
    say("\n");
  };
  commits.forEach((commit, index) => {
    const author = commit.author ?? { name: "Ada Author", email: "ada@example.com" };
    const when = `${author.name} <${author.email}> ${Math.floor(dateOf(commit).getTime() / 1000)} +0000\n`;
    say(`commit ${ref}\nauthor ${when}committer ${when}`);
    data(commit.message);
    if (index === 0 && parent) say(`from ${parent}\n`);
    for (const [path, content] of Object.entries(commit.files)) {
      if (content === null) say(`D ${quoted(path)}\n`);
      else if (typeof content === "object" && "submodule" in content) {
        say(`M 160000 ${content.submodule} ${quoted(path)}\n`);
      } else {
        const isLink = typeof content === "object" && "link" in content;
        say(`M ${isLink ? "120000" : "100644"} inline ${quoted(path)}\n`);
        data(isLink ? content.link : content);
      }
    }
  });
  await git(repository, ["fast-import", "--quiet"], Buffer.concat(stream));
  const made = (await git(repository, ["rev-parse", ref])).toString().trim();
  await git(repository, ["update-ref", "-d", ref]);
  return made;
}

/** A tree with some files as told, the others as in `base`; returns its id. */
export async function makeTree(
  repository: GitRepository,
  base: string | undefined,
  files: readonly { readonly path: string; readonly mode: string; readonly content: string }[],
): Promise<string> {
  const ref = `refs/emulator/${crypto.randomUUID()}`;
  const stream: Buffer[] = [
    Buffer.from(`commit ${ref}\ncommitter A <a@example.com> 0 +0000\ndata 0\n`),
  ];
  if (base !== undefined) stream.push(Buffer.from(`M 040000 ${base} ""\n`));
  for (const { path, mode, content } of files) {
    const bytes = Buffer.from(content);
    stream.push(Buffer.from(`M ${mode} inline ${quoted(path)}\ndata ${bytes.length}\n`), bytes);
    stream.push(Buffer.from("\n"));
  }
  await git(repository, ["fast-import", "--quiet"], Buffer.concat(stream));
  const made = (await git(repository, ["rev-parse", `${ref}^{tree}`])).toString().trim();
  await git(repository, ["update-ref", "-d", ref]);
  return made;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

/** The commit an expression (branch, tag, id) means, if there is one. */
export async function resolveCommit(
  repository: GitRepository,
  expression: string,
): Promise<string | undefined> {
  if (expression.startsWith("-")) return undefined;
  const found = await askGit(repository, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${expression}^{commit}`,
  ]);
  return found?.toString().trim();
}

/** The merge base of two commits, if their histories meet. */
export async function mergeBase(
  repository: GitRepository,
  one: string,
  other: string,
): Promise<string | undefined> {
  return (await askGit(repository, ["merge-base", one, other]))?.toString().trim();
}

export async function isAncestor(
  repository: GitRepository,
  ancestor: string,
  commit: string,
): Promise<boolean> {
  const asked = ["merge-base", "--is-ancestor", ancestor, commit];
  return (await askGit(repository, asked)) !== undefined;
}

/** Commits of a range (`a..b` or one id), oldest first. */
export async function readCommits(
  repository: GitRepository,
  range: string,
  limit?: number,
  path?: string,
): Promise<readonly CommitFacts[]> {
  const format = "%H%n%T%n%P%n%an%n%ae%n%at%n%cn%n%ce%n%ct%n%B";
  const args = [
    "log",
    "-z",
    `--format=${format}`,
    ...(limit ? [`--max-count=${limit}`] : []),
    range,
  ];
  const text = (await git(repository, [...args, "--", ...(path ? [path] : [])])).toString();
  return text
    .split("\0")
    .filter((record) => record !== "")
    .map(parseCommit)
    .reverse();
}

/** The entries of a tree, all below it when `recursive`; `undefined` where there is no such tree. */
export async function readTree(
  repository: GitRepository,
  treeish: string,
  recursive: boolean,
): Promise<readonly TreeEntry[] | undefined> {
  if (treeish.startsWith("-")) return undefined;
  const how = recursive ? ["-r", "-t"] : [];
  const listing = await askGit(repository, ["ls-tree", "-l", "-z", "--full-tree", ...how, treeish]);
  return listing
    ?.toString()
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
      return {
        mode,
        type: type === "tree" || type === "commit" ? type : "blob",
        sha,
        size: size === "-" ? undefined : Number(size),
        path: line.slice(tab + 1),
      };
    });
}

/** The object at `commit:path` or of that id, with its bytes if it is a file. */
export async function readObjects(
  repository: GitRepository,
  expressions: readonly string[],
): Promise<readonly ({ sha: string; type: string; bytes: Buffer } | undefined)[]> {
  const usable = expressions.map((each) => (/[\n\0]/.test(each) ? "0".repeat(40) : each));
  const output = await git(repository, ["cat-file", "--batch"], `${usable.join("\n")}\n`);
  let at = 0;
  return usable.map(() => {
    const end = output.indexOf(10, at);
    const header = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(output.toString("utf8", at, end));
    at = end + 1;
    if (!header) return undefined;
    const [, sha = "", type = "", size = ""] = header;
    const bytes = output.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return { sha, type, bytes };
  });
}

/** What a clean merge of two commits would be, as a new commit; `undefined` where they conflict. */
export async function makeMerge(
  repository: GitRepository,
  into: string,
  from: string,
  message: string,
  date: Date,
): Promise<string | undefined> {
  const tree = await askGit(repository, ["merge-tree", "--write-tree", into, from]);
  if (!tree) return undefined;
  const seconds = Math.floor(date.getTime() / 1000);
  const commit = [
    `tree ${tree.toString().trim()}`,
    `parent ${into}`,
    `parent ${from}`,
    `author GitHub <noreply@example.com> ${seconds} +0000`,
    `committer GitHub <noreply@example.com> ${seconds} +0000`,
    "",
    `${message}\n`,
  ].join("\n");
  const made = await git(repository, ["hash-object", "-t", "commit", "-w", "--stdin"], commit);
  return made.toString().trim();
}

function parseCommit(record: string): CommitFacts {
  const [sha = "", tree = "", parents = "", an = "", ae = "", at = "", cn = "", ce = "", ct = ""] =
    record.split("\n", 9);
  const message = record.split("\n").slice(9).join("\n").trimEnd();
  return {
    sha,
    tree,
    parents: parents.split(" ").filter((each) => each !== ""),
    author: { name: an, email: ae, date: new Date(Number(at) * 1000) },
    committer: { name: cn, email: ce, date: new Date(Number(ct) * 1000) },
    message,
  };
}
