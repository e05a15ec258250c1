// What was known on one line of a program: for whoever asks why something was reported there, or why not.

import type { Place } from "../python/source-file.ts";
import type { Finding, TraceStep } from "./finding.ts";

/** The line that is asked about. */
export interface LineOfCode {
  /** As in the files that are analysed: relative, with `/`. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** Plain data; a new field may come, none changes its meaning. Code in it is hostile text. */
export interface Insight extends LineOfCode {
  /** The line itself. */
  readonly code: string;
  /** The function or class around it: `Shop.search`; `<module>` at top level. */
  readonly symbol: string;
  /** `no-code`: nothing on the line is evaluated; `never-reached`: no path leads there. */
  readonly state: "looked-at" | "never-reached" | "no-code";
  /** How the function around is started; absent for one that only other code calls. */
  readonly start: InsightStart | undefined;
  /** Where the function around runs, and who waits for it; absent at top level. */
  readonly execution: InsightExecution | undefined;
  /** What calls on this line block: `database: sqlite3.Connection.execute`. */
  readonly blocking: readonly string[];
  /** The same, with the calls from this line down to the one that blocks. */
  readonly effects: readonly InsightEffect[];
  /** In the order of the code, outer before inner. */
  readonly expressions: readonly KnownExpression[];
  /** What was given to calls on this line that must not get everything. */
  readonly arrivals: readonly InsightArrival[];
  readonly findings: readonly Finding[];
}

export interface InsightStart {
  readonly isAsync: boolean;
  /** `flask`, `fastapi`, ...; absent for what answers no requests. */
  readonly style: string | undefined;
  /** The texts of its routes, where they are known. */
  readonly rules: readonly string[];
  /** Who else starts it: `worker`, `command`, ... */
  readonly entries: readonly string[];
}

export interface InsightExecution {
  /**
   * `event-loop`; `thread-pool` where a framework with an event loop hands plain functions to threads;
   * `server-thread` where each request has a thread of its own; `caller`: wherever it is called.
   */
  readonly where: "event-loop" | "thread-pool" | "server-thread" | "caller";
  /** However far up its callers: `request`, `worker`, `command`, `start-up`, ...; `unknown` where nobody is seen. */
  readonly starts: readonly string[];
  /** The file is a test's or an example's. */
  readonly isTest: boolean;
}

/** Something that a call on the line does beside returning. */
export interface InsightEffect {
  /** `database`, `http`, `sleep`, ... */
  readonly kind: string;
  /** The API that blocks: `sqlite3.Connection.execute`. */
  readonly path: string;
  readonly chain: readonly { readonly place: Place; readonly code: string }[];
  /** That a caller gave it what it works with; the function's own code does not tell. */
  readonly isGiven: boolean;
}

export interface KnownExpression {
  readonly place: Place;
  readonly code: string;
  /** What it stands for: API paths, functions and classes of the project. */
  readonly names: readonly string[];
  /** The classes that it may be an instance of. */
  readonly types: readonly string[];
  /** All that it can be, as Python writes it; absent where that is not known. */
  readonly constants: readonly string[] | undefined;
  /** What of it comes from outside; empty where nothing does. */
  readonly origins: readonly KnownOrigin[];
}

/** Something from outside that is in a value, or was until something stopped it. */
export interface KnownOrigin {
  /** `http-parameter`, `environment`, ... */
  readonly concept: string;
  readonly place: Place;
  readonly code: string;
  /** Classes of sinks for which it is harmless here; `all` for every one. */
  readonly harmlessFor: readonly string[];
  /** What made it so, where it is known: the guards in force, and the calls that let nothing through. */
  readonly stops: readonly KnownStop[];
  readonly steps: readonly TraceStep[];
  /** Calls of unknown code on the way. */
  readonly unknownCalls: number;
}

export interface KnownStop {
  readonly kind: "guard" | "call" | "lookup";
  readonly place: Place;
  readonly code: string;
}

export interface InsightArrival {
  /** The API path: `sqlite3.Connection.execute`. */
  readonly sink: string;
  readonly concept: string;
  readonly parameter: string;
  readonly place: Place;
  readonly code: string;
  /**
   * `reported`: a finding says so; `not-asked`: it arrives, and no rule forbids this origin here, or a rule
   * found it harmless; the others are why nothing arrives.
   */
  readonly outcome:
    | "reported"
    | "not-asked"
    | "harmless"
    | "fixed-beginning"
    | "constant"
    | "nothing";
  readonly origins: readonly KnownOrigin[];
}
