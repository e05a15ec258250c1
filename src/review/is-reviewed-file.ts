// Which files of a change are read: Python, and configuration that may hold secrets.

import {
  type ConfigFileKind,
  configFileKind,
  isConfigFile,
  isKeyStore,
} from "../analysis/config-file.ts";
import { isPythonFile } from "./is-python-file.ts";

/** Told by the name alone. Of a key store nothing but its name is looked at. */
export function isReviewedFile(path: string): boolean {
  return isPythonFile(path) || isConfigFile(path) || isKeyStore(path);
}

/**
 * The same where a team chose in which kinds of configuration secrets are looked for. Files that exist
 * to hold a secret (keys, `.netrc`, `.tfvars`) are of no kind, and always read.
 */
export function reviewedFiles(kinds: readonly ConfigFileKind[]): (path: string) => boolean {
  const chosen = new Set(kinds);
  return (path) => {
    if (!isReviewedFile(path) || isPythonFile(path)) return isReviewedFile(path);
    const kind = configFileKind(path);
    return kind === undefined || chosen.has(kind);
  };
}
