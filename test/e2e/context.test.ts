// A change is understood by the files around it: where they come from, what they cost, and what is said
// when they are not to be had. With the engine that is served, on its own thread.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger, faults } = world.github;
  faults.clear();
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

type Files = Readonly<Record<string, string | null>>;

const secretWord = "aardvark_of_acme";

const books = `import sqlite3


def find_books(title):
    ${secretWord} = sqlite3.connect("shop.db")
    return ${secretWord}.execute("SELECT * FROM book WHERE title = '" + title + "'")
`;

const before: Files = {
  "shop/__init__.py": "",
  "shop/books.py": books,
  "shop/views.py": "from flask import Flask\n\napp = Flask(__name__)\n",
};

/** The fault is in a file that the change does not touch. */
const after: Files = {
  "shop/views.py": `from flask import Flask, request

from shop.books import find_books

app = Flask(__name__)


@app.get("/books")
def show_books():
    return list(find_books(request.args["title"]))
`,
};

/** More files than are read one by one. */
const crowd: Files = Object.fromEntries(
  Array.from({ length: 150 }, (_, index) => [`far/m${index}.py`, `NUMBER = ${index}\n`]),
);

async function open(base: Files, changed: Files = after) {
  const { github } = world;
  const files = base as Record<string, string>;
  const repository = await aRepository(world, files);
  const commits = [{ message: "change", files: changed }];
  await github.push({ repository, by: "mona", branch: "feature", commits });
  github.ledger.clear();
  const place = { repository, by: "mona" };
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const pull = { ...place, number };
  return { pull, ...(await concluded(world, repository, number)) };
}

async function push(
  { repository, by, number }: Awaited<ReturnType<typeof open>>["pull"],
  files: Files,
) {
  const commits = [{ message: "more", files }];
  world.github.ledger.clear();
  await world.github.push({ repository, by, branch: "feature", commits });
  return await concluded(world, repository, number);
}

/** The paths whose texts were asked for, by GraphQL; those of the config are always asked for. */
function textsAskedFor(): string[] {
  const questions = world.github.ledger.requests.filter(({ path }) => path === "/graphql");
  return questions.flatMap(({ body }) => {
    const { variables } = body as { readonly variables: Readonly<Record<string, string>> };
    const asked = Object.entries(variables).filter(([name]) => /^e\d+$/u.test(name));
    return asked
      .map(([, expression]) => expression.slice(expression.indexOf(":") + 1))
      .filter((path) => path.endsWith(".py"));
  });
}

function archivesAskedFor(): number {
  return world.github.ledger.calls("repos/download-tarball-archive").length;
}

test("what a change reaches through an unchanged file is found", async () => {
  const { view, check } = await open(before);

  expect(check.conclusion).toBe("failure");
  expect(view.threads).toHaveLength(1);
  expect(view.threads[0]?.path).toBe("shop/views.py");
  expect(check.summary).toContain("2 read for context");
  expect(archivesAskedFor()).toBe(0);
});

test("a second push asks only for the texts that changed", async () => {
  const { pull } = await open(before);
  expect(textsAskedFor().sort()).toEqual([
    "shop/__init__.py",
    "shop/books.py",
    "shop/views.py",
    "shop/views.py",
  ]);

  const { view, check } = await push(pull, { "shop/mail.py": "SENDER = 'shop'\n" });

  // At the head, and as it was at the commit before: a secret may have been taken out again.
  expect(textsAskedFor()).toEqual(["shop/mail.py", "shop/mail.py"]);
  expect(check.conclusion).toBe("failure");
  expect(view.threads).toHaveLength(1);
  expect(
    world.github.ledger.requests.filter(({ operation }) => operation === "git/get-tree"),
  ).toHaveLength(1);
});

test("many files come as one archive, once, and later what changed of them", async () => {
  const { pull, check } = await open({ ...crowd, ...before });
  expect(check.conclusion).toBe("failure");
  expect(check.summary).toContain("2 read for context");
  expect(archivesAskedFor()).toBe(1);
  expect(textsAskedFor()).toEqual(["shop/views.py", "shop/views.py"]);

  const { repository, by } = pull;
  const safe = books.replace(/\.execute\(.*/u, '.execute("SELECT * FROM book")');
  const commits = [{ message: "mend", files: { "shop/books.py": safe } }];
  await world.github.push({ repository, by, branch: "main", commits });
  await world.github.push({ repository, by, branch: "feature", commits });
  const second = await concluded(world, repository, pull.number);

  expect(archivesAskedFor()).toBe(1);
  expect(second.check.conclusion).toBe("success");
});

test.each([
  ["repos/download-tarball-archive", 404],
  ["repos/download-tarball-archive", 403],
  ["repos/download-tarball-archive", 429],
  ["repos/download-tarball-archive", 502],
  ["git/get-tree", 404],
  ["git/get-tree", 502],
])("where %s answers %i, the changed files are read, and that is said", async (operation, status) => {
  const { faults } = world.github;
  faults.add({ kind: "status", status, times: Number.POSITIVE_INFINITY, match: { operation } });

  const { check } = await open(
    { ...crowd, ...before },
    {
      ...after,
      "shop/tools.py":
        "import yaml\n\n\ndef read(text):\n    return yaml.load(text, yaml.Loader)\n",
    },
  );

  expect(check.conclusion).not.toBe("neutral");
  expect(check.summary).toContain("Only the changed files were read");
});

test("a comment is not called fixed where the file that explains it was not to be had", async () => {
  const { pull } = await open(before);
  await world.forget();
  const { faults } = world.github;
  const match = { operation: "git/get-tree" };
  faults.add({ kind: "status", status: 404, times: Number.POSITIVE_INFINITY, match });

  const { view } = await push(pull, { "shop/mail.py": "SENDER = 'shop'\n" });

  expect(view.threads.map(({ isResolved }) => isResolved)).toEqual([false]);
});

test("a fork's files are read through the repository that it asks", async () => {
  const { github } = world;
  const repository = await aRepository(world, { ...crowd, ...before } as Record<string, string>);
  await github.fork(repository, "fern");
  const fork = `fern/${repository.split("/")[1]}`;
  const commits = [{ message: "change", files: { ...after, "shop/new.py": "x = 1\n" } }];
  await github.push({ repository: fork, by: "fern", branch: "feature", commits });
  github.ledger.clear();

  const number = await github.openPullRequest({
    repository,
    by: "fern",
    title: "A change",
    head: "fern:feature",
  });
  const { check } = await concluded(world, repository, number);

  expect(check.conclusion).toBe("failure");
  expect(archivesAskedFor()).toBe(1);
  const paths = github.ledger.requests.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/repos/fern"))).toEqual([]);
});

test("a change without Python asks for no texts around it", async () => {
  await open(before, { "README.md": "# Shop\n" });

  expect(textsAskedFor()).toEqual([]);
  expect(archivesAskedFor()).toBe(0);
});

test("the log holds no code", async () => {
  await open({ ...crowd, ...before });

  expect(world.log.length).toBeGreaterThan(0);
  expect(world.log.filter((line) => line.includes(secretWord))).toEqual([]);
});
