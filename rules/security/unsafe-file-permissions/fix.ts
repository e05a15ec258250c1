// The same mode without what it gives to everybody, in the way it is written.

import { argumentAt, codeOf, type Fault, type Fix, fixOf } from "#rule";

const positions: ReadonlyMap<string, number> = new Map([
  ["os.chmod", 1],
  ["os.lchmod", 1],
  ["os.fchmod", 1],
  ["pathlib.Path.chmod", 0],
  ["pathlib.Path.lchmod", 0],
  ["paramiko.SFTPClient.chmod", 1],
]);

export function fixOfMode({ at, node, paths }: Fault): Fix | undefined {
  if (node?.kind !== "call") return undefined;
  const isMask = paths.includes("os.umask");
  const position = isMask
    ? 0
    : paths.map((path) => positions.get(path)).find((each) => each !== undefined);
  if (position === undefined) return undefined;
  const mode = argumentAt(node, isMask ? "mask" : "mode", position)?.value;
  if (mode?.kind !== "number" || mode.isFloat) return undefined;
  const { start, end } = mode;
  const isOctal = /^0o[0-7]+$/iu.test(codeOf({ module: at.module, start, end }));
  if (!isOctal && mode.value !== 0) return undefined;
  // Others may no longer write; where it is a secret that they can read, it is its owner's alone.
  const bits = isMask
    ? 0o077
    : (mode.value & 0o002) !== 0
      ? mode.value & ~0o022
      : mode.value & ~0o077;
  return fixOf({ start, end, text: `0o${bits.toString(8).padStart(3, "0")}` });
}
