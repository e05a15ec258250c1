// The check run "Pyward": begun at once, and always concluded.

import type { Place } from "../jobs/ask.ts";
import type { CheckAnnotation, CheckOutput } from "../render/check-summary.ts";
import { type GitHubClient, once } from "./client.ts";

/** A check's name is what rulesets ask for: it never changes. */
export const checkName = "Pyward";

export interface CheckRun {
  readonly id: number;
  readonly isCompleted: boolean;
  /** How many annotations it holds already. */
  readonly annotations: number;
  /** The name of our App in addresses and in its bot's login. */
  readonly appSlug: string;
}

export type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "action_required";

/** What a check run has of ours: by the id we find it again, at the address people read of the review. */
export interface CheckMarks {
  readonly externalId: string;
  readonly detailsUrl: string;
}

/** Begins a check run. */
export async function beginCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  head: string,
  { externalId, detailsUrl }: CheckMarks,
  { title, summary }: CheckOutput,
): Promise<CheckRun> {
  const { data } = await client.rest.checks.create({
    owner,
    repo,
    name: checkName,
    head_sha: head,
    status: "in_progress",
    external_id: externalId,
    details_url: detailsUrl,
    started_at: new Date().toISOString(),
    output: { title, summary },
    request: once,
  });
  return describe(data);
}

/** Looks at a check run of ours. */
export async function readCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  id: number,
): Promise<CheckRun> {
  const { data } = await client.rest.checks.get({ owner, repo, check_run_id: id });
  return describe(data);
}

/** Finds a check run whose beginning was never answered; `undefined` where it was not begun. */
export async function findCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  head: string,
  externalId: string,
): Promise<CheckRun | undefined> {
  const { data } = await client.rest.checks.listForRef({
    owner,
    repo,
    ref: head,
    check_name: checkName,
    filter: "all",
    per_page: 100,
  });
  const found = data.check_runs.find((run) => run.external_id === externalId);
  return found === undefined ? undefined : describe(found);
}

/** GitHub takes so many annotations in one request, and adds them to those that are there. */
const annotationsPerRequest = 50;

/** What a person may press on a check that ended; GitHub shows it to those who may write. */
const buttons = [
  { identifier: "rerun", label: "Re-run", description: "Review this commit again" },
  { identifier: "config", label: "Show config", description: "Show the settings that hold here" },
];

/** Concludes a check run; one that holds some of the annotations already gets the others only. */
export async function concludeCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  check: Pick<CheckRun, "id" | "annotations">,
  conclusion: CheckConclusion,
  words: CheckOutput,
): Promise<void> {
  const left = words.annotations.slice(check.annotations);
  const run = { owner, repo, check_run_id: check.id, request: once };
  const { title, summary } = words;
  let sent = 0;
  for (; left.length - sent > annotationsPerRequest; sent += annotationsPerRequest) {
    const annotations = left.slice(sent, sent + annotationsPerRequest).map(toGitHub);
    await client.rest.checks.update({ ...run, output: { title, summary, annotations } });
  }
  const annotations = left.slice(sent).map(toGitHub);
  await client.rest.checks.update({
    ...run,
    actions: buttons,
    status: "completed",
    conclusion,
    completed_at: new Date().toISOString(),
    output: { title, summary, ...(annotations.length === 0 ? {} : { annotations }) },
  });
}

/** Replaces the words of a check run that ended; its verdict and its annotations stay. */
export async function rewordCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  id: number,
  { title, summary }: CheckOutput,
): Promise<void> {
  await client.rest.checks.update({ owner, repo, check_run_id: id, output: { title, summary } });
}

/** Adds a text below the summary of a check run that ended; all else stays as it is. */
export async function addText(
  client: GitHubClient,
  { owner, repo }: Place,
  id: number,
  text: string,
): Promise<void> {
  const run = { owner, repo, check_run_id: id };
  const { data } = await client.rest.checks.get(run);
  const { title, summary } = data.output;
  if (title === null || summary === null) return;
  await client.rest.checks.update({ ...run, output: { title, summary, text } });
}

interface GitHubCheckRun {
  readonly id: number;
  readonly status: string;
  readonly output: { readonly annotations_count: number };
  readonly app: { readonly slug?: string } | null;
}

function describe(run: GitHubCheckRun): CheckRun {
  return {
    id: run.id,
    isCompleted: run.status === "completed",
    annotations: run.output.annotations_count,
    appSlug: run.app?.slug ?? "",
  };
}

function toGitHub(annotation: CheckAnnotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  };
}
