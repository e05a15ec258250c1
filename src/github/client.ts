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

/** Longest wait for GitHub's limits within a request, in seconds; a longer one is the queue's. */
const longestWaitSeconds = 20;

/** How long one request may take, in milliseconds. */
const requestTimeoutMs = 30_000;

/**
 * Octokit as Probot shall make it. Probot's own options retry no secondary limit. `isHurried` leaves
 * out the pauses between requests that GitHub asks for: only where it is not GitHub.
 */
export function octokitFor(isHurried: boolean): typeof ProbotOctokit {
  return ProbotOctokit.defaults((options: OctokitOptions) => ({
    ...options,
    throttle: isHurried
      ? { enabled: false }
      : { ...options.throttle, onRateLimit: waitIfShort, onSecondaryRateLimit: waitIfShort },
  }));
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
