// Reviews and comments: where they may stand, whole or not at all, and where they stand after a push.

import { expect, test } from "vitest";
import {
  aFile,
  anEmulator,
  anInstallation,
  aPullRequest,
  refusal,
  repository,
  shop,
  withLines,
} from "./makers.ts";

const at = { ...shop, pull_number: 1 };
const onLine = (line: number, more: object = {}) => ({
  path: "app.py",
  line,
  side: "RIGHT",
  body: `about line ${line}`,
  ...more,
});

test("a review with comments is made whole, and its comments stand on their lines", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);

  await client.rest.pulls.createReview({
    ...at,
    commit_id: head,
    event: "COMMENT",
    body: "two things",
    comments: [onLine(10), onLine(50, { start_line: 48, start_side: "RIGHT" })],
  });

  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.reviews).toMatchObject([{ state: "COMMENTED", body: "two things", commit: head }]);
  expect(view.threads).toMatchObject([
    { path: "app.py", line: 10, startLine: undefined, isOutdated: false },
    { path: "app.py", line: 50, startLine: 48, isOutdated: false },
  ]);
  expect(view.threads[0]?.diffHunk).toMatch(/^@@ -7,7 \+7,7 @@.*\n(.*\n)*\+x = 'ten'$/);
  expect(view.threads[0]?.comments[0]?.author).toEqual({ login: "pyward[bot]", isBot: true });
  expect(github.ledger.contentCreating()).toHaveLength(1);
  expect(github.ledger.violations).toEqual([]);
});

test.each([
  [
    "a line outside every hunk",
    [onLine(30)],
    "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank",
  ],
  [
    "a range that begins in another hunk",
    [onLine(50, { start_line: 10, start_side: "RIGHT" })],
    "Pull request review thread start line must be part of the same hunk as the line.",
  ],
  [
    "a range that ends before it begins",
    [onLine(48, { start_line: 50, start_side: "RIGHT" })],
    "Pull request review thread start line must precede the end line.",
  ],
  [
    "a range of one line",
    [onLine(50, { start_line: 50, start_side: "RIGHT" })],
    "Pull request review thread start line must precede the end line.",
  ],
  [
    "a line of the new file on the old side",
    [onLine(1, { path: "new.py", side: "LEFT" })],
    "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank",
  ],
  [
    "a file that is not in the diff",
    [onLine(1, { path: "lib/other.py" })],
    "Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank",
  ],
  [
    "a side that is none",
    [onLine(10, { side: "MIDDLE" })],
    "Pull request review thread side is not included in the list",
  ],
  [
    "an over-long body",
    [onLine(10, { body: "x".repeat(65_537) })],
    "Pull request review comment body is too long (maximum is 65536 characters)",
  ],
])("%s refuses the whole review, the good comment too", async (_, bad, words) => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);

  const request = client.rest.pulls.createReview({
    ...at,
    event: "COMMENT",
    body: "words",
    comments: [onLine(10), ...bad],
  });

  expect(await refusal(request)).toEqual({
    status: 422,
    message: `Unprocessable Entity: ${JSON.stringify(words)}`,
  });
  const view = await github.pullRequestView("acme", "shop", 1);
  expect([view.reviews, view.threads]).toEqual([[], []]);
  expect(github.ledger.violations).toMatchObject([{ kind: "semantic" }]);
});

test("an empty review, an over-long one and a foreign commit are refused", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const review = (more: object) =>
    refusal(client.rest.pulls.createReview({ ...at, event: "COMMENT", ...more }));
  const main = await github.push({
    repository,
    branch: "main",
    by: "ada",
    commits: [{ message: "m", files: { "m.py": "" } }],
  });

  expect((await review({ body: "" })).message).toContain("Can not submit an empty review");
  expect((await review({ body: "x".repeat(65_537) })).message).toContain("Body is too long");
  expect((await review({ body: "x", commit_id: main })).message).toContain(
    "not part of the pull request",
  );
});

test("a comment on a deleted line stands on the left", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);

  await client.rest.pulls.createReview({
    ...at,
    event: "COMMENT",
    body: "words",
    comments: [onLine(10, { side: "LEFT" })],
  });

  const { data } = await client.rest.pulls.listReviewComments(at);
  expect(data).toMatchObject([{ side: "LEFT", line: 10, subject_type: "line" }]);
  expect(data[0]?.diff_hunk.split("\n").at(-1)).toBe("-x = 10");
});

test("a comment on a file stands on no line and outlives changes of lines", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const comment = {
    ...at,
    commit_id: head,
    path: "app.py",
    body: "the file",
    subject_type: "file",
  } as const;

  await client.rest.pulls.createReviewComment(comment);
  await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "more", files: { "app.py": aFile(61) } }],
  });

  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.threads).toMatchObject([{ subject: "file", line: undefined, isOutdated: false }]);
});

test("one comment outside the diff is refused by its field", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);

  const request = client.rest.pulls.createReviewComment({
    ...at,
    commit_id: head,
    ...onLine(30),
    side: "RIGHT",
  });

  const { status, message } = await refusal(request);
  expect(status).toBe(422);
  expect(message).toContain("pull_request_review_thread.line must be part of the diff");
});

test("after a push a comment moves with its line, and is outdated when the line changed", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  await client.rest.pulls.createReview({
    ...at,
    event: "COMMENT",
    body: "words",
    comments: [onLine(10), onLine(50), onLine(51, { start_line: 49, start_side: "RIGHT" })],
  });

  const pushed = `first = 0\n${withLines(aFile(60), { 10: "x = 'ten'", 50: "x = 'other'" })}`;
  await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "more", files: { "app.py": pushed } }],
  });

  const { data } = await client.rest.pulls.listReviewComments(at);
  expect(
    data.map(({ line, start_line, original_line }) => [line, start_line, original_line]),
  ).toEqual([
    [11, null, 10],
    [null, null, 50],
    [null, null, 51],
  ]);
  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.threads.map((thread) => thread.isOutdated)).toEqual([false, true, true]);
});

test("a forced push back to the old head makes a comment current again", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  await client.rest.pulls.createReview({
    ...at,
    event: "COMMENT",
    body: "words",
    comments: [onLine(10)],
  });
  await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "undo", files: { "app.py": aFile(60) } }],
  });
  expect((await github.pullRequestView("acme", "shop", 1)).threads[0]?.isOutdated).toBe(true);

  await github.push({ repository, branch: "feature", by: "ada", onto: head });

  expect((await github.pullRequestView("acme", "shop", 1)).threads[0]).toMatchObject({
    line: 10,
    isOutdated: false,
  });
});

test("replies, edits and reactions belong to their thread", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const { data: review } = await client.rest.pulls.createReview({
    ...at,
    event: "COMMENT",
    body: "words",
    comments: [onLine(10)],
  });
  const { data: comments } = await client.rest.pulls.listCommentsForReview({
    ...at,
    review_id: review.id,
  });
  const id = comments[0]?.id ?? 0;
  const place = { ...shop, comment_id: id };

  await client.rest.pulls.createReviewComment({
    ...at,
    commit_id: head,
    path: "app.py",
    body: "an answer",
    in_reply_to: id,
  });
  await client.rest.pulls.updateReviewComment({ ...place, body: "better words" });
  await client.rest.reactions.createForPullRequestReviewComment({ ...place, content: "eyes" });
  await client.rest.pulls.updateReview({ ...at, review_id: review.id, body: "a better summary" });

  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.threads).toHaveLength(1);
  expect(view.threads[0]?.comments).toMatchObject([
    { body: "better words", reactions: [{ content: "eyes", by: { login: "pyward[bot]" } }] },
    { body: "an answer" },
  ]);
  expect(view.reviews[0]?.body).toBe("a better summary");
  expect(github.ledger.violations).toEqual([]);
});

test("the words of others cannot be changed by the App", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const id = github.comment({ repository, number: 1, by: "ada", body: "mine" });

  const request = client.rest.issues.updateComment({ ...shop, comment_id: id, body: "yours" });

  expect(await refusal(request)).toEqual({
    status: 403,
    message: "Resource not accessible by integration",
  });
});

test("a comment under the pull request is made, listed, changed and reacted to once", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const place = { ...shop, issue_number: 1 };
  const { data: made } = await client.rest.issues.createComment({ ...place, body: "hello" });
  const mine = { ...shop, comment_id: made.id };

  await client.rest.issues.updateComment({ ...mine, body: "hello again" });
  const first = await client.rest.reactions.createForIssueComment({ ...mine, content: "rocket" });
  const second = await client.rest.reactions.createForIssueComment({ ...mine, content: "rocket" });

  expect([first.status, second.status]).toEqual([201, 200]);
  const { data } = await client.rest.issues.listComments(place);
  expect(data).toMatchObject([{ body: "hello again", reactions: { total_count: 1, rocket: 1 } }]);
});
