// A pull request as a plain object, for tests that look at the whole and for a page that shows it.

/** Everything a person would see on a pull request's page, oldest first in every list. */
export interface PullRequestView {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly author: ActorView;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly merged: boolean;
  readonly createdAt: string;
  readonly base: BranchView;
  readonly head: BranchView;
  readonly commits: readonly CommitView[];
  readonly files: readonly FileView[];
  /** The check runs of the head commit; of earlier heads, see `earlierCheckRuns`. */
  readonly checkRuns: readonly CheckRunView[];
  readonly earlierCheckRuns: readonly CheckRunView[];
  readonly reviews: readonly ReviewView[];
  readonly threads: readonly ThreadView[];
  readonly comments: readonly TimelineCommentView[];
}

export interface ActorView {
  /** A bot's login ends in `[bot]`. */
  readonly login: string;
  readonly isBot: boolean;
}

export interface BranchView {
  /** `owner:branch`. */
  readonly label: string;
  readonly ref: string;
  readonly sha: string;
}

export interface CommitView {
  readonly sha: string;
  /** The first line of the message. */
  readonly title: string;
  readonly author: string;
}

export interface FileView {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly additions: number;
  readonly deletions: number;
  /** The hunks of the unified diff, without the file's header; `undefined` for binary files and over-large diffs. */
  readonly patch: string | undefined;
}

export interface CheckRunView {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: string | undefined;
  readonly detailsUrl: string;
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  readonly title: string | undefined;
  /** Markdown. */
  readonly summary: string | undefined;
  /** Markdown. */
  readonly text: string | undefined;
  readonly annotations: readonly AnnotationView[];
  /** The buttons the App offers. */
  readonly actions: readonly {
    readonly label: string;
    readonly description: string;
    readonly identifier: string;
  }[];
}

export interface AnnotationView {
  readonly path: string;
  /** 1-based lines of the head. */
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | undefined;
  readonly endColumn: number | undefined;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string | undefined;
  readonly message: string;
  readonly rawDetails: string | undefined;
}

export interface ReviewView {
  readonly id: number;
  readonly author: ActorView;
  readonly state: "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED" | "DISMISSED" | "PENDING";
  /** Markdown; may be empty. */
  readonly body: string;
  readonly commit: string;
  readonly submittedAt: string | undefined;
  /** The threads this review began, by their ids. */
  readonly threads: readonly string[];
}

export interface ThreadView {
  /** GraphQL node id, as `resolveReviewThread` takes it. */
  readonly id: string;
  readonly path: string;
  readonly subject: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  /** 1-based line of the present head; `undefined` once outdated, and for a comment on a file. */
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  /** The line as it was when the comment was made. */
  readonly originalLine: number | undefined;
  readonly originalStartLine: number | undefined;
  readonly isOutdated: boolean;
  readonly isResolved: boolean;
  readonly resolvedBy: ActorView | undefined;
  /** The hunk up to the commented line, `@@` line included. */
  readonly diffHunk: string;
  readonly comments: readonly ThreadCommentView[];
}

export interface ThreadCommentView {
  readonly id: number;
  readonly author: ActorView;
  /** Markdown. */
  readonly body: string;
  readonly createdAt: string;
  readonly edited: boolean;
  readonly minimized: string | undefined;
  readonly reactions: readonly ReactionView[];
}

export interface TimelineCommentView {
  readonly id: number;
  readonly author: ActorView;
  /** Markdown. */
  readonly body: string;
  readonly createdAt: string;
  readonly edited: boolean;
  readonly minimized: string | undefined;
  readonly reactions: readonly ReactionView[];
}

export interface ReactionView {
  /** As the API names them: `eyes`, `rocket`, `+1`, `-1`, `heart` ... */
  readonly content: string;
  readonly by: ActorView;
}
