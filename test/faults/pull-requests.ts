// Pull requests for a campaign, and what must stand on each when all is over: one check for every head,
// concluded, and every finding said once.

import { randomUUID } from "node:crypto";
import type { GitHubEmulator } from "../github-emulator/emulator.ts";
import type { CheckRun, Repository } from "../github-emulator/world.ts";
import type { Random } from "../random.ts";

export interface Campaigned {
  readonly repository: string;
  readonly number: number;
  /** The heads it had, the last one being the present one. */
  readonly heads: string[];
  /** The lines of the present head that are findings. */
  readonly findings: string[];
}

/** A repository of its own; `owner` is the account whose installation it belongs to. */
export async function aCampaignRepository(github: GitHubEmulator, owner = "acme"): Promise<string> {
  const name = `site-${randomUUID().slice(0, 8)}`;
  const commits = [{ message: "begin", files: { "a.py": "x = 1\n" } }];
  await github.createRepository({ owner, name, roles: { mona: "write" }, commits });
  return `${owner}/${name}`;
}

/** Opens a pull request with one to three findings. */
export async function openOne(
  github: GitHubEmulator,
  repository: string,
  index: number,
  dice: Random,
): Promise<Campaigned> {
  const findings = Array.from({ length: 1 + dice.below(3) }, (_, nth) => finding(index, nth));
  const place = { repository, by: "mona" };
  const branch = `feature-${index}`;
  const head = await github.push({ ...place, branch, commits: [commitOf(index, findings)] });
  const number = await github.openPullRequest({ ...place, title: `No. ${index}`, head: branch });
  return { repository, number, heads: [head], findings };
}

/** Pushes one more finding to it. */
export async function pushMore(
  github: GitHubEmulator,
  pull: Campaigned,
  index: number,
): Promise<void> {
  const { repository, findings, heads } = pull;
  findings.push(finding(index, findings.length));
  const commits = [commitOf(index, findings)];
  heads.push(await github.push({ repository, by: "mona", branch: `feature-${index}`, commits }));
}

function finding(index: number, nth: number): string {
  return `BAD_${index}_${nth} = ${nth}`;
}

function commitOf(index: number, findings: readonly string[]) {
  return { message: "change", files: { [`f${index}.py`]: `${findings.join("\n")}\n` } };
}

/** Is its present head's check concluded, and no other one open? */
export function isSettled(github: GitHubEmulator, pull: Campaigned): boolean {
  const runs = runsOf(github, pull);
  const [last = ""] = pull.heads.slice(-1);
  return (
    runs.some((run) => run.headSha === last && run.status === "completed") &&
    runs.every((run) => run.status === "completed")
  );
}

/** What is wrong with it, as sentences; none is right. */
export async function judge(github: GitHubEmulator, pull: Campaigned): Promise<readonly string[]> {
  const { repository, number, heads, findings } = pull;
  const [owner = "", repo = ""] = repository.split("/");
  const view = await github.pullRequestView(owner, repo, number);
  const runs = runsOf(github, pull);
  const said = view.threads.map(({ comments }) => comments[0]?.body ?? "");
  const wrong = [
    ...runs.flatMap((run) => (run.status === "completed" ? [] : [`a check is ${run.status}`])),
    ...heads.flatMap((head, index) => {
      const count = runs.filter((run) => run.headSha === head).length;
      const isLast = index === heads.length - 1;
      if (count > 1) return [`${count} checks for head ${index}`];
      return isLast && count === 0 ? ["no check for the present head"] : [];
    }),
    ...runs
      .filter((run) => run.headSha === heads.at(-1) && run.conclusion !== "failure")
      .map((run) => `the check ended ${run.conclusion}: ${run.title}`),
    ...findings.flatMap((line) => {
      const count = said.filter((body) => body.includes(`\`${line}\``)).length;
      return count === 1 ? [] : [`${line} is said ${count} times`];
    }),
    ...(said.length === findings.length
      ? []
      : [`${said.length} threads for ${findings.length} findings`]),
    ...(view.reviews.length <= heads.length
      ? []
      : [`${view.reviews.length} reviews for ${heads.length} heads`]),
  ];
  return wrong.map((each) => `${repository}#${number}: ${each}`);
}

function runsOf(github: GitHubEmulator, { repository, heads }: Campaigned): readonly CheckRun[] {
  return repositoryOf(github, repository).checkRuns.filter(
    (run) => run.name === "Pyward" && heads.includes(run.headSha),
  );
}

function repositoryOf(github: GitHubEmulator, name: string): Repository {
  const found = github.world.repositories.get(name.toLowerCase());
  if (found === undefined) throw new Error(`no repository ${name}`);
  return found;
}
