// One real event of every kind that we hear, as the emulated GitHub sends it.

import { startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";

export interface RealEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Lets people do what we hear of, and returns what was sent; the first of each event and action. */
export async function realEvents(): Promise<readonly RealEvent[]> {
  const app = await readAppManifest("app.yml");
  const github = await startGitHubEmulator({ app });
  try {
    const repository = "acme/shop";
    const place = { repository, by: "acme" };
    const roles = { mona: "write" } as const;
    const commits = [{ message: "begin", files: { "a.py": "x = 1\n" } }];
    await github.createRepository({ owner: "acme", name: "shop", roles, commits });
    const change = [{ message: "change", files: { "a.py": "x = 1\ny = 2\n" } }];
    await github.push({ ...place, branch: "feature", commits: change });
    const number = await github.openPullRequest({ ...place, title: "It", head: "feature" });
    const pull = { ...place, number };
    await github.editPullRequest({ ...pull, title: "That" });
    await github.setDraft({ ...pull, isDraft: true });
    await github.setDraft({ ...pull, isDraft: false });
    github.comment({ ...pull, by: "mona", body: "/pyward ignore security/x for a reason" });
    const more = [{ message: "more", files: { "b.py": "z = 3\n" } }];
    const head = await github.push({ ...place, branch: "feature", commits: more });
    await asTheApp(github, head, number);
    const view = await github.pullRequestView("acme", "shop", number);
    const thread = view.threads[0]?.id ?? "";
    const run = view.checkRuns[0]?.id ?? 0;
    github.reply({ by: "mona", thread, body: "/pyward explain" });
    github.resolveThread({ by: "mona", thread });
    github.unresolveThread({ by: "mona", thread });
    github.rerequestCheckRun({ ...place, run });
    await github.rerequestCheckSuite({ ...place, sha: head });
    const group = await github.queueForMerge(pull);
    await github.endMergeGroup({ ...place, group, reason: "dequeued" });
    await github.closePullRequest(pull);
    await github.reopenPullRequest(pull);
    const told = new Map(
      github.webhooks.log.map(({ event, action, payload }) => [
        `${event}.${action ?? ""}`,
        { name: event, payload },
      ]),
    );
    return [...told.values(), ...ofInstallations];
  } finally {
    await github.close();
  }
}

/** A check and a review by the App itself, without which nobody could press or answer anything. */
async function asTheApp(
  github: Awaited<ReturnType<typeof startGitHubEmulator>>,
  head: string,
  number: number,
): Promise<void> {
  const { world } = github;
  const [installation] = world.installations.values();
  if (installation === undefined) throw new Error("the App is not installed");
  const token = "ghs_fuzz";
  world.tokens.set(token, {
    token,
    installation,
    expiresAt: new Date(Date.now() + 3_600_000),
    permissions: installation.permissions,
    repositories: undefined,
  } as never);
  const ask = (path: string, body: object) =>
    fetch(`${github.url}/api/v3/repos/acme/shop/${path}`, {
      method: "POST",
      headers: { authorization: `token ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(async (answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    });
  await ask("check-runs", { name: "Pyward", head_sha: head, external_id: `${number}/x` });
  const comment = { path: "a.py", line: 2, side: "RIGHT", body: "said" };
  const review = { commit_id: head, event: "COMMENT", body: "It", comments: [comment] };
  await ask(`pulls/${number}/reviews`, review);
}

const sender = { id: 3, login: "octocat", type: "User" };
const installation = { id: 7, account: { login: "acme", id: 2 } };
const repository = { id: 42, name: "shop", full_name: "acme/shop", owner: { login: "acme" } };

/** What the owner of an account does, which would end the emulated installation. */
const ofInstallations: readonly RealEvent[] = [
  { name: "installation", payload: { action: "deleted", installation, sender } },
  {
    name: "installation_repositories",
    payload: {
      ...{ action: "removed", installation, sender, repository_selection: "selected" },
      ...{ repositories_added: [], repositories_removed: [{ id: 42, name: "shop" }] },
    },
  },
  { name: "repository", payload: { action: "deleted", installation, repository, sender } },
];
