// Pyward's own version: `0.1.0`.

import { readFileSync } from "node:fs";

/** From the manifest one folder up: the checkout's own, or the one that the build writes. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const isNamed = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isNamed ? String(manifest.version) : "unknown";
}
