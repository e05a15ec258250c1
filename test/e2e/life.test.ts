// The life of a review over many pushes: what people see in the end, and that nothing is said twice.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger, faults } = world.github;
  faults.clear();
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

const clean = "def total(order):\n    return sum(order)\n";

async function open(before: Record<string, string>, after: Record<string, string | null>) {
  const { github } = world;
  const repository = await aRepository(world, before);
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: after }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const pull = { ...place, number };
  return { pull, ...(await concluded(world, repository, number)) };
}

type Pull = Awaited<ReturnType<typeof open>>["pull"];

/** Is the store wiped before each push? */
let isForgetful = false;

/** Pushes and waits for the verdict; the ledger holds what was asked of GitHub meanwhile. */
async function push(pull: Pull, files: Record<string, string | null>, onto?: string) {
  if (isForgetful) await world.forget();
  world.github.ledger.clear();
  const commits = [{ message: "more", files }];
  const place = { repository: pull.repository, by: pull.by, branch: "feature" };
  await world.github.push({ ...place, commits, ...(onto === undefined ? {} : { onto }) });
  return await concluded(world, pull.repository, pull.number);
}

function onlyThread(view: PullRequestView): ThreadView {
  const [thread, ...others] = view.threads;
  if (thread === undefined || others.length > 0) throw new Error(`${view.threads.length} threads`);
  return thread;
}

const bodyOf = (view: PullRequestView) => onlyThread(view).comments[0]?.body ?? "";

describe.each([
  ["the store at hand", false],
  ["the store wiped between pushes", true],
])("with %s", (_, isWiped) => {
  beforeAll(() => {
    isForgetful = isWiped;
  });

  test("a fixed finding's comment says in which commit, and is put away", async () => {
    const { pull } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    const { view, check } = await push(pull, { "a.py": clean.replace("sum", "len") });

    expect(check.conclusion).toBe("success");
    expect(bodyOf(view)).toContain("~~**SQL injection** · high~~");
    expect(bodyOf(view)).toContain(`Fixed in ${view.head.sha.slice(0, 7)}.`);
    // Without leave to write contents an App may not resolve a thread, but it may fold its comment.
    expect(onlyThread(view).comments[0]?.minimized).toBe("resolved");
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("a finding that comes back opens its old thread, and says so there", async () => {
    const { pull, view: first } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    await push(pull, { "a.py": clean.replace("sum", "len") });

    const { view, check } = await push(pull, { "a.py": `# more\n${clean}BAD = 1\n` });

    expect(check.conclusion).toBe("failure");
    expect(onlyThread(view).id).toBe(onlyThread(first).id);
    expect(bodyOf(view)).toContain(`Back in ${view.head.sha.slice(0, 7)}.`);
    expect(bodyOf(view)).not.toContain("~~");
    expect(onlyThread(view).comments[0]?.minimized).toBeUndefined();
    expect(view.reviews).toHaveLength(1);
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("a thread in which a person answered is edited, and left open", async () => {
    const { pull, view: first } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    world.github.reply({ thread: onlyThread(first).id, by: "mona", body: "Good catch!" });

    const { view } = await push(pull, { "a.py": clean.replace("sum", "len") });

    expect(bodyOf(view)).toContain("Fixed in");
    expect(onlyThread(view).isResolved).toBe(false);
    expect(onlyThread(view).comments[0]?.minimized).toBeUndefined();
    expect(onlyThread(view).comments).toHaveLength(2);
  });

  test("a thread that a person resolved stays so, and the summary says who", async () => {
    const { pull, view: first } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    world.github.resolveThread({ thread: onlyThread(first).id, by: "mona" });

    const { view, check } = await push(pull, { "b.py": clean });

    expect(onlyThread(view).isResolved).toBe(true);
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("1 thread was resolved by `mona`, its finding is still there.");
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("a second push with the same findings creates nothing", async () => {
    const { pull } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    const { view } = await push(pull, { "a.py": `# down\n${clean}BAD = 1\n` });

    expect(view.threads).toHaveLength(1);
    expect(world.github.ledger.contentCreating()).toEqual([]);
    expect(world.github.ledger.calls("pulls/update-review-comment")).toEqual([]);
  });

  test("a renamed file keeps its thread", async () => {
    const { pull, view: first } = await open({ "x.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    const { view, check } = await push(pull, { "a.py": null, "b.py": `${clean}BAD = 1\n` });

    expect(check.conclusion).toBe("failure");
    expect(onlyThread(view).id).toBe(onlyThread(first).id);
    expect(bodyOf(view)).not.toContain("Fixed");
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("of two equal findings the one that is mended is the one whose thread ends", async () => {
    const twice = `${clean}BAD = 1\n# between\nBAD = 1\n`;
    const { pull, view: first } = await open({ "a.py": clean }, { "a.py": twice });
    const [upper, lower] = first.threads;

    const { view } = await push(pull, { "a.py": `${clean}# between\nBAD = 1\n` });

    const bodyOfThread = (thread: ThreadView | undefined) =>
      view.threads.find(({ id }) => id === thread?.id)?.comments[0]?.body;
    expect(view.threads).toHaveLength(2);
    expect(bodyOfThread(upper)).toContain("Fixed in");
    expect(bodyOfThread(lower)).not.toContain("Fixed in");
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("two findings of one line share a comment, which ends with the last of them", async () => {
    const both = `${clean}BAD = "ODD"\n`;
    const { pull, view: first } = await open({ "a.py": clean }, { "a.py": both });
    expect(bodyOf(first)).toContain("**SQL injection** · high");
    expect(bodyOf(first)).toContain("/rules/security/weak-hash)** · medium:");
    expect(first.reviews).toHaveLength(1);
    const same = await push(pull, { "b.py": clean });
    expect(bodyOf(same.view)).toBe(bodyOf(first));

    const gone = await push(pull, { "a.py": clean, "c.py": clean });
    const back = await push(pull, { "a.py": both });

    expect(bodyOf(gone.view)).toContain("~~**SQL injection** · high~~");
    expect(onlyThread(gone.view).comments[0]?.minimized).toBe("resolved");
    expect(bodyOf(back.view)).toContain("Back in");
    expect(bodyOf(back.view)).not.toContain("~~");
    expect(onlyThread(back.view).comments[0]?.minimized).toBeUndefined();
    expect(world.github.ledger.contentCreating()).toEqual([]);
  });

  test("a forced push onto a newer base repeats nothing", async () => {
    const { pull } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    const commits = [{ message: "elsewhere", files: { "c.py": clean } }];
    await world.github.push({ repository: pull.repository, by: "acme", branch: "main", commits });

    const { view } = await push(pull, { "a.py": `${clean}BAD = 1\n` }, "main");

    expect(view.threads).toHaveLength(1);
    expect(view.reviews).toHaveLength(1);
  });
});

test('"Show config" adds the settings to the check, and changes nothing else', async () => {
  const { pull, check } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
  const { repository } = pull;
  expect(check.actions.map(({ label }) => label)).toEqual(["Re-run", "Show config"]);

  world.github.pressButton({ repository, by: "acme", run: check.id, identifier: "config" });

  const shown = await concluded(world, repository, pull.number, ({ text }) => text !== undefined);
  expect(shown.check.text).toContain("fail-on: high");
  expect(shown.check).toMatchObject({ ...check, text: shown.check.text });
});

test('"Re-run" is a new check run of the same commit', async () => {
  const { pull, check } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
  const { repository } = pull;

  world.github.pressButton({ repository, by: "acme", run: check.id, identifier: "rerun" });

  const again = await concluded(world, repository, pull.number, ({ id }) => id !== check.id);
  expect(again.check).toMatchObject({ conclusion: "failure", headSha: check.headSha });
  expect(again.view.threads).toHaveLength(1);
});
