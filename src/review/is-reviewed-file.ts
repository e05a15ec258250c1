// Which files of a change are read: Python, and configuration that may hold secrets.

import { isConfigFile, isKeyStore } from "../analysis/config-file.ts";
import { isPythonFile } from "./is-python-file.ts";

/** Told by the name alone. Of a key store nothing but its name is looked at. */
export function isReviewedFile(path: string): boolean {
  return isPythonFile(path) || isConfigFile(path) || isKeyStore(path);
}
