// A client that acts as the App itself, for whoever looks at it from a terminal, without a server.

import type { Logger } from "pino";
import { Probot } from "probot";
import { type GitHubClient, octokitFor, requestOptions } from "./client.ts";

export interface AppCredentials {
  readonly appId: number;
  readonly privateKey: string;
  /** GitHub's API on a GitHub Enterprise Server; `undefined` for github.com. */
  readonly apiUrl: string | undefined;
}

export async function createAppClient(
  { appId, privateKey, apiUrl }: AppCredentials,
  log: Logger,
): Promise<GitHubClient> {
  const probot = new Probot({
    appId,
    privateKey,
    log,
    Octokit: octokitFor(false).defaults((options: object) => ({
      ...options,
      retry: { enabled: false },
    })),
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
    request: requestOptions,
  });
  return await probot.auth();
}
