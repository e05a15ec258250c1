// Check runs, their suites and annotations as the API shows them.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import type { CommitFacts } from "../git.ts";
import type { Annotation, CheckRun, CheckSuite, PullRequest, Repository } from "../world.ts";
import { fullName, nodeId } from "../world.ts";
import { presentSimpleCommit } from "./commit.ts";
import { presentApp } from "./people.ts";
import { presentPullRequestMinimal } from "./pull-request.ts";
import { presentMinimalRepository } from "./repository.ts";

export function presentCheckRun(scene: Scene, repository: Repository, run: CheckRun) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}/check-runs/${run.id}`;
  const html = `${scene.urls.html}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url: api,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt ? timestamp(run.startedAt) : null,
    completed_at: run.completedAt ? timestamp(run.completedAt) : null,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: presentApp(scene),
    pull_requests: pullRequestsAt(scene, repository, run.headSha),
  };
}

/** As webhooks carry it: the suite a little fuller. */
export function presentCheckRunOfEvent(scene: Scene, repository: Repository, run: CheckRun) {
  const { suite } = run;
  const url = suiteUrl(scene, repository, suite);
  return {
    ...presentCheckRun(scene, repository, run),
    check_suite: {
      id: suite.id,
      node_id: nodeId("CS", suite.id),
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      ...stateOf(repository, suite),
      url,
      before: null,
      after: suite.headSha,
      pull_requests: pullRequestsAt(scene, repository, suite.headSha),
      app: presentApp(scene),
      created_at: timestamp(suite.createdAt),
      updated_at: timestamp(suite.createdAt),
    },
  };
}

export function presentCheckSuite(
  scene: Scene,
  repository: Repository,
  suite: CheckSuite,
  headCommit: CommitFacts,
) {
  const url = suiteUrl(scene, repository, suite);
  return {
    id: suite.id,
    node_id: nodeId("CS", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...stateOf(repository, suite),
    url,
    before: headCommit.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullRequestsAt(scene, repository, suite.headSha),
    app: presentApp(scene),
    created_at: timestamp(suite.createdAt),
    updated_at: timestamp(suite.createdAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: runsOf(repository, suite).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: presentSimpleCommit(headCommit),
  };
}

/** As the list of a ref's suites shows it. */
export function presentListedSuite(
  scene: Scene,
  repository: Repository,
  suite: CheckSuite,
  headCommit: CommitFacts,
) {
  const shown = presentCheckSuite(scene, repository, suite, headCommit);
  return { ...shown, repository: presentMinimalRepository(scene, repository) };
}

export function presentAnnotation(
  scene: Scene,
  repository: Repository,
  run: CheckRun,
  annotation: Annotation,
) {
  const path = annotation.path.split("/").map(encodeURIComponent).join("/");
  return {
    path: annotation.path,
    blob_href: `${scene.urls.html}/${fullName(repository)}/blob/${run.headSha}/${path}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}

/** Open pull requests with that head; never those from forks, whose pushes this repository does not see. */
function pullRequestsAt(scene: Scene, repository: Repository, sha: string) {
  return [...repository.pullRequests.values()]
    .filter((pull: PullRequest) => pull.state === "open" && pull.headSha === sha)
    .filter((pull) => pull.headRepository === repository)
    .map((pull) => presentPullRequestMinimal(scene, repository, pull));
}

function runsOf(repository: Repository, suite: CheckSuite): CheckRun[] {
  return repository.checkRuns.filter((run) => run.suite === suite);
}

function stateOf(repository: Repository, suite: CheckSuite) {
  const runs = runsOf(repository, suite);
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed"))
    return { status: "in_progress", conclusion: null };
  const bad = runs.find((run) => !["success", "neutral", "skipped"].includes(run.conclusion ?? ""));
  return { status: "completed", conclusion: (bad ?? runs.at(-1))?.conclusion ?? null };
}

function suiteUrl(scene: Scene, repository: Repository, suite: CheckSuite): string {
  return `${scene.urls.api}/repos/${fullName(repository)}/check-suites/${suite.id}`;
}
