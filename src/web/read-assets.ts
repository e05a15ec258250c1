// Reads the style and the script of our pages from the package's templates folder.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A static file with its address under the root of our pages; the address holds a hash. */
export interface Asset {
  /** `pages.css`: the name in the folder. */
  readonly name: string;
  /** `assets/pages.1a2b3c4d5e.css`: changes with the content, so that it may be kept for ever. */
  readonly address: string;
  readonly type: string;
  readonly content: Buffer;
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** Reads them once, at start. Throws where the package is incomplete. */
export async function readAssets(): Promise<readonly Asset[]> {
  const folder = findAssets();
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).toSorted();
  return Promise.all(names.map((name) => readAsset(folder, name)));
}

/** The templates folder stands beside `src/`, also where the code runs from `dist/src/`. */
function findAssets(): string {
  const found = ["../../templates/assets", "../../../templates/assets"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error("templates/assets of the package is missing");
  return found;
}

async function readAsset(folder: string, name: string): Promise<Asset> {
  const content = await readFile(join(folder, name));
  const dot = name.lastIndexOf(".");
  const type = types[name.slice(dot + 1)];
  if (type === undefined) throw new Error(`templates/assets/${name} is of no type we serve`);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return { name, address: `assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, type, content };
}
