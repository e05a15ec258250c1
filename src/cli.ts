#!/usr/bin/env node
// `pyward`: the door at the terminal. What it opens is loaded only when it is asked for.

import { readFileSync } from "node:fs";

if (Number(process.versions.node.split(".")[0]) < 24) {
  process.stderr.write(`pyward: Node 24 or later is needed; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  const { main } = await import("./cli/main.ts");
  process.exitCode = await main(process.argv.slice(2), {
    version: readVersion(),
    loadEngine: async () => (await import("./load-engine.ts")).loadEngine(),
    serve: async () => {
      const { readSettings } = await import("./settings.ts");
      const settings = readSettings(process.env);
      if (!settings.ok) {
        const { UserMistake } = await import("./cli/user-mistake.ts");
        throw new UserMistake(...settings.faults);
      }
      await (await import("./app.ts")).serve(settings.settings);
    },
  });
}

/** From the manifest one folder up: the checkout's own, or the one that the build writes. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const isNamed = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isNamed ? String(manifest.version) : "unknown";
}
