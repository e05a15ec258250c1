// The App as in production, a GitHub of our own in place of the real one, and a pull request on it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RunningApp, serve } from "../../src/app.ts";
import { readRulebook } from "../../src/read-rulebook.ts";
import { readTemplates } from "../../src/read-templates.ts";
import { createReviewWords } from "../../src/render/review-words.ts";
import { compileTemplates } from "../../src/render/templates.ts";
import { readSettings } from "../../src/settings.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { askGit } from "../github-emulator/git.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import type { PullRequestView } from "../github-emulator/view.ts";
import { repositoryNamed } from "../github-emulator/world.ts";
import { endedCheck } from "./check-expectation.ts";
import type { LocalRange } from "./local-repository.ts";
import { shop } from "./shop.ts";

export interface Demo {
  /** The repository's address on the stand-in: what links to files begin with. */
  readonly repositoryUrl: string;
  /** The App's own pages. */
  readonly rulesUrl: string;
  /** Whether there is a fixing commit to push. */
  readonly hasFix: boolean;
  view(): Promise<PullRequestView>;
  /**
   * The pull request once the check of its head has ended. Throws with a sentence where that takes
   * too long, or where the App apologises instead of reviewing.
   */
  review(): Promise<PullRequestView>;
  comment(body: string): void;
  pushFix(): Promise<void>;
  /** A file's text at a commit. */
  readFile(commit: string, path: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Longer than the App tries again by itself before it gives up. */
const patienceMs = 120_000;

/** Starts everything and opens the pull request: of the bundled shop, or of a local repository. */
export async function startDemo(range: LocalRange | undefined): Promise<Demo> {
  const manifest = await readAppManifest(fileURLToPath(new URL("../../app.yml", import.meta.url)));
  const dataDir = await mkdtemp(join(tmpdir(), "pyward-demo-"));
  const github = await startGitHubEmulator({ app: manifest });
  let app: RunningApp | undefined;
  let isClosed = false;
  const close = async () => {
    isClosed = true;
    await app?.stop();
    await github.close();
    await rm(dataDir, { recursive: true, force: true });
  };

  try {
    app = await startApp(github, dataDir);
    github.setWebhookUrl(`${app.url}/api/github/webhooks`);
    const opened = range ? await openLocal(github, range) : await openShop(github);
    const words = createReviewWords(compileTemplates(await readTemplates()), await readRulebook());
    const apologies = [words.apology("failed").title, words.apology("out-of-time").title];
    return {
      ...follow(github, opened, { apologies, isClosed: () => isClosed }),
      rulesUrl: `${app.url}/rules`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startApp(github: GitHubEmulator, dataDir: string): Promise<RunningApp> {
  const read = readSettings({
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
    LOG_FORMAT: "pretty",
  });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  return serve(read.settings);
}

interface OpenedPullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly author: string;
  readonly branch: string;
  readonly fix: typeof shop.fix | undefined;
}

async function openShop(github: GitHubEmulator): Promise<OpenedPullRequest> {
  const { owner, repository: repo, author, title, body } = shop;
  const repository = `${owner}/${repo}`;
  const branch = "search-and-baskets";
  await github.createRepository({
    owner,
    ownerType: "Organization",
    name: repo,
    commits: [shop.base],
    roles: { [author]: "write" },
  });
  await github.push({ repository, branch, by: author, commits: [shop.change] });
  const pull = { repository, title, body, head: branch, by: author };
  const number = await github.openPullRequest(pull);
  return { owner, repo, number, author, branch, fix: shop.fix };
}

async function openLocal(github: GitHubEmulator, range: LocalRange): Promise<OpenedPullRequest> {
  const { path, base, head, baseName, headName, title } = range;
  const [owner, repo, author] = ["local", "repository", "you"];
  await github.createRepository({
    owner,
    name: repo,
    defaultBranch: baseName,
    from: { path, branches: { [baseName]: base, [headName]: head } },
    roles: { [author]: "write" },
  });
  const repository = `${owner}/${repo}`;
  const number = await github.openPullRequest({ repository, title, head: headName, by: author });
  return { owner, repo, number, author, branch: headName, fix: undefined };
}

function follow(
  github: GitHubEmulator,
  { owner, repo, number, author, branch, fix }: OpenedPullRequest,
  { apologies, isClosed }: { readonly apologies: readonly string[]; isClosed(): boolean },
): Omit<Demo, "rulesUrl" | "close"> {
  const repository = `${owner}/${repo}`;
  const view = () => github.pullRequestView(owner, repo, number);
  return {
    repositoryUrl: `${github.url}/${repository}`,
    hasFix: fix !== undefined,
    view,
    async review() {
      const look = async () => {
        if (isClosed()) throw new Error("The demo has ended.");
        const seen = await view();
        return endedCheck(seen) && seen;
      };
      const seen = await github
        .waitFor("the check has ended", look, patienceMs)
        .catch(async (error: unknown) => {
          if (isClosed()) throw error;
          throw new Error(explainSilence(github, await view()), { cause: error });
        });
      const title = endedCheck(seen)?.title ?? "";
      if (apologies.includes(title)) {
        throw new Error(`The check says "${title}". LOG_LEVEL=info tells more.`);
      }
      return seen;
    },
    comment: (body) => void github.comment({ repository, number, by: author, body }),
    async pushFix() {
      if (fix) await github.push({ repository, branch, by: author, commits: [fix] });
    },
    async readFile(commit, path) {
      if (!/^[0-9a-f]{7,40}$/u.test(commit)) return undefined;
      const { git } = repositoryNamed(github.world, owner, repo);
      return (await askGit(git, ["cat-file", "blob", `${commit}:${path}`]))?.toString("utf8");
    },
  };
}

/** Why there is no review yet, as far as it can be seen from GitHub's side. */
function explainSilence(github: GitHubEmulator, view: PullRequestView): string {
  const seconds = patienceMs / 1000;
  const check = view.checkRuns.at(-1);
  if (check) return `After ${seconds} s the check "${check.name}" is still ${check.status}.`;
  const delivery = github.webhooks.log.find(({ event }) => event === "pull_request");
  const answer = delivery?.statusCode || "nothing";
  return `After ${seconds} s there is no check; the App answered the webhook with ${answer}.`;
}
