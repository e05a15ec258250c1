// The one place that makes clients: for each installation one, whose answers are counted, whose limits
// are watched, and which asks conditionally for what seldom changes.

import type { Probot } from "probot";
import { createMemory } from "../jobs/memory.ts";
import type { AskedOutcome, Metrics } from "../jobs/metrics.ts";
import { noTraces, type Traces } from "../jobs/traces.ts";
import { askConditionally, type KeptAnswer } from "./ask-again.ts";
import { createBudgets } from "./budgets.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { failureOf, headersOf, isStatus } from "./failure.ts";
import { renewTokens } from "./fresh-token.ts";

/** So many clients are kept; the one made first goes first. */
const mostClients = 1000;

/** Answers of GitHub that may be asked for conditionally, in bytes of memory. */
const keptBytes = 20_000_000;

export function createGitHub(probot: Probot, metrics: Metrics, traces: Traces = noTraces): GitHub {
  const budgets = createBudgets();
  const kept = createMemory<KeptAnswer>(keptBytes);
  const clients = new Map<number, Promise<GitHubClient>>();
  let app: Promise<GitHubClient> | undefined;

  /** Outermost: one call of ours is counted once, however often it had to be sent. */
  function prepare(client: GitHubClient, installation: number | undefined): GitHubClient {
    client.hook.wrap("request", async (request, options) => {
      const started = performance.now();
      const note = (outcome: AskedOutcome, headers: Readonly<Record<string, unknown>>) => {
        metrics.asked(outcome, (performance.now() - started) / 1000);
        if (installation !== undefined) budgets.note(installation, headers);
      };
      try {
        const name = `${options.method} ${routeOf(options.url)}`;
        const answer = await traces.span(
          { name, kind: "out", facts: { installation } },
          async () => {
            const told = await request(options);
            traces.note({ "http.response.status_code": told.status });
            return told;
          },
        );
        note("ok", answer.headers);
        return answer;
      } catch (error) {
        note(outcomeOf(error), headersOf(error));
        throw error;
      }
    });
    askConditionally(client, `${installation ?? "app"}/`, kept);
    return client;
  }

  async function make(installation: number): Promise<GitHubClient> {
    try {
      const client = await probot.auth(installation);
      renewTokens(client, installation);
      return prepare(client, installation);
    } catch (error) {
      clients.delete(installation);
      throw error;
    }
  }

  return {
    budgets,
    client(installation) {
      const known = clients.get(installation);
      if (known !== undefined) return known;
      const [oldest] = clients.keys();
      if (clients.size >= mostClients && oldest !== undefined) clients.delete(oldest);
      const made = make(installation);
      clients.set(installation, made);
      return made;
    },
    app() {
      app ??= probot.auth().then((client) => prepare(client, undefined));
      return app;
    },
    forget(installation) {
      clients.delete(installation);
      kept.forget(`${installation}/`);
      budgets.forget(installation);
    },
  };
}

/** The template of an address: what is filled in are names of people's repositories and files. */
function routeOf(url: string): string {
  return /^\/(?!repos\/[^{]|orgs\/[^{]|users\/[^{])/u.test(url)
    ? url
    : "an address that GitHub gave";
}

function outcomeOf(error: unknown): AskedOutcome {
  if (isStatus(error, 304)) return "not-modified";
  const { kind } = failureOf(error);
  return kind === "limit" ? "limited" : kind === "final" ? "refused" : "failed";
}
