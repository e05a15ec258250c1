// A client for tests of one request: GitHub is what nock answers.

import nock from "nock";
import pino from "pino";
import { Probot } from "probot";
import { type GitHubClient, octokitFor, requestOptions } from "../../src/github/client.ts";

export const api = "https://api.github.com";

/** No other network; every answer that a test prepared must be asked for. */
export function onlyNock(): void {
  nock.disableNetConnect();
}

export async function aClient(): Promise<GitHubClient> {
  const probot = new Probot({
    githubToken: "a-token",
    log: pino({ level: "silent" }),
    Octokit: octokitFor(true).defaults((options: object) => ({
      ...options,
      retry: { enabled: false },
    })),
    request: requestOptions,
  });
  return await probot.auth();
}
