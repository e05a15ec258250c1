// Which permission an operation and an event ask for, as the pages of docs.github.com say per endpoint.
// https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps

import type { Access, Permissions } from "./world.ts";

/** Any one of these suffices; none listed: any valid token. */
type Needs = readonly { readonly permission: string; readonly access: Access }[];

const read = (...names: string[]): Needs =>
  names.map((permission) => ({ permission, access: "read" }));
const write = (...names: string[]): Needs =>
  names.map((permission) => ({ permission, access: "write" }));

const needsOf: Readonly<Record<string, Needs>> = {
  "apps/list-repos-accessible-to-installation": read("metadata"),
  "repos/get": read("metadata"),
  "repos/get-collaborator-permission-level": read("metadata"),
  "repos/get-content": read("contents"),
  "repos/get-commit": read("contents"),
  "repos/list-commits": read("contents"),
  "repos/compare-commits-with-basehead": read("contents"),
  "repos/download-tarball-archive": read("contents"),
  "dependency-graph/diff-range": read("contents"),
  "code-scanning/upload-sarif": write("security_events"),
  "git/get-blob": read("contents"),
  "git/get-tree": read("contents"),
  "git/get-commit": read("contents"),
  "git/get-ref": read("contents"),
  "repos/get-branch": read("contents"),
  "git/create-tree": write("contents"),
  "git/create-commit": write("contents"),
  "git/update-ref": write("contents"),
  "repos/list-pull-requests-associated-with-commit": read("pull_requests"),
  "pulls/get": read("pull_requests"),
  "pulls/list": read("pull_requests"),
  "pulls/list-files": read("pull_requests"),
  "pulls/list-commits": read("pull_requests"),
  "pulls/create-review": write("pull_requests"),
  "pulls/list-reviews": read("pull_requests"),
  "pulls/get-review": read("pull_requests"),
  "pulls/update-review": write("pull_requests"),
  "pulls/submit-review": write("pull_requests"),
  "pulls/delete-pending-review": write("pull_requests"),
  "pulls/list-comments-for-review": read("pull_requests"),
  "pulls/create-review-comment": write("pull_requests"),
  "pulls/list-review-comments": read("pull_requests"),
  "pulls/get-review-comment": read("pull_requests"),
  "pulls/update-review-comment": write("pull_requests"),
  "pulls/delete-review-comment": write("pull_requests"),
  "issues/list-comments": read("issues", "pull_requests"),
  "issues/get-comment": read("issues", "pull_requests"),
  "issues/create-comment": write("issues", "pull_requests"),
  "issues/update-comment": write("issues", "pull_requests"),
  "issues/delete-comment": write("issues", "pull_requests"),
  "reactions/list-for-issue-comment": read("issues", "pull_requests"),
  "reactions/create-for-issue-comment": write("issues", "pull_requests"),
  "reactions/delete-for-issue-comment": write("issues", "pull_requests"),
  "reactions/list-for-pull-request-review-comment": read("pull_requests"),
  "reactions/create-for-pull-request-review-comment": write("pull_requests"),
  "reactions/delete-for-pull-request-comment": write("pull_requests"),
  "checks/create": write("checks"),
  "checks/update": write("checks"),
  "checks/get": read("checks"),
  "checks/list-for-ref": read("checks"),
  "checks/list-annotations": read("checks"),
  "checks/list-suites-for-ref": read("checks"),
  "checks/set-suites-preferences": write("checks"),
};

/** `undefined` where the operation asks for none that we know of. */
export function mayDo(operation: string, granted: Permissions): boolean {
  const needs = needsOf[operation] ?? [];
  return needs.length === 0 || needs.some((need) => has(granted, need.permission, need.access));
}

/** GraphQL mutations; resolving a thread is gated on contents, not on pull requests (oven-sh/bun#39183). */
export const mutationNeeds: Readonly<Record<string, { permission: string; access: Access }>> = {
  resolveReviewThread: { permission: "contents", access: "write" },
  unresolveReviewThread: { permission: "contents", access: "write" },
  minimizeComment: { permission: "pull_requests", access: "write" },
  unminimizeComment: { permission: "pull_requests", access: "write" },
};

export function has(granted: Permissions, permission: string, access: Access): boolean {
  const level = granted[permission];
  return level === "write" || (level === "read" && access === "read");
}

/** Events every App gets without asking. */
const alwaysSent = new Set([
  "installation",
  "installation_repositories",
  "installation_target",
  "github_app_authorization",
  "ping",
]);

const eventNeeds: Readonly<Record<string, string>> = {
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  pull_request_review_comment: "pull_requests",
  pull_request_review_thread: "pull_requests",
  issue_comment: "issues",
  push: "contents",
  check_run: "checks",
  check_suite: "checks",
  merge_group: "merge_queues",
  repository: "metadata",
};

const actionsOfAuthors = new Set(["requested", "rerequested", "requested_action"]);

/** Whether an App with these permissions and subscriptions is told of an event. */
export function hears(
  event: string,
  action: string | undefined,
  granted: Permissions,
  subscribed: readonly string[],
): boolean {
  if (alwaysSent.has(event)) return true;
  const permission = eventNeeds[event];
  if (permission === undefined) throw new Error(`no permission is known for the event ${event}`);
  const forAuthors = event.startsWith("check_") && actionsOfAuthors.has(action ?? "");
  return subscribed.includes(event) && has(granted, permission, forAuthors ? "write" : "read");
}
