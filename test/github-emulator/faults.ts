// Misfortunes on demand: what a test wants to go wrong, for which requests and how often.

export type Fault =
  /** Answers with a status instead of handling the request. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Cuts the connection before anything was done. */
  | { readonly kind: "reset-before" }
  /** Does what was asked, then cuts the connection: the answer is lost. */
  | { readonly kind: "reset-after" }
  /** Waits so many milliseconds first, then handles the request. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** Lets the test act at this very step, and then cuts the connection: before the deed, or after it. */
  | { readonly kind: "act-before" | "act-after"; readonly act: () => Promise<unknown> }
  /** GitHub's secondary limit; `retryAfter` in seconds. */
  | { readonly kind: "secondary-limit"; readonly retryAfter?: number }
  /** No requests left this hour; `resetIn` in seconds. */
  | { readonly kind: "primary-limit"; readonly resetIn?: number };

export interface FaultRule {
  /** Which requests: all given parts must fit. */
  readonly match?: FaultMatch;
  /** How many requests it meets; 1 unless told, `Infinity` for all. */
  readonly times?: number;
  /** How many fitting requests pass first; 0 unless told. */
  readonly after?: number;
}

export interface FaultMatch {
  readonly method?: string;
  /** `pulls/create-review`, `graphql`. */
  readonly operation?: string;
  readonly path?: RegExp;
}

export interface Faults {
  add(fault: Fault & FaultRule): void;
  clear(): void;
  /** The fault a request meets, which is then used up by one. */
  take(request: {
    readonly method: string;
    readonly path: string;
    readonly operation: string | undefined;
  }): Fault | undefined;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault & FaultRule; left: number; passes: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1, passes: fault.after ?? 0 });
    },
    clear() {
      waiting = [];
    },
    take(request) {
      for (const each of waiting) {
        const { method, operation, path } = each.fault.match ?? {};
        if (method !== undefined && method !== request.method) continue;
        if (operation !== undefined && operation !== request.operation) continue;
        if (path !== undefined && !path.test(request.path)) continue;
        if (each.passes > 0) {
          each.passes -= 1;
          continue;
        }
        if (each.left <= 0) continue;
        each.left -= 1;
        return each.fault;
      }
      return undefined;
    },
  };
}
