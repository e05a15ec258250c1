// A call to another host, or in a view to another program, that may wait for ever: the library sets no limit of its
// own, or it was switched off.

import {
  type CallEvent,
  codeOf,
  defineRule,
  executionsOf,
  faultyCalls,
  hasSpread,
  isTestPath,
  type Program,
  pathsOf,
  quoteCode,
} from "#rule";
import { fixOfTimeout } from "./fix.ts";

interface Outgoing {
  /** Where the time limit stands among the positional arguments, if it may. */
  readonly position?: number;
  /** The library has a limit of its own: only `None` is a fault. */
  readonly hasDefault?: true;
  /** How the time limit is called, if not `timeout`. */
  readonly limit?: string;
  /** Limits of single steps: with one of them no limit of the whole is needed. */
  readonly steps?: readonly string[];
  /** What must be given for anything to be called. */
  readonly host?: string;
  /** `socket.setdefaulttimeout(...)` counts here. */
  readonly usesSocketDefault?: true;
  /** It waits for a program: told of where a visitor waits too, and not on an event loop, which waits with it anyway. */
  readonly isProcess?: true;
}

const verbs = ["request", "get", "options", "head", "post", "put", "patch", "delete"];
const sessionCalls = verbs.map((verb) => `requests.Session.${verb}`);

/** By API path. https://requests.readthedocs.io/en/latest/user/advanced/#timeouts */
const outgoing: ReadonlyMap<string, Outgoing> = new Map<string, Outgoing>([
  ...verbs.map((verb) => [`requests.${verb}`, {}] as const),
  ...sessionCalls.map((path) => [path, {}] as const),
  ["urllib.request.urlopen", { position: 2, usesSocketDefault: true }],
  ["urllib.request.OpenerDirector.open", { position: 2, usesSocketDefault: true }],
  ["smtplib.SMTP", { position: 3, host: "host", usesSocketDefault: true }],
  ["smtplib.SMTP_SSL", { position: 5, host: "host", usesSocketDefault: true }],
  // https://www.python-httpx.org/advanced/timeouts/: five seconds, unless switched off.
  ...[...verbs, "Client", "AsyncClient"].map(
    (name) => [`httpx.${name}`, { hasDefault: true }] as const,
  ),
  ["httpx.Timeout", { hasDefault: true, position: 0, steps: ["connect", "read", "write", "pool"] }],
  // https://docs.aiohttp.org/en/stable/client_quickstart.html#timeouts: five minutes, unless switched off.
  [
    "aiohttp.ClientTimeout",
    { hasDefault: true, position: 0, limit: "total", steps: ["sock_read"] },
  ],
  ...["Client", "AsyncClient"].flatMap((type) =>
    verbs.map((verb) => [`httpx.${type}.${verb}`, { hasDefault: true }] as const),
  ),
]);

/** https://docs.python.org/3/library/subprocess.html#subprocess.run; the last two can have no limit at all. */
const processes: ReadonlyMap<string, Outgoing> = new Map<string, Outgoing>([
  ...["run", "call", "check_call", "check_output"].map(
    (name) => [`subprocess.${name}`, { isProcess: true }] as const,
  ),
  ["subprocess.Popen.communicate", { isProcess: true, position: 1 }],
  ["subprocess.Popen.wait", { isProcess: true, position: 0 }],
  ["os.system", { isProcess: true }],
]);
const waits: ReadonlyMap<string, Outgoing> = new Map([...outgoing, ...processes]);

const mounting = "requests.Session.mount";
const replacing = "requests.Session.request.__set__";
const socketDefault = "socket.setdefaulttimeout";

export default defineRule({
  fix: fixOfTimeout,
  watches: [...waits.keys(), mounting, replacing, socketDefault],
  *check(context) {
    const { program } = context;
    const executionOf = executionsOf(program);
    const limits = limitsElsewhere(program);
    const told = new Set<unknown>();
    const calls = program.calls.filter(({ module }) => !isTestPath(module.path));
    const faulty = [...faultyCalls(calls, (each) => faultOf(program, each, limits))];
    for (const { call, fault, span } of faulty.toSorted(hostsFirst)) {
      const { definition } = call;
      // What a module does while it is imported, and what somebody runs by hand, keeps nobody waiting.
      const execution = definition && executionOf(definition);
      if (!execution?.isServing || told.has(definition)) continue;
      const isProcess = isOfProcess(call);
      if (isProcess && (!execution.isRequest || execution.isOnLoop)) continue;
      told.add(definition);
      const what = fault === "off" ? "switches its time limit off" : "has no time limit";
      const who = quoteCode(definition?.name ?? "");
      const end = isProcess ? "the program does not end" : "the other host does not answer";
      const limit = call.paths.includes("os.system")
        ? "Write `subprocess.run([...], timeout=10)`."
        : "Give it one, such as `timeout=10`.";
      yield context.finding(
        span,
        `${quoteCode(codeOf(call.calleeSpan))} ${what}: if ${end}, ${who} waits for ever. ${limit}`,
        { severity: execution.isRequest && !isProcess ? "high" : "medium" },
      );
    }
  },
});

/** A function is told of once, and another host is the worse to wait for. */
function hostsFirst(
  one: { readonly call: CallEvent },
  other: { readonly call: CallEvent },
): number {
  return Number(isOfProcess(one.call)) - Number(isOfProcess(other.call));
}

function isOfProcess({ paths }: CallEvent): boolean {
  return paths.some((path) => processes.has(path));
}

type Fault = "missing" | "off";

/** Time limits that are set for many calls at once. */
interface Limits {
  readonly isSetForSessions: boolean;
  readonly isSetForSockets: boolean;
}

function limitsElsewhere(program: Program): Limits {
  const isWatched = (call: CallEvent, path: string): boolean => call.paths.includes(path);
  return {
    // An adapter of one's own, or `session.request` replaced, is where teams put their limit.
    isSetForSessions: program.calls.some(
      (call) =>
        isWatched(call, replacing) ||
        (isWatched(call, mounting) &&
          !pathsOf(call.arguments.positional[1]?.value).includes("requests.adapters.HTTPAdapter")),
    ),
    isSetForSockets: program.calls.some((call) => isWatched(call, socketDefault)),
  };
}

function faultOf(program: Program, call: CallEvent, limits: Limits): Fault | undefined {
  const path = call.paths.find((each) => waits.has(each));
  const api = path === undefined ? undefined : waits.get(path);
  if (path === undefined || !api || hasSpread(call)) return undefined;
  if (api.usesSocketDefault && limits.isSetForSockets) return undefined;
  if (sessionCalls.includes(path) && (limits.isSetForSessions || isOwnSession(program, call)))
    return undefined;
  const { positional, keywords } = call.arguments;
  if (api.host !== undefined && positional.length === 0 && !keywords.has(api.host))
    return undefined;
  const given =
    keywords.get(api.limit ?? "timeout") ??
    (api.position === undefined ? undefined : positional[api.position]);
  if (!given) return api.hasDefault ? undefined : "missing";
  if (api.steps?.some((step) => keywords.has(step))) return undefined;
  // A parameter that is `None` unless somebody gives it is somebody else's business.
  return codeOf(given.span) === "None" ? "off" : undefined;
}

/** A session whose class is the project's own may have a limit in its `request` or `send`. */
function isOwnSession(program: Program, { arguments: { receiver } }: CallEvent): boolean {
  return receiver?.value.types.some((type) => program.classes.has(type)) ?? false;
}
