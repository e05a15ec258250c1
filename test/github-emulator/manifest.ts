// Reads app.yml: what the App asks of GitHub is what the emulator grants.

import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { Permissions } from "./world.ts";

export interface AppManifest {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

/** The permissions and events of a manifest; throws where the file is missing or is none. */
export async function readAppManifest(path: string): Promise<AppManifest> {
  const { default_permissions, default_events } = manifest.parse(
    parse(await readFile(path, "utf8")),
  );
  return { permissions: default_permissions, events: default_events };
}
