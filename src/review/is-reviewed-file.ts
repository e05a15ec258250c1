// Which files of a change are read: Python, SQL that makes its tables, and configuration that may hold secrets.

import {
  type ConfigFileKind,
  configFileKind,
  isConfigFile,
  isKeyStore,
} from "../analysis/config-file.ts";
import { isDatabaseHint, isSqlFile } from "../analysis/database-file.ts";
import { isPythonFile } from "./is-python-file.ts";

/** Told by the name alone. Of a key store nothing but its name is looked at. */
export function isReviewedFile(path: string): boolean {
  return isCodeFile(path) || isConfigFile(path) || isKeyStore(path);
}

/** What is understood together with the code around it; configuration is read by itself. */
export function isCodeFile(path: string): boolean {
  return isPythonFile(path) || isSqlFile(path);
}

/** What is worth reading where it did not change: code, and what tells which database it runs on. */
export function isContextFile(path: string): boolean {
  return isCodeFile(path) || isDatabaseHint(path);
}

/** What a scan of a folder reads: everything at once, so that each says what it knows of the others. */
export function isScannedFile(path: string): boolean {
  return isReviewedFile(path) || isContextFile(path);
}

/**
 * The same where a team chose in which kinds of configuration secrets are looked for. Files that exist
 * to hold a secret (keys, `.netrc`, `.tfvars`) are of no kind, and always read.
 */
export function reviewedFiles(kinds: readonly ConfigFileKind[]): (path: string) => boolean {
  const chosen = new Set(kinds);
  return (path) => {
    if (!isReviewedFile(path) || isCodeFile(path)) return isReviewedFile(path);
    const kind = configFileKind(path);
    return kind === undefined || chosen.has(kind);
  };
}
