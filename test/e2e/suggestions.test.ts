// What a pull request with faults that can be mended shows: suggestions, and diffs where they need more.

import { afterAll, beforeAll, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: await loadEngine() });
});

afterAll(() => world.close());

const books = `import random
import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/books")
def books():
    title = request.args["title"]
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute(f"SELECT * FROM book WHERE title = '{title}'")
    return {"books": cursor.fetchall()}


def make_token():
    return "".join(random.choice("0123456789abcdef") for _ in range(32))
`;

test("a fix is a suggestion on its lines, and one that needs an import a diff", async () => {
  const repository = await aRepository(world, { "README.md": "# Shop\n" });
  const by = "mona";
  const commits = [{ message: "books", files: { "shop/books.py": books } }];
  await world.github.push({ repository, by, branch: "feature", commits });
  const place = { repository, by, title: "Books", head: "feature" };
  const number = await world.github.openPullRequest(place);

  const { view } = await concluded(world, repository, number);

  const bodies = new Map(
    view.threads.map(({ line, comments }) => [line, comments[0]?.body ?? ""] as const),
  );
  expect(bodies.get(13)).toContain(
    '```suggestion\n    cursor.execute("SELECT * FROM book WHERE title = ?", (title,))\n```',
  );
  expect(bodies.get(18)).toContain("```diff\n@@ line 2 @@\n+import secrets\n@@ line 18 @@\n");
  expect(world.github.ledger.violations).toEqual([]);
});
