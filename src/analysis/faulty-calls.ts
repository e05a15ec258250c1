// Which of the watched calls are wrong, and where to say so: at the call, or where its function is called if it
// is only wrong for what that caller hands over (`def fetch(url, verify=True)`, called with `verify=False`).

import type { CallEvent } from "../flow/frame.ts";
import type { Span } from "../python/module.ts";
import { runsInProduction } from "./settings/environment.ts";

export interface FaultyCall<Fault> {
  readonly call: CallEvent;
  readonly fault: Fault;
  /** The place to tell of. */
  readonly span: Span;
}

/**
 * The calls that `faultOf` finds something wrong with, each place once. What runs in tests and on developers'
 * machines only is passed over.
 */
export function* faultyCalls<Fault>(
  calls: readonly CallEvent[],
  faultOf: (call: CallEvent) => Fault | undefined,
): Iterable<FaultyCall<Fault>> {
  for (const runs of runsByPlace(calls).values()) {
    const own = runs.filter((call) => call.callSite === undefined);
    const faults = (list: readonly CallEvent[]): readonly FaultyCall<Fault>[] =>
      list.flatMap((call) => {
        const fault = faultOf(call);
        return fault === undefined ? [] : [{ call, fault, span: call.span }];
      });
    const [atCall] = faults(own.length > 0 ? own : runs);
    const found = atCall
      ? [atCall]
      : faults(runs).map((each) => ({ ...each, span: each.call.callSite ?? each.span }));
    yield* found.filter(({ span, call }) => runsInProduction(span) && runsInProduction(call.span));
  }
}

const grouped = new WeakMap<readonly CallEvent[], ReadonlyMap<string, readonly CallEvent[]>>();

/** Every rule asks for the calls of the same program. */
function runsByPlace(calls: readonly CallEvent[]): ReadonlyMap<string, readonly CallEvent[]> {
  const before = grouped.get(calls);
  if (before) return before;
  const places = new Map<string, CallEvent[]>();
  for (const call of calls) {
    const key = `${call.module.path}:${call.span.start}:${call.span.end}`;
    const known = places.get(key);
    if (known) known.push(call);
    else places.set(key, [call]);
  }
  grouped.set(calls, places);
  return places;
}
