// Check suites and check runs: made, changed, asked for again, and told.

import type { Stage } from "../call.ts";
import { readCommits } from "../git.ts";
import { presentCheckRunOfEvent, presentCheckSuite } from "../present/check.ts";
import type { CheckRun, CheckSuite, Repository, User } from "../world.ts";

/** The suite of a commit, made at first need. `branch` is `null` where the commit was not pushed here. */
export function suiteFor(
  stage: Stage,
  repository: Repository,
  sha: string,
  branch: string | null,
): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.headSha === sha);
  if (known) return known;
  const { world } = stage;
  const suite = { id: world.nextId(), headSha: sha, headBranch: branch, createdAt: world.now() };
  repository.checkSuites.push(suite);
  return suite;
}

/** What GitHub does at every push for an App that writes checks. */
export async function requestSuite(
  stage: Stage,
  repository: Repository,
  sha: string,
  branch: string,
  pusher: User,
): Promise<void> {
  if (!repository.autoTriggerChecks) return;
  const suite = suiteFor(stage, repository, sha, branch);
  await tellSuite(stage, repository, suite, pusher, "requested");
}

export async function rerequestSuite(
  stage: Stage,
  repository: Repository,
  suite: CheckSuite,
  by: User,
): Promise<void> {
  await tellSuite(stage, repository, suite, by, "rerequested");
}

export function addCheckRun(stage: Stage, repository: Repository, run: CheckRun): void {
  repository.checkRuns.push(run);
  tellRun(stage, repository, run, stage.world.app.bot, "created", {});
  if (run.status === "completed") tellCompleted(stage, repository, run);
}

export function tellCompleted(stage: Stage, repository: Repository, run: CheckRun): void {
  tellRun(stage, repository, run, stage.world.app.bot, "completed", {});
}

/** Someone pressed "Re-run". */
export function rerequestRun(stage: Stage, repository: Repository, run: CheckRun, by: User): void {
  tellRun(stage, repository, run, by, "rerequested", {});
}

/** Someone pressed one of the App's own buttons. */
export function pressButton(
  stage: Stage,
  repository: Repository,
  run: CheckRun,
  identifier: string,
  by: User,
): void {
  if (!run.actions.some((action) => action.identifier === identifier)) {
    throw new Error(`check run ${run.id} has no button "${identifier}"`);
  }
  tellRun(stage, repository, run, by, "requested_action", { requested_action: { identifier } });
}

function tellRun(
  stage: Stage,
  repository: Repository,
  run: CheckRun,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const payload = { ...more, check_run: presentCheckRunOfEvent(stage, repository, run) };
  stage.webhooks.announce({ event: "check_run", action, sender, repository, payload });
}

async function tellSuite(
  stage: Stage,
  repository: Repository,
  suite: CheckSuite,
  sender: User,
  action: string,
): Promise<void> {
  const [commit] = await readCommits(repository.git, suite.headSha, 1);
  if (!commit) throw new Error(`the head ${suite.headSha} of a check suite is unknown to git`);
  const payload = { check_suite: presentCheckSuite(stage, repository, suite, commit) };
  stage.webhooks.announce({ event: "check_suite", action, sender, repository, payload });
}
