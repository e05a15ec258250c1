// `/pyward fix`: sure fixes become one commit on the branch, where that is allowed and nothing has moved.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { git, makeTree, readCommits, readObjects, readTree } from "../github-emulator/git.ts";
import type { PullRequestView } from "../github-emulator/view.ts";
import { repositoryNamed } from "../github-emulator/world.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;
let readers: WorldOfOne;

beforeAll(async () => {
  const engine = await loadEngine();
  world = await startWorld({ engine }, { permissions: { contents: "write" } });
  readers = await startWorld({ engine });
});

afterAll(async () => {
  await world.close();
  await readers.close();
});

afterEach(({ task }) => {
  for (const { github } of [world, readers]) {
    const violations = [...github.ledger.violations];
    github.ledger.clear();
    github.faults.clear();
    expect(violations, task.name).toEqual([]);
  }
});

const books = `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/books")
def books():
    title = request.args["title"]
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute(f"SELECT * FROM book WHERE title = '{title}'")
    return {"books": cursor.fetchall()}
`;
const settings = `import random

import yaml
from flask import Flask, request

app = Flask(__name__)


@app.post("/read")
def read():
    return {"read": yaml.load(request.data, Loader=yaml.Loader)}


def make_token():
    return "".join(random.choice("0123456789abcdef") for _ in range(32))
`;
const pages = `from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def page():
    return eval(request.args["q"])
`;

interface Opened {
  readonly by?: string;
  readonly of?: WorldOfOne;
  readonly isFork?: boolean;
}

async function open(files: Record<string, string>, { of = world, isFork = false }: Opened = {}) {
  const { github } = of;
  const repository = await aRepository(of, { "README.md": "# Shop\n" });
  github.setRole(repository, "wendy", "write");
  const name = repository.split("/")[1] ?? "";
  if (isFork) await github.fork(repository, "mona");
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files }];
  const where = isFork ? { ...place, repository: `mona/${name}` } : place;
  await github.push({ ...where, branch: "feature", commits });
  const head = isFork ? "mona:feature" : "feature";
  const number = await github.openPullRequest({ ...place, title: "A change", head });
  const pull = { of, repository, number };
  return { pull, ...(await concluded(of, repository, number)) };
}

type Pull = Awaited<ReturnType<typeof open>>["pull"];

function look({ of, repository, number }: Pull): Promise<PullRequestView> {
  const [owner = "", repo = ""] = repository.split("/");
  return of.github.pullRequestView(owner, repo, number);
}

/** Says it, and waits for the answer in words and by a reaction. */
async function speak(pull: Pull, by: string, body = "/pyward fix") {
  const { github } = pull.of;
  github.ledger.clear();
  const id = github.comment({ repository: pull.repository, number: pull.number, by, body });
  return await github.waitFor(
    "an answer",
    async () => {
      const view = await look(pull);
      const seen = view.comments.find((each) => each.id === id)?.reactions ?? [];
      const reaction = seen.map(({ content }) => content).find((each) => each !== "eyes");
      const answers = view.comments.filter(({ author }) => author.isBot).map((each) => each.body);
      return reaction !== undefined && answers.length > 0 && { view, reaction, answers };
    },
    30_000,
  );
}

async function textAt({ of, repository }: Pull, path: string): Promise<string> {
  const [owner = "", repo = ""] = repository.split("/");
  const found = repositoryNamed(of.github.world, owner, repo);
  const [object] = await readObjects(found.git, [`refs/heads/feature:${path}`]);
  return object?.bytes.toString() ?? "";
}

const wrote = ({ of }: Pull) => [
  ...of.github.ledger.calls("git/update-ref"),
  ...of.github.ledger.calls("git/create-commit"),
];

test("fixes in two files, one with an import, become one commit by the App, and the review follows", async () => {
  const { pull, view, check } = await open({ "shop/books.py": books, "shop/tools.py": settings });
  expect(check.conclusion).toBe("failure");

  const { reaction, answers } = await speak(pull, "wendy");

  expect(reaction).toBe("rocket");
  const { view: after, check: green } = await concluded(
    world,
    pull.repository,
    pull.number,
    (each) => each.headSha !== view.head.sha,
  );
  expect(answers[0]).toContain(`Mended 3 findings in 2 files: ${after.head.sha.slice(0, 7)}.`);
  expect(green).toMatchObject({ conclusion: "success", title: "No new findings" });
  expect(await textAt(pull, "shop/books.py")).toBe(
    books.replace(
      `f"SELECT * FROM book WHERE title = '{title}'"`,
      `"SELECT * FROM book WHERE title = ?", (title,)`,
    ),
  );
  expect(await textAt(pull, "shop/tools.py")).toContain("import secrets\n");
  for (const thread of after.threads) {
    expect(thread.comments[0]?.body).toContain(`Fixed in ${after.head.sha.slice(0, 7)}`);
  }
  const [owner = "", repo = ""] = pull.repository.split("/");
  const { git: bare } = repositoryNamed(world.github.world, owner, repo);
  const [commit] = await readCommits(bare, after.head.sha, 1);
  expect(commit?.parents).toEqual([view.head.sha]);
  expect(commit?.author.name).toBe("pyward[bot]");
  expect(commit?.message).toMatch(
    /^Mend 3 findings of Pyward\n\n(?:- .+\n)+\nCo-authored-by: wendy <\d+\+wendy@users\.noreply\.github\.com>$/u,
  );
});

test("an executable file stays executable", async () => {
  const { pull, view } = await open({ "run.py": settings });
  const [owner = "", repo = ""] = pull.repository.split("/");
  const { git: bare } = repositoryNamed(world.github.world, owner, repo);
  const [before] = await readCommits(bare, view.head.sha, 1);
  const files = [{ path: "run.py", mode: "100755", content: settings }];
  const tree = await makeTree(bare, before?.tree, files);
  const who = "Mona <mona@example.com> 1767600000 +0000";
  const object = `tree ${tree}\nparent ${view.head.sha}\nauthor ${who}\ncommitter ${who}\n\nrun\n`;
  const onto = await git(bare, ["hash-object", "-t", "commit", "-w", "--stdin"], object);
  await world.github.push({
    repository: pull.repository,
    by: "mona",
    branch: "feature",
    onto: String(onto).trim(),
  });
  await concluded(world, pull.repository, pull.number);

  const { answers } = await speak(pull, "wendy");

  expect(answers[0]).toContain("Mended 2 findings in 1 file");
  const { view: after } = await concluded(world, pull.repository, pull.number);
  const entry = (await readTree(bare, after.head.sha, true))?.find(({ path }) => path === "run.py");
  expect(entry?.mode).toBe("100755");
});

test("without write access to the contents it says how to do it by hand", async () => {
  const { pull } = await open({ "shop/books.py": books }, { of: readers });

  const { reaction, answers } = await speak(pull, "mona");

  expect(reaction).toBe("rocket");
  expect(answers).toEqual([expect.stringContaining("Pyward may only read the code here")]);
  expect(answers[0]).toContain("Commit suggestion");
  expect(wrote(pull)).toEqual([]);
});

test("who may not write here has nothing committed", async () => {
  const { pull } = await open({ "shop/books.py": books });

  const { reaction, answers } = await speak(pull, "mona");

  expect(reaction).toBe("confused");
  expect(answers).toEqual([expect.stringContaining("for people who may write here")]);
  expect(wrote(pull)).toEqual([]);
});

test("a fork's branch is left alone", async () => {
  const { pull } = await open({ "shop/books.py": books }, { isFork: true });

  const { reaction, answers } = await speak(pull, "wendy");

  expect(reaction).toBe("confused");
  expect(answers[0]).toContain("The branch is in a fork");
  expect(wrote(pull)).toEqual([]);
});

test("a protected branch is left alone", async () => {
  const { pull } = await open({ "shop/books.py": books });
  const [owner = "", repo = ""] = pull.repository.split("/");
  repositoryNamed(world.github.world, owner, repo).protectedBranches.add("feature");

  const { answers } = await speak(pull, "wendy");

  expect(answers[0]).toContain("The branch is protected");
  expect(wrote(pull)).toEqual([]);
});

test("where nothing is sure nothing is committed", async () => {
  const { pull } = await open({ "pages.py": pages.replace("eval(", "len(") });

  const { reaction, answers } = await speak(pull, "wendy");

  expect(reaction).toBe("confused");
  expect(answers[0]).toContain("there is nothing to commit");
  expect(wrote(pull)).toEqual([]);
});

test("an ignored finding stays as it is", async () => {
  const { pull, view } = await open({ "shop/books.py": books, "shop/tools.py": settings });
  world.github.setRole(pull.repository, "max", "maintain");
  const thread = view.threads.find(({ path }) => path === "shop/books.py");
  world.github.reply({ thread: thread?.id ?? "", by: "max", body: "/pyward ignore it is a toy" });
  await concluded(world, pull.repository, pull.number, (each) =>
    (each.summary ?? "").includes("it is a toy"),
  );

  await speak(pull, "wendy");
  await concluded(world, pull.repository, pull.number);

  expect(await textAt(pull, "shop/books.py")).toBe(books);
  expect(await textAt(pull, "shop/tools.py")).toContain("yaml.safe_load(request.data)");
});

test("commits that came meanwhile are not overwritten", async () => {
  const { pull } = await open({ "shop/books.py": books });
  const { github } = world;
  // Somebody pushes between the commit that was made and the branch that was to move there.
  github.faults.add({ kind: "delay", ms: 1500, match: { operation: "git/update-ref" } });
  const speaking = speak(pull, "wendy");
  await github.waitFor(
    "the commit",
    () => github.ledger.calls("git/create-commit").length > 0,
    30_000,
  );
  const commits = [{ message: "more", files: { "shop/more.py": "x = 1\n" } }];
  await github.push({ repository: pull.repository, by: "mona", branch: "feature", commits });

  const { reaction, answers } = await speaking;

  expect(reaction).toBe("confused");
  expect(answers[0]).toContain("New commits came meanwhile");
  expect(await textAt(pull, "shop/books.py")).toBe(books);
  expect(await textAt(pull, "shop/more.py")).toBe("x = 1\n");
  await concluded(world, pull.repository, pull.number);
  const expected = github.ledger.violations.filter(({ request }) => request.includes("git/refs"));
  expect(expected).toEqual([]);
});

test("a lost answer makes no second commit", async () => {
  const { pull, view } = await open({ "shop/books.py": books });
  const match = { operation: "git/update-ref" };
  world.github.faults.add({ kind: "reset-after", match });

  world.github.comment({
    repository: pull.repository,
    number: pull.number,
    by: "wendy",
    body: "/pyward fix",
  });
  const { view: after } = await concluded(
    world,
    pull.repository,
    pull.number,
    (each) => each.headSha !== view.head.sha,
  );
  await world.github.waitFor(
    "the end",
    async () =>
      (await look(pull)).comments[0]?.reactions.some(({ content }) => content === "rocket"),
    30_000,
  );

  const last = await look(pull);
  expect(last.head.sha).toBe(after.head.sha);
  expect(last.comments.filter(({ author }) => author.isBot)).toEqual([]);
});
