// Reads what our pages are made of from the package's templates folder: templates, style, script.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A static file with its address under the root of our pages; the address holds a hash. */
export interface Asset {
  /** `pages.css`: the name in the templates folder. */
  readonly name: string;
  /** `assets/pages.1a2b3c4d5e.css`: changes with the content, so that it may be kept for ever. */
  readonly address: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface PageFiles {
  /** By name: `rule-page`, `partials/head`. */
  readonly templates: Readonly<Record<string, string>>;
  readonly assets: readonly Asset[];
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const pageTemplates = ["rule-page", "rules-index", "page-not-found"];

/** Reads them once, at start. Throws where the package is incomplete. */
export async function readPageFiles(): Promise<PageFiles> {
  const folder = findTemplates();
  const partials = (await readdir(join(folder, "partials")))
    .filter((file) => file.endsWith(".hbs"))
    .map((file) => `partials/${file.slice(0, -".hbs".length)}`);
  const sources = await Promise.all(
    [...pageTemplates, ...partials].map(
      async (name) => [name, await readFile(join(folder, `${name}.hbs`), "utf8")] as const,
    ),
  );
  const assets = await Promise.all(
    (await readdir(join(folder, "assets"))).map((name) => readAsset(folder, name)),
  );
  return { templates: Object.fromEntries(sources), assets };
}

/** The templates folder stands beside `src/`, also where the code runs from `dist/src/`. */
function findTemplates(): string {
  const found = ["../../templates", "../../../templates"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, "rule-page.hbs")));
  if (found === undefined) throw new Error("the templates folder of the package is missing");
  return found;
}

async function readAsset(folder: string, name: string): Promise<Asset> {
  const content = await readFile(join(folder, "assets", name));
  const dot = name.lastIndexOf(".");
  const type = types[name.slice(dot + 1)];
  if (type === undefined) throw new Error(`templates/assets/${name} is of no type we serve`);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return { name, address: `assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, type, content };
}
