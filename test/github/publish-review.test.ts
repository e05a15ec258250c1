// What happens when GitHub refuses a review.

import nock from "nock";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { GitHubClient } from "../../src/github/client.ts";
import { type OutgoingComment, publishReview } from "../../src/github/publish-review.ts";
import { aPlace } from "../jobs/makers.ts";
import { aClient, api, onlyNock } from "./a-client.ts";

let client: GitHubClient;

beforeAll(async () => {
  onlyNock();
  client = await aClient();
});

afterEach(() => nock.cleanAll());

function aComment(path: string, start = 1, end = start): OutgoingComment {
  return { path, body: `about ${path}`, lines: { start, end } };
}

interface Posted {
  readonly comments: readonly { readonly path: string }[];
  readonly [key: string]: unknown;
}

/** A GitHub that refuses every review with a comment on a path that holds `bad`. */
function gitHubRefusing(bad: string) {
  const reviews: Posted[] = [];
  const single: Record<string, unknown>[] = [];
  let refusals = 0;
  nock(api)
    .post("/repos/acme/shop/pulls/1/reviews")
    .reply(async (request: Request) => {
      const review = (await request.json()) as Posted;
      if (review.comments.some(({ path }) => path.includes(bad))) {
        refusals += 1;
        return [422, { message: "Unprocessable Entity" }];
      }
      reviews.push(review);
      return [200, {}];
    })
    .persist();
  nock(api)
    .post("/repos/acme/shop/pulls/1/comments")
    .reply(async (request: Request) => {
      const comment = (await request.json()) as Record<string, unknown>;
      if (String(comment.path).includes("worse")) return [422, { message: "Validation Failed" }];
      single.push(comment);
      return [201, {}];
    })
    .persist();
  return { reviews, single, refusals: () => refusals };
}

function publish(comments: readonly OutgoingComment[]) {
  const review = { number: 1, head: "h1", body: "Two things.", comments };
  return publishReview(client, aPlace(), review);
}

test("all comments go out in one review, single lines and ranges on the new side", async () => {
  const github = gitHubRefusing("bad");

  expect(await publish([aComment("a.py", 3), aComment("b.py", 4, 6)])).toEqual([]);

  expect(github.reviews).toEqual([
    {
      commit_id: "h1",
      event: "COMMENT",
      body: "Two things.",
      comments: [
        { path: "a.py", body: "about a.py", line: 3, side: "RIGHT" },
        {
          path: "b.py",
          body: "about b.py",
          line: 6,
          side: "RIGHT",
          start_line: 4,
          start_side: "RIGHT",
        },
      ],
    },
  ]);
});

test("one refused place does not silence the others, and is told on its file", async () => {
  const github = gitHubRefusing("bad");
  const paths = ["a.py", "b.py", "bad.py", "d.py", "e.py", "f.py", "g.py", "h.py"];

  expect(await publish(paths.map((path) => aComment(path)))).toEqual([]);

  const said = github.reviews.flatMap(({ comments }) => comments.map(({ path }) => path));
  expect(said.toSorted()).toEqual(paths.filter((path) => path !== "bad.py"));
  expect(github.refusals()).toBe(4);
  expect(github.single).toEqual([
    { commit_id: "h1", path: "bad.py", body: "about bad.py", subject_type: "file" },
  ]);
});

test("a comment on a file needs no review", async () => {
  const github = gitHubRefusing("bad");

  await publish([{ path: "a.py", body: "about the file", lines: undefined }]);

  expect(github.reviews).toEqual([]);
  expect(github.single).toHaveLength(1);
});

test("what GitHub takes nowhere is given back", async () => {
  gitHubRefusing("bad");
  const worse = aComment("bad-and-worse.py");

  expect(await publish([worse])).toEqual([worse]);
});

test("any other failure is the caller's, and nothing is sent a second time", async () => {
  let asked = 0;
  nock(api)
    .post("/repos/acme/shop/pulls/1/reviews")
    .reply(() => {
      asked += 1;
      return [502, "Bad Gateway"];
    })
    .persist();

  await expect(publish([aComment("a.py")])).rejects.toMatchObject({ status: 502 });
  expect(asked).toBe(1);
});
