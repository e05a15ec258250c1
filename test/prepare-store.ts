// Run once before all tests: makes the empty cluster of an embedded store. To make one costs three
// seconds of a processor, to copy it a twentieth; tests that are about the first start make their own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of a data folder whose store has no tables yet. */
    emptyStore: string;
  }
}

/** Called by vitest; what it returns is called when all tests are over. */
export default async function prepareStore(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "pyward-empty-store-"));
  const cluster = await PGlite.create(join(folder, "database"));
  await cluster.close();
  project.provide("emptyStore", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
