// Check runs: made, changed, listed. Annotations of an update come on top of those there are.

import type { Call, Routes } from "../call.ts";
import { paginate } from "../call.ts";
import { addCheckRun, suiteFor, tellCompleted } from "../deeds/check.ts";
import { git, readCommits, resolveCommit } from "../git.ts";
import { presentAnnotation, presentCheckRun, presentListedSuite } from "../present/check.ts";
import { presentMinimalRepository } from "../present/repository.ts";
import { notFound, Refusal } from "../refusal.ts";
import { type CheckBody, checkCheckRun } from "../semantic-rules.ts";
import type { Annotation, CheckAction, CheckRun } from "../world.ts";

interface RunBody extends CheckBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: CheckRun["status"];
  readonly details_url?: string;
  readonly external_id?: string;
  readonly started_at?: string;
  readonly actions?: readonly CheckAction[];
}

export const checkRoutes: Routes = {
  "checks/create": async (call) => {
    const body = call.body as RunBody & { name: string; head_sha: string };
    checkCheckRun(body);
    const sha = /^[0-9a-f]{40}$/.test(body.head_sha)
      ? await resolveCommit(call.repository.git, body.head_sha)
      : undefined;
    if (!sha) {
      const message = `No commit found for SHA: ${body.head_sha}`;
      throw new Refusal(422, { message, documentation_url: "https://docs.github.com/rest" });
    }
    const run: CheckRun = {
      id: call.world.nextId(),
      suite: suiteFor(call, call.repository, sha, await branchOf(call, sha)),
      headSha: sha,
      name: body.name,
      status: "queued",
      conclusion: undefined,
      detailsUrl: undefined,
      externalId: undefined,
      startedAt: call.world.now(),
      completedAt: undefined,
      title: undefined,
      summary: undefined,
      text: undefined,
      annotations: [],
      actions: [],
    };
    apply(call, run, body);
    addCheckRun(call, call.repository, run);
    return { status: 201, body: presentCheckRun(call, call.repository, run) };
  },

  "checks/update": (call) => {
    const run = runOf(call);
    const body = call.body as RunBody;
    checkCheckRun(body);
    const was = run.status;
    apply(call, run, body);
    if (was !== "completed" && run.status === "completed")
      tellCompleted(call, call.repository, run);
    return { body: presentCheckRun(call, call.repository, run) };
  },

  "checks/get": (call) => ({ body: presentCheckRun(call, call.repository, runOf(call)) }),

  "checks/list-annotations": (call) => {
    const run = runOf(call);
    return paginate(call, run.annotations, (annotation) =>
      presentAnnotation(call, call.repository, run, annotation),
    );
  },

  "checks/list-for-ref": async (call) => {
    const sha = await headOf(call);
    const { check_name: name, status, app_id: appId, filter = "latest" } = call.query;
    const all = call.repository.checkRuns
      .filter((run) => run.headSha === sha)
      .filter((run) => name === undefined || run.name === name)
      .filter((run) => status === undefined || run.status === status)
      .filter(() => appId === undefined || Number(appId) === call.world.app.id)
      .toReversed();
    const listed = filter === "all" ? all : latest(all);
    return paginate(
      call,
      listed,
      (run) => presentCheckRun(call, call.repository, run),
      (entries) => ({ total_count: listed.length, check_runs: entries }),
    );
  },

  "checks/list-suites-for-ref": async (call) => {
    const sha = await headOf(call);
    const [commit] = await readCommits(call.repository.git, sha, 1);
    if (!commit) throw notFound();
    const suites = call.repository.checkSuites.filter((suite) => suite.headSha === sha);
    return paginate(
      call,
      suites,
      (suite) => presentListedSuite(call, call.repository, suite, commit),
      (entries) => ({ total_count: suites.length, check_suites: entries }),
    );
  },

  "checks/set-suites-preferences": (call) => {
    const body = call.body as {
      auto_trigger_checks?: readonly { app_id: number; setting?: boolean }[];
    };
    const mine = body.auto_trigger_checks?.find((each) => each.app_id === call.world.app.id);
    if (mine) call.repository.autoTriggerChecks = mine.setting ?? true;
    const setting = { app_id: call.world.app.id, setting: call.repository.autoTriggerChecks };
    const repository = presentMinimalRepository(call, call.repository);
    return { body: { preferences: { auto_trigger_checks: [setting] }, repository } };
  },
};

function apply(call: Call, run: CheckRun, body: RunBody): void {
  if (body.name !== undefined) run.name = body.name;
  if (body.details_url !== undefined) run.detailsUrl = body.details_url;
  if (body.external_id !== undefined) run.externalId = body.external_id;
  if (body.started_at !== undefined) run.startedAt = new Date(body.started_at);
  // What is completed stays so: asking again takes a new run.
  if (body.status !== undefined && run.status !== "completed") run.status = body.status;
  if (body.conclusion !== undefined) {
    run.conclusion = body.conclusion;
    run.status = "completed";
    run.completedAt = body.completed_at ? new Date(body.completed_at) : call.world.now();
  }
  if (body.actions !== undefined) run.actions = body.actions;
  const { output } = body;
  if (!output) return;
  run.title = output.title ?? run.title;
  run.summary = output.summary ?? run.summary;
  run.text = output.text ?? run.text;
  run.annotations.push(...((output.annotations ?? []) as readonly Annotation[]));
}

/** Of each name the newest; the list comes newest first. */
function latest(runs: readonly CheckRun[]): readonly CheckRun[] {
  const names = new Set<string>();
  return runs.filter((run) => !names.has(run.name) && names.add(run.name));
}

function runOf(call: Call): CheckRun {
  const found = call.repository.checkRuns.find(
    (run) => run.id === Number(call.params.check_run_id),
  );
  if (!found) throw notFound();
  return found;
}

async function headOf(call: Call): Promise<string> {
  const ref = call.params.ref ?? "";
  const sha = await resolveCommit(call.repository.git, ref);
  if (sha) return sha;
  const message = `No commit found for SHA: ${ref}`;
  throw new Refusal(422, { message, documentation_url: "https://docs.github.com/rest" });
}

/** The branch of this repository whose tip a commit is; `null` for a fork's. */
async function branchOf(call: Call, sha: string): Promise<string | null> {
  const args = ["for-each-ref", "--format=%(refname:lstrip=2)", "--points-at", sha, "refs/heads"];
  const [branch = ""] = (await git(call.repository.git, args)).toString().split("\n");
  return branch === "" ? null : branch;
}
