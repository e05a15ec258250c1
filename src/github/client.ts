// How an Octokit of ours behaves: limits obeyed, a time for every request, and nothing retried that
// could be said twice.

import { ProbotOctokit } from "probot";
import type { Budgets } from "./budgets.ts";

/** A client that acts as one installation. */
export type GitHubClient = InstanceType<typeof ProbotOctokit>;

/** Gives the client of an installation, always the same one; tokens are kept and shared by Probot. */
export interface GitHub {
  client(installation: number): Promise<GitHubClient>;
  /** The client that acts as the App itself: it sees deliveries and installations, but no code. */
  app(): Promise<GitHubClient>;
  /** What GitHub still allows each installation. */
  readonly budgets: Budgets;
  /** Lets go what is kept of an installation: its client, and what GitHub answered it. */
  forget(installation: number): void;
}

/**
 * Longest wait for GitHub's limits within a request, in seconds. A longer one is the queue's: whoever
 * waits within a request keeps a worker from the others.
 */
const longestWaitSeconds = 2;

/** How long one request may take, in milliseconds. */
const requestTimeoutMs = 30_000;

/**
 * Octokit as Probot shall make it. Probot's own options retry no secondary limit. `isHurried` leaves
 * out the pauses between requests that GitHub asks for: only where it is not GitHub. `apiUrl` is that
 * of a GitHub Enterprise Server.
 */
export function octokitFor(isHurried: boolean, apiUrl?: string): typeof ProbotOctokit {
  return ProbotOctokit.defaults((options: OctokitOptions) => ({
    ...options,
    auth: withApi(options.auth, apiUrl),
    retry: { ...options.retry, doNotRetry: notRetried },
    throttle: isHurried
      ? { enabled: false }
      : { ...options.throttle, onRateLimit: waitIfShort, onSecondaryRateLimit: waitIfShort },
  }));
}

/** Answers that are the same the next second: the usual ones, and 429, which asks to wait. */
const notRetried = [400, 401, 403, 404, 410, 422, 429, 451];

/** Probot tells only requests where the API is, not what asks for a token by itself. */
function withApi(auth: unknown, apiUrl: string | undefined): unknown {
  const { request } = (auth ?? {}) as { readonly request?: GitHubClient["request"] };
  if (request === undefined || apiUrl === undefined) return auth;
  return { ...(auth as object), request: request.defaults({ baseUrl: apiUrl }) };
}

/** For `Probot({ request })`: also the requests for tokens go through this fetch. */
export const requestOptions = { fetch: fetchInTime };

/**
 * For every request that creates something people see: when its answer is lost, it may have been
 * carried out, so it is not simply sent again; the job looks first.
 */
export const once = { retries: 0 } as const;

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

interface Limited {
  readonly request: { readonly retryCount?: number };
}

function waitIfShort(retryAfterSeconds: number, options: unknown): boolean {
  const retries = (options as Limited).request.retryCount ?? 0;
  return retryAfterSeconds <= longestWaitSeconds && retries < 1;
}

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const apiVersion = "2022-11-28";

function fetchInTime(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(requestTimeoutMs);
  const headers = new Headers(init.headers);
  headers.set("X-GitHub-Api-Version", apiVersion);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  return fetch(url, { ...init, headers, signal });
}
