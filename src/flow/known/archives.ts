// Archives: what is learnt of each member's name is learnt of the archive.
// https://docs.python.org/3/library/tarfile.html, https://docs.python.org/3/library/zipfile.html

import { carry, transformed } from "../calls/carry.ts";
import { noteOnlyPart } from "../guards/path-facts.ts";
import type { Label, Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const archiveCalls: KnownCalls = new Map([
  ["tarfile.open", open],
  ...[
    "tarfile.TarFile.getmembers",
    "tarfile.TarFile.getnames",
    "zipfile.ZipFile.infolist",
    "zipfile.ZipFile.namelist",
  ].map((path) => [path, members] as const),
]);

/** Who names a file that lies on the server has not packed it; who sent or named one of their own has. */
const packers: ReadonlySet<string> = new Set(["http-upload", "http-file", "cli-input"]);

function open({ frame, given }: KnownCall): Value | undefined {
  const file = given.keywords.get("fileobj")?.value ?? given.positional[2]?.value;
  const name = given.keywords.get("name")?.value ?? given.positional[0]?.value;
  const named = name?.labels.filter(({ source }) => packers.has(source.concept)) ?? [];
  if (named.length === 0) return undefined;
  const labels = [...named, ...(file?.labels ?? [])];
  return transformed(frame, labels, 0, ["tarfile.TarFile"]);
}

function isFile({ source }: Label): boolean {
  return source.concept === "http-file";
}

function members({ frame, receiver, given }: KnownCall): Value | undefined {
  if (!receiver) return undefined;
  const list = carry(receiver, given, 0, frame);
  noteOnlyPart(frame, list, [receiver]);
  // A member's name is not the one under which the archive itself was sent.
  const bit = frame.machine.models.bit("upload-name");
  // Whoever packed it chose the names, whatever the archive itself is called or read from.
  const open = frame.machine.models.bit("path");
  const labels = list.labels.map((label) => ({
    ...label,
    source: isFile(label) ? { ...label.source, concept: "http-upload" } : label.source,
    cleared: (label.cleared | bit) & ~open,
  }));
  return { ...list, labels };
}
