// A function of the event loop waits for something that is no database: while it does, nothing else runs.

import { blockingFindings, defineRule, patchingCalls, plainFunction, type Severity } from "#rule";

/** How much a wait of each kind costs whoever else is served. */
const severities = new Map<string, Severity>([
  ["http", "high"],
  ["sleep", "high"],
  ["process", "high"],
  ["network", "medium"],
  ["wait", "medium"],
  ["cpu", "medium"],
  ["file", "low"],
]);

const words: Readonly<Record<string, string>> = {
  http: "waits for an answer over HTTP",
  sleep: "sleeps",
  process: "waits for another process",
  network: "waits for the network",
  wait: "waits for another thread",
  cpu: "computes for a long time",
  file: "waits for the disk",
};

export default defineRule({
  watches: patchingCalls,
  fix: plainFunction,
  check: (context) =>
    blockingFindings(context, severities, ({ kind, name, isAsync, call, path, isDirect, fix }) => {
      const where = isAsync ? "is `async`" : "runs on the event loop";
      const what = `${call} ${words[kind] ?? "blocks"}${isDirect ? "" : ` in ${path}`}`;
      return `${name} ${where}, and ${what}: every other request waits with it. ${fix}.`;
    }),
});
