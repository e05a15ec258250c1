// How many requests are left: the hourly limit of every token and, where asked for, the secondary limits.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api

import type { Actor } from "./call.ts";
import { Refusal } from "./refusal.ts";

export interface LimitSettings {
  /** Requests per hour and token; 5000 unless told. */
  readonly perHour?: number;
  /** Enforce 80 content-creating requests a minute and 900 points a minute per path; off unless told. */
  readonly secondary?: boolean;
}

export interface Limits {
  /** Counts a request; throws GitHub's 403 where none is left. Returns the headers to answer with. */
  use(actor: Actor, use: Use): Record<string, string>;
  /** A request that cost nothing after all: a 304. */
  giveBack(actor: Actor, resource: Resource): void;
  /** Takes requests off what is left to every holder of a token, as if somebody had sent them. */
  spend(resource: Resource, requests: number): void;
  /** Begins a new hour for everybody. */
  renew(): void;
  /** Until it is renewed, the hour is said to end in so many seconds, whenever that is asked. */
  endIn(seconds: number): void;
  /** The present state of a resource, as `GET /rate_limit` tells it. */
  state(actor: Actor, resource: Resource): RateState;
}

export type Resource = "core" | "graphql";

export interface Use {
  readonly resource: Resource;
  readonly path: string;
  readonly points: number;
  readonly contentCreating: boolean;
}

export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
  readonly used: number;
  readonly resource: Resource;
}

const hour = 3_600_000;
const minute = 60_000;

export function createLimits(settings: LimitSettings, now: () => Date): Limits {
  const windows = new Map<string, { used: number; began: number }>();
  const recent: { at: number; path: string; points: number; contentCreating: boolean }[] = [];
  const limit = settings.perHour ?? 5000;
  const spent = { core: 0, graphql: 0 };
  /** A new hour is told by its reset: one that is called for early still ends later than the one before. */
  let renewals = 0;
  let endsIn: number | undefined;

  const windowOf = (actor: Actor, resource: Resource) => {
    const holder = actor.kind === "installation" ? actor.token.installation.id : actor.kind;
    const key = `${resource} ${holder}`;
    const known = windows.get(key);
    if (known && known.began + hour > now().getTime()) return known;
    const fresh = { used: spent[resource], began: now().getTime() + renewals * minute };
    windows.set(key, fresh);
    return fresh;
  };
  const state = (actor: Actor, resource: Resource): RateState => {
    const { used, began } = windowOf(actor, resource);
    const end = endsIn === undefined ? began + hour : now().getTime() + 1000 * endsIn;
    const reset = Math.floor(end / 1000);
    return { limit, remaining: Math.max(0, limit - used), reset, used, resource };
  };
  return {
    state,
    spend(resource, requests) {
      spent[resource] += requests;
      for (const [key, window] of windows) {
        if (key.startsWith(`${resource} `)) window.used += requests;
      }
    },
    renew() {
      renewals += 1;
      endsIn = undefined;
      for (const resource of ["core", "graphql"] as const) spent[resource] = 0;
      windows.clear();
    },
    endIn(seconds) {
      endsIn = seconds;
    },
    giveBack(actor, resource) {
      windowOf(actor, resource).used -= 1;
    },
    use(actor, use) {
      if (state(actor, use.resource).remaining === 0) {
        throw primaryLimit(headersOf(state(actor, use.resource)));
      }
      const at = now().getTime();
      if (settings.secondary) {
        while ((recent[0]?.at ?? at) < at - minute) recent.shift();
        const created = recent.filter((each) => each.contentCreating).length;
        const points = recent
          .filter((each) => each.path === use.path)
          .reduce((sum, each) => sum + each.points, 0);
        if ((use.contentCreating && created >= 80) || points + use.points > 900) {
          throw secondaryLimit(60);
        }
        recent.push({ ...use, at });
      }
      windowOf(actor, use.resource).used += 1;
      return headersOf(state(actor, use.resource));
    },
  };
}

export function secondaryLimit(retryAfter: number): Refusal {
  const message =
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const documentation_url =
    "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits";
  return new Refusal(403, { message, documentation_url }, { "retry-after": String(retryAfter) });
}

export function primaryLimit(headers: Readonly<Record<string, string>>): Refusal {
  const message = "API rate limit exceeded for installation.";
  const documentation_url =
    "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
  return new Refusal(403, { message, documentation_url }, headers);
}

export function headersOf(state: RateState): Record<string, string> {
  return {
    "x-ratelimit-limit": String(state.limit),
    "x-ratelimit-remaining": String(state.remaining),
    "x-ratelimit-reset": String(state.reset),
    "x-ratelimit-used": String(state.used),
    "x-ratelimit-resource": state.resource,
  };
}
