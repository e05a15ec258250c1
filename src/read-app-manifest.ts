// Reads app.yml of the package: what Pyward asks of GitHub.

import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { z } from "zod";

export interface AppManifest {
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly events: readonly string[];
}

/** Throws where the package is incomplete. */
export async function readAppManifest(): Promise<AppManifest> {
  // Beside `src`, and beside `dist/src` in the package that is built.
  const text = await readFile(new URL("../app.yml", import.meta.url), "utf8");
  return manifest.parse(load(text));
}

const manifest = z
  .object({
    name: z.string(),
    description: z.string(),
    public: z.boolean(),
    default_permissions: z.record(z.string(), z.enum(["read", "write"])),
    default_events: z.array(z.string()),
  })
  .transform(
    ({ name, description, ...rest }): AppManifest => ({
      ...{ name, description, isPublic: rest.public },
      permissions: rest.default_permissions,
      events: rest.default_events,
    }),
  );
