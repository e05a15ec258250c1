// How many requests GitHub still allows each installation this hour, read off every answer.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api

export interface Budget {
  readonly installation: number;
  /** REST and GraphQL are counted apart. */
  readonly resource: "core" | "graphql";
  /** Requests, or GraphQL points, an hour. */
  readonly limit: number;
  readonly remaining: number;
  /** When it is full again, in milliseconds since 1970, by this machine's clock. */
  readonly resetAt: number;
}

export interface Budgets {
  /** Reads the headers of an answer to an installation; those without a limit tell nothing. */
  note(installation: number, headers: Readonly<Record<string, unknown>>): void;
  /** What is known of the present hour, of one installation or of all. */
  known(installation?: number): readonly Budget[];
  forget(installation: number): void;
}

/** Below this share of the hour's limit, only what is needed to end a check is asked. */
const lowShare = 0.1;

/** The budget that is nearly used up, and lasts longest; `undefined` while there is enough. */
export function lowBudget(budgets: readonly Budget[]): Budget | undefined {
  return budgets
    .filter(({ remaining, limit }) => remaining < limit * lowShare)
    .toSorted((a, b) => b.resetAt - a.resetAt)[0];
}

export function createBudgets(now: () => number = Date.now): Budgets {
  /** Each with the time of its reset as GitHub told it, in milliseconds: that names the hour. */
  const byKey = new Map<string, Budget & { readonly reset: number }>();
  return {
    note(installation, headers) {
      const resource = headers["x-ratelimit-resource"];
      const limit = Number(headers["x-ratelimit-limit"]);
      const remaining = Number(headers["x-ratelimit-remaining"]);
      const reset = Number(headers["x-ratelimit-reset"]) * 1000;
      if (resource !== "core" && resource !== "graphql") return;
      if (!(limit > 0 && remaining >= 0 && reset > 0)) return;
      // GitHub tells its own time beside it: our clock may be wrong.
      const theirs = Date.parse(String(headers.date));
      const resetAt = Number.isNaN(theirs) ? reset : now() + (reset - theirs);
      const key = `${installation} ${resource}`;
      const before = byKey.get(key);
      // Answers overtake each other: within one hour it only becomes less.
      const isSameHour = before !== undefined && Math.abs(before.reset - reset) <= 1000;
      const least = isSameHour ? Math.min(before.remaining, remaining) : remaining;
      byKey.set(key, { installation, resource, limit, remaining: least, resetAt, reset });
    },
    known(installation) {
      for (const [key, { resetAt }] of byKey) if (resetAt <= now()) byKey.delete(key);
      const all = [...byKey.values()];
      return installation === undefined
        ? all
        : all.filter((budget) => budget.installation === installation);
    },
    forget(installation) {
      for (const resource of ["core", "graphql"]) byKey.delete(`${installation} ${resource}`);
    },
  };
}
