// Temporary folders that go when the file's tests are over: an embedded store weighs 40 MB.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own under the system's temporary one. */
export function aFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pyward-${name}-`));
  folders.push(folder);
  return folder;
}

/** A data folder whose embedded store is empty; to open it is as if it was made at this moment. */
export function aDataFolder(name: string): string {
  const folder = aFolder(name);
  cpSync(inject("emptyStore"), folder, { recursive: true });
  return folder;
}
