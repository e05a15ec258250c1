// A disk that fills up, or takes no more at all, as this process sees it. PGlite writes its files by these
// functions of Node's; what they throw then is what the operating system would say.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** `full`: what is there can be written over, nothing grows. `refusing`: nothing can be written. */
export type DiskState = "well" | "full" | "refusing";

let state: DiskState = "well";

export function setDisk(next: DiskState): void {
  state = next;
  watch();
}

let isWatched = false;

function watch(): void {
  if (isWatched) return;
  isWatched = true;
  const writeSync = fs.writeSync as (...args: readonly unknown[]) => number;
  fs.writeSync = ((...args: readonly unknown[]) => {
    const [file, , , length, position] = args as readonly (number | undefined)[];
    if (state !== "well" && isRefused(file ?? 0, (position ?? 0) + (length ?? 0))) throw noSpace();
    return writeSync(...args);
  }) as typeof fs.writeSync;
  const statfsSync = fs.statfsSync as (path: fs.PathLike) => fs.StatsFs;
  fs.statfsSync = ((path: fs.PathLike) => {
    const told = statfsSync(path);
    if (state !== "well") told.bavail = 0;
    return told;
  }) as typeof fs.statfsSync;
  syncBuiltinESMExports();
}

/** Terminals and pipes take what they are told. */
function isRefused(file: number, end: number): boolean {
  const told = fs.fstatSync(file);
  return told.isFile() && (state === "refusing" || end > told.size);
}

function noSpace(): Error {
  const error = new Error("ENOSPC: no space left on device, write");
  return Object.assign(error, { code: "ENOSPC", errno: -28, syscall: "write" });
}
