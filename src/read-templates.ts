// Reads the templates that the rendering room may not fetch itself.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Every template by its name: the path under `templates/` without its ending, such as `help` or
 * `partials/head`. Found from the checkout (`src/`) and from the built package (`dist/src/`).
 */
export async function readTemplates(): Promise<Readonly<Record<string, string>>> {
  const folder = templatesFolder();
  const files = await readdir(folder, { recursive: true });
  const templates = files
    .filter((file) => file.endsWith(".hbs"))
    .toSorted()
    .map(async (file) => {
      const name = file.slice(0, -".hbs".length).replaceAll(path.sep, "/");
      return [name, await readFile(path.join(folder, file), "utf8")] as const;
    });
  return Object.fromEntries(await Promise.all(templates));
}

function templatesFolder(): string {
  const candidates = ["../templates", "../../templates"].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  const found = candidates.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`the templates are missing: looked in ${candidates}`);
  return found;
}
