// Plain pull requests for tests of the demo's page and words.

import type {
  CheckRunView,
  FileView,
  PullRequestView,
  ThreadView,
} from "../github-emulator/view.ts";

const mia = { login: "mia", isBot: false };
const bot = { login: "pyward[bot]", isBot: true };

export function aView(values: Partial<PullRequestView> = {}): PullRequestView {
  return {
    owner: "acme",
    repo: "shop",
    number: 1,
    url: "http://github.test/acme/shop/pull/1",
    title: "Search",
    body: "",
    author: mia,
    state: "open",
    draft: false,
    merged: false,
    createdAt: "2026-01-01T00:00:00Z",
    base: { label: "acme:main", ref: "main", sha: "b".repeat(40) },
    head: { label: "acme:search", ref: "search", sha: "a".repeat(40) },
    commits: [{ sha: "a".repeat(40), title: "Search", author: "mia" }],
    files: [],
    checkRuns: [],
    earlierCheckRuns: [],
    reviews: [],
    threads: [],
    comments: [],
    ...values,
  };
}

export function aFile(values: Partial<FileView> = {}): FileView {
  return {
    path: "search.py",
    previousPath: undefined,
    status: "modified",
    additions: 2,
    deletions: 1,
    patch: "@@ -1,3 +1,4 @@\n import x\n-old = 1\n+new = 1\n+run(new)\n # end",
    ...values,
  };
}

/** A thread that the App began; `body` is its first comment. */
export function aThread(values: Partial<ThreadView> & { readonly body?: string } = {}): ThreadView {
  const { body = "**Fault** · high", ...rest } = values;
  return {
    id: "T1",
    path: "search.py",
    subject: "line",
    side: "RIGHT",
    line: 3,
    startLine: undefined,
    originalLine: 3,
    originalStartLine: undefined,
    isOutdated: false,
    isResolved: false,
    resolvedBy: undefined,
    diffHunk: "@@ -1,3 +1,4 @@\n import x\n-old = 1\n+new = 1\n+run(new)",
    comments: [
      {
        id: 1,
        author: bot,
        body,
        createdAt: "2026-01-01T00:00:01Z",
        edited: false,
        minimized: undefined,
        reactions: [],
      },
    ],
    ...rest,
  };
}

export function aCheck(values: Partial<CheckRunView> = {}): CheckRunView {
  return {
    id: 1,
    name: "Pyward",
    headSha: "a".repeat(40),
    status: "completed",
    conclusion: "failure",
    detailsUrl: "",
    startedAt: undefined,
    completedAt: undefined,
    title: "1 new finding, 1 must be fixed",
    summary: "",
    text: undefined,
    annotations: [],
    actions: [],
    ...values,
  };
}
