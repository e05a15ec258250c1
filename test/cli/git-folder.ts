// A folder for one test, mostly a git repository, with files put there by their names.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Folder extends Disposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Commits everything; returns the commit id. */
  commit(): string;
}

/** An empty folder outside of any repository. */
export function aFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "pyward-test-")));
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: path,
      env: { ...process.env, ...identity },
      encoding: "utf8",
    });
  const folder: Folder = {
    path,
    git,
    write(all) {
      for (const [name, text] of Object.entries(all)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    commit() {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "a change");
      return git("rev-parse", "HEAD").trim();
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
  folder.write(files);
  return folder;
}

/** A repository on branch `main` whose first commit holds the files. */
export function aRepository(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  const folder = aFolder(files);
  folder.git("init", "--quiet", "--initial-branch=main");
  folder.commit();
  return folder;
}

const identity = {
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};
