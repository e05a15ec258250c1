// The GitHub of a load measure, in a process of its own: repositories of many installations, pull requests
// whose webhooks are kept back until the measure sends them all at once, and the time of every verdict.

import { startGitHubEmulator } from "../../test/github-emulator/emulator.ts";
import { readAppManifest } from "../../test/github-emulator/manifest.ts";

/** What the measure asks of it, by name; every answer comes as one message. */
export interface GitHubAnswers {
  /** The settings by which an App finds it. */
  environment: Readonly<Record<string, string>>;
  /** Opens so many pull requests on so many installations; the webhooks that tell of them. */
  prepare: readonly KeptWebhook[];
  /** When each pull request had its verdict, in milliseconds since 1970; those that have one. */
  verdicts: Readonly<Record<string, number>>;
  /** Seconds of processor time used so far, and how many requests were answered. */
  cost: { readonly cpuSeconds: number; readonly requests: number };
}

export interface KeptWebhook {
  /** `owner/name#1`. */
  readonly pull: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GitHubQuestion {
  readonly ask: keyof GitHubAnswers;
  readonly pulls?: number;
  readonly installations?: number;
}

const delayMs = Number(process.argv[2] ?? 100);
const github = await startGitHubEmulator({
  app: await readAppManifest("app.yml"),
  delays: { request: delayMs },
});
github.webhooks.hold();

process.on("message", async ({ ask, pulls = 0, installations = 1 }: GitHubQuestion) => {
  const answer = await answers[ask](pulls, installations);
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());

const answers: Record<
  keyof GitHubAnswers,
  (pulls: number, installations: number) => unknown | Promise<unknown>
> = {
  environment: () => github.environment,
  prepare,
  verdicts() {
    const runs = [...github.world.repositories.values()].flatMap((repository) => {
      const heads = new Map(
        [...repository.pullRequests.values()].map((pull) => [pull.headSha, pull.number]),
      );
      return repository.checkRuns.flatMap(({ headSha, conclusion, completedAt }) => {
        const name = `${repository.owner.login}/${repository.name}#${heads.get(headSha)}`;
        return conclusion === undefined || !completedAt ? [] : [[name, completedAt.getTime()]];
      });
    });
    return Object.fromEntries(runs);
  },
  cost() {
    const { user, system } = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, requests: github.ledger.requests.length };
  },
};

async function prepare(pulls: number, installations: number): Promise<readonly KeptWebhook[]> {
  const each = Math.ceil(pulls / installations);
  for (let nth = 0; nth < installations; nth += 1) {
    const owner = `org-${nth}`;
    const commits = [{ message: "begin", files: project }];
    await github.createRepository({ owner, name: "shop", commits });
    const place = { repository: `${owner}/shop`, by: owner };
    for (let index = nth * each; index < Math.min(pulls, (nth + 1) * each); index += 1) {
      const branch = `feature-${index}`;
      const files = { [`shop/orders_${index}.py`]: change(index) };
      await github.push({ ...place, branch, commits: [{ message: "change", files }] });
      await github.openPullRequest({ ...place, title: `No. ${index}`, head: branch });
    }
  }
  return github.webhooks.log.flatMap(({ event, action, payload, headers }) => {
    if (event !== "pull_request" || action !== "opened") return [];
    const { number, repository } = payload as {
      readonly number: number;
      readonly repository: { readonly full_name: string };
    };
    return [{ pull: `${repository.full_name}#${number}`, headers, body: JSON.stringify(payload) }];
  });
}

const project = {
  "shop/__init__.py": "",
  "shop/db.py": "import sqlite3\n\n\ndef connect():\n    return sqlite3.connect('shop.db')\n",
  "shop/app.py": "from flask import Flask\n\napp = Flask(__name__)\n",
};

/** Every second change has a finding. */
function change(index: number): string {
  const query = index % 2 === 0 ? 'f"... WHERE id = {order}"' : '"... WHERE id = ?", (order,)';
  return [
    "from flask import request",
    "from shop.app import app",
    "from shop.db import connect",
    "",
    `@app.get("/orders/${index}")`,
    `def order_${index}():`,
    '    order = request.args["id"]',
    `    return connect().execute(${query}).fetchall()`,
    ...Array.from(
      { length: 60 },
      (_, line) => `\n\ndef total_${line}(rows):\n    return sum(rows)`,
    ),
    "",
  ].join("\n");
}
