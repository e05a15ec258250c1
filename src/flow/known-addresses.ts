// Addresses taken apart: what is learnt of the host is learnt of where the address leads.
// https://docs.python.org/3/library/urllib.parse.html

import { transformed } from "./carry.ts";
import { newObject } from "./containers.ts";
import type { KnownCall, KnownCalls } from "./known-call.ts";
import type { Value } from "./value.ts";

export const addressCalls: KnownCalls = new Map(
  Object.entries({
    "urllib.parse.urlparse": takeApart,
    "urllib.parse.urlsplit": takeApart,
  }),
);

/** The parts that say which host an address leads to. */
const hostParts = ["netloc", "hostname"] as const;

/** `urlparse(x).hostname in HOSTS` fixes where x leads, and says nothing else of x. */
function takeApart({ frame, given }: KnownCall): Value | undefined {
  const address = given.positional[0]?.value ?? given.keywords.get("url")?.value;
  if (!address || address.labels.length === 0) return undefined;
  const { models } = frame.machine;
  const entries = new Map<string, Value>();
  for (const part of hostParts) {
    const value = transformed(frame, address.labels, 0, ["str"]);
    frame.machine.noteSame(
      value.symbol,
      address.symbol,
      models.bit("url") | models.bit("redirect"),
    );
    entries.set(part, value);
  }
  const parts = newObject(
    frame,
    { kind: "instance", items: undefined, entries, rest: undefined, isClosed: false },
    ["urllib.parse.ParseResult"],
  );
  return { ...parts, labels: transformed(frame, address.labels, 0).labels };
}
