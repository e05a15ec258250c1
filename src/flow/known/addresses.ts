// Addresses taken apart: what is learnt of the host is learnt of where the address leads.
// https://docs.python.org/3/library/urllib.parse.html

import { transformed } from "../calls/carry.ts";
import { answersOfLookUp, newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { allBits } from "../models.ts";
import { learn } from "../values/state.ts";
import { labelledValue, labelsOf, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const addressCalls: KnownCalls = new Map(
  Object.entries({
    "urllib.parse.urlparse": takeApart,
    "urllib.parse.urlsplit": takeApart,
    "httpx.URL": takeApart,
    "yarl.URL": takeApart,
    "urllib.parse.urljoin": join,
    "ipaddress.IPv4Address": readAddress,
    "socket.gethostbyname": lookUp,
    "socket.getaddrinfo": lookUpAll,
  }),
);

/** `urljoin(base, x)` leads where x leads, if x says so, and else to the base. */
function join({ frame, given }: KnownCall): Value | undefined {
  const base = given.positional[0]?.value ?? given.keywords.get("base")?.value;
  const address = given.positional[1]?.value ?? given.keywords.get("url")?.value;
  if (!base || !address || address.labels.length === 0) return undefined;
  const { models } = frame.machine;
  const bits = models.bit("url") | models.bit("redirect");
  // What begins with a folder of ours names no host.
  const isBelow = /^\/[^/\\]/u.test(address.prefix ?? "");
  const said = address.labels.map((label) => ({
    ...label,
    cleared: isBelow ? label.cleared | bits : label.cleared,
  }));
  const labels = labelsOf({ ...address, labels: said }, base);
  const joined = transformed(frame, labels, 0, ["str"]);
  frame.machine.identities.noteSame(joined.symbol, address.symbol, bits);
  return joined;
}

/** Raises on what is no address: a text of digits, dots and colons, which leads wherever it says. */
function readAddress({ frame, given }: KnownCall): Value | undefined {
  const text = given.positional[0]?.value ?? given.keywords.get("address")?.value;
  if (!text || !frame.state) return undefined;
  const { models } = frame.machine;
  const harmless = allBits & ~models.bit("url");
  learn(frame.state, frame.machine.identities.factsAbout(text.symbol, harmless));
  return sameHost(frame, text, ["ipaddress.IPv4Address"]);
}

function lookUp({ frame, given }: KnownCall): Value | undefined {
  const host = given.positional[0]?.value;
  return host && sameHost(frame, host, ["str"]);
}

/** A list of answers, whose parts are addresses of the host: what is learnt of each is learnt of the host. */
function lookUpAll({ frame, given }: KnownCall): Value | undefined {
  const host = given.positional[0]?.value;
  return host && sameHost(frame, host, [answersOfLookUp]);
}

/** Another way of writing a host: what is learnt of where it leads is learnt of the host. */
function sameHost(frame: Frame, host: Value, types: readonly string[]): Value {
  const bit = frame.machine.models.bit("url");
  const { labels } = transformed(frame, host.labels, 0);
  const value = labelledValue(
    labels.map((label) => ({ ...label, cleared: label.cleared | (allBits & ~bit) })),
    { types },
  );
  frame.machine.identities.noteSame(value.symbol, host.symbol, bit);
  return value;
}

/** The type of what is only a host: how it ends says whose it is. */
export const hostType = "urllib.parse.host";

/** The parts that say which host an address leads to; the rest of the class is its library's. */
const partsOfUrllib = { type: "urllib.parse.ParseResult", hosts: ["netloc", "hostname"] };
const partsByMaker: Readonly<Record<string, typeof partsOfUrllib>> = {
  "httpx.URL": { type: "httpx.URL", hosts: ["netloc", "host", "raw_host"] },
  "yarl.URL": { type: "yarl.URL", hosts: ["authority", "host", "raw_host"] },
};

/** `urlparse(x).hostname in HOSTS` fixes where x leads, and says nothing else of x. */
function takeApart({ frame, path, given }: KnownCall): Value | undefined {
  const address = given.positional[0]?.value ?? given.keywords.get("url")?.value;
  if (!address || address.labels.length === 0) return undefined;
  const { models, identities } = frame.machine;
  const bits = models.bit("url") | models.bit("redirect");
  const { type, hosts } = partsByMaker[path] ?? partsOfUrllib;
  const whole = transformed(frame, address.labels, 0);
  const entries = new Map<string, Value>();
  for (const part of hosts)
    entries.set(part, transformed(frame, address.labels, 0, ["str", hostType]));
  for (const value of entries.values())
    for (const { symbol } of [address, whole, ...entries.values()])
      if (symbol !== value.symbol) identities.noteSame(value.symbol, symbol, bits);
  const parts = newObject(
    frame,
    { kind: "instance", items: undefined, entries, rest: undefined, isClosed: false },
    [type],
  );
  return { ...whole, types: parts.types, objects: parts.objects };
}
