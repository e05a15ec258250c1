// Reads what Pyward knows from the package's own folder `rules`: pages, examples, models of libraries.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../rules/index.ts";
import { type OtherTool, parseOtherTools } from "./analysis/other-tools.ts";
import { makeRulebook, type Rulebook } from "./analysis/rulebook.ts";
import type { ModelFile } from "./flow/models.ts";

/**
 * Reads every rule of `rules/index.ts` with its page and examples.
 * Throws one error that names each fault with file and line.
 */
export async function readRulebook(): Promise<Rulebook> {
  const folder = await findRules();
  const read = rules.map(async ([name, rule]) => {
    const place = join(folder, name);
    const [readme, examples] = await Promise.all([
      readIfThere(join(place, "README.md")),
      readBelow(place, ".py", ".env", ".txt", ".toml", ".lock", "Dockerfile", ".yaml"),
    ]);
    return { name, rule, readme, examples };
  });
  return makeRulebook(await Promise.all(read));
}

/** Reads the models of libraries, in the order of their names. */
export async function readModels(): Promise<readonly ModelFile[]> {
  const files = await readBelow(join(await findRules(), "models"), ".yaml");
  return files.map(({ path, text }) => ({ path: `rules/models/${path}`, text }));
}

/** Reads which rules of other tools ours answer to. */
export async function readOtherTools(): Promise<readonly OtherTool[]> {
  return parseOtherTools(await readFile(join(await findRules(), "other-tools.yaml"), "utf8"));
}

/**
 * The folder `rules` beside the nearest package.json: the same one for `src/` and for `dist/src/`,
 * since pages, examples and models are not compiled.
 */
async function findRules(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while ((await readIfThere(join(folder, "package.json"))) === undefined) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.url}`);
    folder = parent;
  }
  return join(folder, "rules");
}

/** Paths are relative to `folder`, with `/`, sorted. A folder that is not there is empty. */
async function readBelow(
  folder: string,
  ...endings: readonly string[]
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(orAbsent);
  const paths = (found ?? [])
    .filter((file) => file.isFile() && endings.some((ending) => file.name.endsWith(ending)))
    .map((file) => relative(folder, join(file.parentPath, file.name)).split(sep).join("/"))
    .toSorted();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(folder, path), "utf8") })),
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(orAbsent);
}

function orAbsent(cause: unknown): undefined {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
  throw cause;
}
