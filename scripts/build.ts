// Makes the npm package: `dist` is this tree once more, compiled, for a Node that runs no TypeScript
// below node_modules.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

rmSync(dist, { recursive: true, force: true });
compile();
copyData();
writeManifest();
// npm does so for `bin` when it installs; a linked checkout has only this.
chmodSync(join(dist, "src", "cli.js"), 0o755);

function compile(): void {
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  execFileSync(process.execPath, [compiler, "--project", join(root, "tsconfig.build.json")], {
    cwd: root,
    stdio: "inherit",
  });
}

/** Pages, examples, models, templates and the App's manifest: read from beside the code as ever. */
function copyData(): void {
  const isData = (path: string): boolean => !path.endsWith(".ts");
  cpSync(join(root, "rules"), join(dist, "rules"), { recursive: true, filter: isData });
  cpSync(join(root, "templates"), join(dist, "templates"), { recursive: true });
  cpSync(join(root, "app.yml"), join(dist, "app.yml"));
}

/** The nearest manifest decides what `#rule` means; this one lets it mean the compiled file. */
function writeManifest(): void {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  const manifest = {
    name,
    version,
    private: true,
    type: "module",
    imports: { "#rule": "./src/analysis/rule-kit.js" },
  };
  writeFileSync(join(dist, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
