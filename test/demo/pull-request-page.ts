// A pull request as GitHub would show it: checks, conversation, files with threads at their lines.

import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type {
  CheckRunView,
  FileView,
  PullRequestView,
  ReactionView,
  ThreadView,
} from "../github-emulator/view.ts";
import { type DiffRow, readDiffRows } from "./diff-rows.ts";
import { type LinkRewriter, renderGitHubMarkdown } from "./github-markdown.ts";

/** What stands around the pull request on the page of the demo. */
export interface PageSurroundings {
  /** Whether there is a fixing commit that was not pushed yet. */
  readonly canFix: boolean;
  readonly rewriteLink: LinkRewriter;
}

const handlebars = Handlebars.create();
const source = (name: string) => readFileSync(new URL(`page/${name}.hbs`, import.meta.url), "utf8");
for (const partial of ["thread", "diff", "remark", "check"]) {
  handlebars.registerPartial(partial, source(partial));
}
const content = handlebars.compile(source("content"), { strict: true, preventIndent: true });
const shell = handlebars.compile(source("shell"), { strict: true, preventIndent: true });

/** The changing part of the page: everything but the forms. */
export function renderPullRequest(view: PullRequestView, around: PageSurroundings): string {
  const render = (text: string) => renderGitHubMarkdown(text, around.rewriteLink);
  const remarks = [
    ...view.reviews.map((review) => ({
      author: review.author.login,
      isBot: review.author.isBot,
      action: describeReview(review.state, review.threads.length),
      html: render(review.body),
      reactions: [] as readonly Reaction[],
      at: review.submittedAt ?? "",
    })),
    ...view.comments.map((comment) => ({
      author: comment.author.login,
      isBot: comment.author.isBot,
      action: "commented",
      html: render(comment.body),
      reactions: describeReactions(comment.reactions),
      at: comment.createdAt,
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));

  return content({
    title: view.title,
    number: view.number,
    state: view.draft ? "draft" : view.state,
    author: view.author.login,
    base: view.base.ref,
    head: view.head.ref,
    sha: view.head.sha.slice(0, 7),
    commits: view.commits.map((commit) => ({ ...commit, short: commit.sha.slice(0, 7) })),
    body: render(view.body),
    checks: view.checkRuns.map((check) => describeCheck(check, render)),
    remarks,
    files: view.files.map((file) => describeFile(file, view.threads, render)),
  });
}

/** The whole page; its script replaces the content when it changes. */
export function renderDemoPage(view: PullRequestView, around: PageSurroundings): string {
  const { canFix } = around;
  return shell({ title: view.title, canFix, content: renderPullRequest(view, around) });
}

function describeReview(state: string, threads: number): string {
  const verb = { APPROVED: "approved", CHANGES_REQUESTED: "asked for changes" }[state];
  const count = threads === 1 ? "1 comment on the code" : `${threads} comments on the code`;
  return `${verb ?? "reviewed"}, with ${count}`;
}

interface CheckRow {
  readonly state: string;
  readonly symbol: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly object[];
}

function describeCheck(check: CheckRunView, render: (text: string) => string): CheckRow {
  const state = check.conclusion ?? check.status.replace("_", " ");
  const symbols: Readonly<Record<string, string>> = { success: "✓", failure: "✕", neutral: "■" };
  return {
    state,
    symbol: symbols[state] ?? "●",
    name: check.name,
    title: check.title ?? "",
    summary: render(check.summary ?? ""),
    annotations: check.annotations.map((annotation) => ({
      place: `${annotation.path}:${annotation.startLine}`,
      level: annotation.level,
      title: annotation.title ?? "",
      message: annotation.message,
    })),
  };
}

interface FileRow {
  readonly path: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly hasPatch: boolean;
  readonly rows: readonly object[];
  /** Threads without a line of the present head: on the file, or outdated. */
  readonly loose: readonly object[];
}

function describeFile(
  file: FileView,
  allThreads: readonly ThreadView[],
  render: (text: string) => string,
): FileRow {
  const threads = allThreads.filter(({ path }) => path === file.path);
  const rows = readDiffRows(file, threads);
  const placed = new Set(rows.flatMap((row) => row.threads));
  const describe = (thread: ThreadView) => describeThread(thread, file, render);
  return {
    path: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    hasPatch: file.patch !== undefined,
    rows: rows.map((row) => ({ ...row, threads: row.threads.map(describe) })),
    loose: threads.filter((thread) => !placed.has(thread)).map(describe),
  };
}

function describeThread(
  thread: ThreadView,
  file: FileView,
  render: (text: string) => string,
): object {
  const hunk: readonly DiffRow[] = readDiffRows({ ...file, patch: thread.diffHunk }, []);
  return {
    label: describeThreadState(thread),
    isFolded: thread.isResolved || thread.isOutdated,
    // GitHub shows the last lines of the hunk where the diff itself no longer does.
    hunk: thread.isOutdated ? hunk.slice(-4).map((row) => ({ ...row, threads: [] })) : [],
    comments: thread.comments.map((comment) => ({
      author: comment.author.login,
      isBot: comment.author.isBot,
      action: comment.edited ? "edited" : "",
      html: render(comment.body),
      reactions: describeReactions(comment.reactions),
    })),
  };
}

function describeThreadState(thread: ThreadView): string {
  const line = thread.line ?? thread.originalLine;
  const from = thread.startLine ?? line;
  const place =
    thread.subject === "file" || line === undefined
      ? "Comment on the file"
      : `Comment on line ${from === line ? line : `${from} to ${line}`}`;
  const outdated = thread.isOutdated ? " · outdated" : "";
  const hidden = thread.comments[0]?.minimized;
  const state = thread.isResolved ? " · resolved" : hidden ? ` · marked as ${hidden}` : "";
  return `${place}${outdated}${state}`;
}

interface Reaction {
  readonly symbol: string;
  readonly by: string;
}

function describeReactions(reactions: readonly ReactionView[]): readonly Reaction[] {
  const symbols: Readonly<Record<string, string>> = {
    eyes: "👀",
    rocket: "🚀",
    confused: "😕",
    heart: "❤️",
    hooray: "🎉",
    laugh: "😄",
    "+1": "👍",
    "-1": "👎",
  };
  return reactions.map(({ content: name, by }) => ({
    symbol: symbols[name] ?? name,
    by: by.login,
  }));
}
