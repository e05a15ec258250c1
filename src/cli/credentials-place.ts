// Where the credentials of a new App are kept: one `.env` file, or a folder with that file and the key
// beside it. The place is taken before GitHub is asked, because what GitHub gives it gives once.

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { UserMistake } from "./user-mistake.ts";

export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Settings to stand beside them. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface CredentialsPlace {
  /** The `.env` file, absolute. */
  readonly file: string;
  /** Writes them; tells which files were written. */
  write(credentials: Credentials): readonly string[];
  /** Gives the place back, where nothing was written. */
  release(): void;
}

/**
 * @param path of a file; of a folder where one is there or the path ends with a slash.
 * Throws UserMistake where a file is there already: nothing is ever overwritten.
 */
export function takePlace(path: string): CredentialsPlace {
  const isFolder = /[/\\]$/u.test(path) || (existsSync(path) && statSync(path).isDirectory());
  const folder = resolve(path);
  const file = isFolder ? join(folder, ".env") : folder;
  const keyFile = isFolder ? join(folder, "pyward.pem") : undefined;
  const files = [file, ...(keyFile === undefined ? [] : [keyFile])];
  const taken: string[] = [];
  const release = () => {
    for (const each of taken.splice(0)) rmSync(each, { force: true });
  };
  try {
    if (isFolder) mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const each of files) {
      closeSync(openSync(each, "wx", 0o600));
      taken.push(each);
    }
  } catch (error) {
    release();
    throw explain(error, files);
  }
  return {
    file,
    release,
    write({ appId, privateKey, webhookSecret, settings }) {
      const key =
        keyFile === undefined
          ? { PRIVATE_KEY: JSON.stringify(privateKey) }
          : { PRIVATE_KEY_PATH: keyFile };
      if (keyFile !== undefined) writeFileSync(keyFile, privateKey);
      const all = { APP_ID: appId, WEBHOOK_SECRET: webhookSecret, ...key, ...settings };
      const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`);
      writeFileSync(file, lines.join(""));
      taken.length = 0;
      return files;
    },
  };
}

function explain(error: unknown, files: readonly string[]): UserMistake {
  const there = files.find((file) => existsSync(file));
  if (there !== undefined) {
    return new UserMistake(
      `${there} is there already and is not overwritten: name another place with --save.`,
    );
  }
  const why = error instanceof Error ? error.message : "unknown error";
  return new UserMistake(`Nothing can be written to ${files[0]}: ${why}.`);
}
