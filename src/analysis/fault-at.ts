// What is known at the place of a finding, for the fix of it.

import type { CallEvent, FlowEvent } from "../flow/frame.ts";
import type { Span } from "../python/module.ts";
import { enclosingNodes } from "./enclosing.ts";
import type { Program } from "./program.ts";
import type { Fault } from "./rule.ts";

interface Places {
  readonly calls: ReadonlyMap<string, readonly CallEvent[]>;
  readonly flows: ReadonlyMap<string, readonly FlowEvent[]>;
}

const known = new WeakMap<Program, Places>();

export function faultAt(program: Program, at: Span): Fault {
  let places = known.get(program);
  if (!places) {
    places = {
      calls: Map.groupBy(program.calls, ({ span }) => keyOf(span)),
      flows: Map.groupBy(program.flows, ({ call }) => keyOf(call)),
    };
    known.set(program, places);
  }
  const calls = places.calls.get(keyOf(at)) ?? [];
  const flows = places.flows.get(keyOf(at)) ?? [];
  const node = enclosingNodes(at).findLast(
    ({ start, end }) => start === at.start && end === at.end,
  );
  const paths = new Set([...calls.flatMap((call) => call.paths), ...flows.map(({ path }) => path)]);
  return { program, at, node, calls, flows, paths: [...paths] };
}

function keyOf({ module, start, end }: Span): string {
  return `${module.path}:${start}:${end}`;
}
