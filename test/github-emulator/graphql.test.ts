// GraphQL: files in one question, threads and their state, and what may be done to them.

import { expect, test } from "vitest";
import {
  aListener,
  aManifest,
  anEmulator,
  anInstallation,
  aPullRequest,
  refusal,
  shop,
} from "./makers.ts";

const withThreads = async (permissions = aManifest.permissions) => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url, app: { ...aManifest, permissions } });
  await aPullRequest(github);
  const client = await anInstallation(github);
  const comments = [
    { path: "app.py", line: 10, body: "one" },
    { path: "app.py", line: 50, body: "two" },
  ];
  await client.rest.pulls.createReview({
    ...shop,
    pull_number: 1,
    event: "COMMENT",
    body: "x",
    comments,
  });
  return { github, client, listener };
};

test("many files come with one question, by aliases; what is not there is null", async () => {
  const { github, client } = await withThreads();
  github.ledger.clear();

  const answer = await client.graphql(
    `query ($owner: String!, $repo: String!, $a: String!) {
      repository(owner: $owner, name: $repo) {
        a: object(expression: $a) { ...blob }
        b: object(expression: "feature:gone.py") { ...blob }
        c: object(expression: "feature:lib") { ...blob }
      }
    }
    fragment blob on Blob { oid byteSize isBinary isTruncated text }`,
    { ...shop, a: "feature:new.py" },
  );

  const blob = { byteSize: 12, isBinary: false, isTruncated: false, text: "z = 1\nz = 2\n" };
  expect(answer).toMatchObject({ repository: { a: blob, b: null, c: {} } });
  expect(github.ledger.requests).toMatchObject([
    { operation: "graphql/repository", points: 1, status: 200 },
  ]);
});

const threadsQuery = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: 1) {
      reviewThreads(first: 1, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id isResolved isOutdated path line viewerCanResolve comments(first: 1) { nodes { fullDatabaseId body author { login } } } }
      }
    }
  }
}`;

test("threads come in pages, each with its first comment's REST id", async () => {
  const { client } = await withThreads();
  const { data: comments } = await client.rest.pulls.listReviewComments({
    ...shop,
    pull_number: 1,
  });
  interface Page {
    repository: {
      pullRequest: {
        reviewThreads: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: unknown[];
        };
      };
    };
  }

  const first = (await client.graphql<Page>(threadsQuery, shop)).repository.pullRequest
    .reviewThreads;
  const after = first.pageInfo.endCursor;
  const second = (await client.graphql<Page>(threadsQuery, { ...shop, after })).repository
    .pullRequest.reviewThreads;

  expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
    2,
    true,
    false,
  ]);
  expect([...first.nodes, ...second.nodes]).toMatchObject(
    comments.map(({ id, line, body }) => ({
      line,
      isResolved: false,
      viewerCanResolve: false,
      comments: { nodes: [{ fullDatabaseId: String(id), body, author: { login: "pyward" } }] },
    })),
  );
});

const resolve = `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved resolvedBy { login } } } }`;

test("a thread is not resolved without contents: write", async () => {
  const { github, client } = await withThreads();
  const [thread] = (await github.pullRequestView("acme", "shop", 1)).threads;

  const { message } = await refusal(client.graphql(resolve, { id: thread?.id }));

  expect(message).toContain("Resource not accessible by integration");
  expect((await github.pullRequestView("acme", "shop", 1)).threads[0]?.isResolved).toBe(false);
  expect(github.ledger.violations).toMatchObject([{ kind: "permission" }]);
});

test("a thread is resolved with contents: write, and that is told", async () => {
  const { github, client, listener } = await withThreads({
    ...aManifest.permissions,
    contents: "write",
  });
  const [thread] = (await github.pullRequestView("acme", "shop", 1)).threads;

  await client.graphql(resolve, { id: thread?.id });
  await github.webhooks.settled();

  const [resolved] = (await github.pullRequestView("acme", "shop", 1)).threads;
  expect(resolved).toMatchObject({ isResolved: true, resolvedBy: { login: "pyward[bot]" } });
  expect(listener.names().at(-1)).toBe("pull_request_review_thread.resolved");
});

test("a comment is minimized with a reason GitHub knows, and no other", async () => {
  const { github, client } = await withThreads();
  const { data: comments } = await client.rest.pulls.listReviewComments({
    ...shop,
    pull_number: 1,
  });
  const minimize = (classifier: string) =>
    client.graphql(
      `mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: ${classifier} }) { minimizedComment { isMinimized minimizedReason } } }`,
      { id: comments[0]?.node_id },
    );

  expect((await refusal(minimize("FIXED"))).message).toContain('Value "FIXED" does not exist');
  expect(await minimize("OUTDATED")).toEqual({
    minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: "outdated" } },
  });
  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.threads[0]?.comments[0]?.minimized).toBe("outdated");
});

test("a repository out of reach is not found, and a list needs a size", async () => {
  const { github, client } = await withThreads();
  await github.createRepository({ owner: "other", name: "secret", isInstalled: false });

  const secret = client.graphql(`{ repository(owner: "other", name: "secret") { id } }`);
  const sizeless = client.graphql(
    `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreads { totalCount } } } }`,
  );

  expect((await refusal(secret)).message).toContain("Could not resolve to a Repository");
  expect((await refusal(sizeless)).message).toContain("`first` or `last`");
});
