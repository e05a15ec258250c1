// A call of something of a library, as `calls.ts` and the files beside it take it.

import type { Span } from "../../python/module.ts";
import type { CallArguments, Frame } from "../frame.ts";
import type { Value } from "../values/value.ts";

export interface KnownCall {
  readonly frame: Frame;
  readonly path: string;
  readonly receiver: Value | undefined;
  readonly given: CallArguments;
  readonly span: Span;
  readonly calleeSpan: Span;
}

export type KnownCalls = ReadonlyMap<string, (call: KnownCall) => Value | undefined>;
