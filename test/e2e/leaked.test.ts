// A secret that a later commit takes away: gone from the code, and still told, since the history keeps it.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: await loadEngine() });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger } = world.github;
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

// Put together here, so that nothing that looks for secrets takes this file for one that holds some.
const secret = ["k9Xv2mQ7", "Lw4tR8yB", "c1Zs6nHd", "3fGj5pAe"].join("");
const holding = `import requests\n\nAPI_TOKEN = "${secret}"\n\n\ndef read(url):\n    return requests.get(url, timeout=5, headers={"Authorization": "Bearer " + API_TOKEN})\n`;
const clean = `import os\n\nimport requests\n\nAPI_TOKEN = os.environ["API_TOKEN"]\n\n\ndef read(url):\n    return requests.get(url, timeout=5, headers={"Authorization": "Bearer " + API_TOKEN})\n`;

type Files = Record<string, string | null>;

async function open(...pushes: readonly Files[]) {
  const { github } = world;
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  github.setRole(repository, "max", "maintain");
  const place = { repository, by: "mona" };
  const commits = pushes.map((files, index) => ({ message: `commit ${index}`, files }));
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const pull = { ...place, number };
  return { pull, ...(await concluded(world, repository, number)) };
}

async function push(
  { repository, by, number }: Awaited<ReturnType<typeof open>>["pull"],
  files: Files,
) {
  world.github.ledger.clear();
  const commits = [{ message: "more", files }];
  await world.github.push({ repository, by, branch: "feature", commits });
  return await concluded(world, repository, number);
}

test("one that a commit brings and the next one takes away is told, in no more requests", async () => {
  const { check, view } = await open({ "shop/client.py": holding }, { "shop/client.py": clean });

  expect(check.conclusion).toBe("failure");
  expect(check.summary).toContain("a later commit took it away, but the history keeps it");
  expect(JSON.stringify([check, view.threads])).not.toContain(secret);
  const requests = world.github.ledger.requests.filter(({ token }) => token === "installation");
  expect(requests.filter(({ operation }) => operation === "repos/get-commit")).toEqual([]);
});

test("several commits without a secret cost what one commit costs", async () => {
  const { check } = await open(
    { "shop/client.py": clean },
    { "shop/client.py": `${clean}\n\nx = 1\n` },
    { "shop/client.py": `${clean}\n\nx = 2\n` },
  );

  expect(check).toMatchObject({ conclusion: "success", title: "No new findings" });
  const asked = world.github.ledger.requests.filter(({ token }) => token === "installation");
  expect(asked.length).toBeLessThanOrEqual(6);
});

test("one that was told and whose file is gone is not called fixed, until somebody says that it is replaced", async () => {
  const { pull, check } = await open({ "shop/client.py": holding });
  expect(check.conclusion).toBe("failure");

  const gone = await push(pull, { "shop/client.py": null, "a.py": "x = 2\n" });
  expect(gone.check).toMatchObject({
    conclusion: "failure",
    title: "No new findings, 1 leaked secret to replace",
  });
  expect(gone.check.summary).toContain("1 secret was leaked by an earlier commit");
  const body = gone.view.threads[0]?.comments[0]?.body ?? "";
  expect(body).toContain("but not from the history");
  expect(body).not.toContain("Fixed in");
  expect(gone.view.threads[0]?.isResolved).toBe(false);

  // Said once: the next push says nothing more.
  const again = await push(pull, { "a.py": "x = 3\n" });
  expect(again.check.conclusion).toBe("failure");
  expect(world.github.ledger.calls("pulls/update-review-comment")).toEqual([]);

  const thread = again.view.threads[0]?.id ?? "";
  world.github.reply({ thread, by: "max", body: "/pyward ignore replaced at the provider" });
  const ignored = await concluded(
    world,
    pull.repository,
    pull.number,
    ({ id }) => id !== again.check.id,
  );
  expect(ignored.check.conclusion).toBe("success");
});

test("a thread that a person ended is no matter of the check any more", async () => {
  const { pull, view } = await open({ "shop/client.py": holding });
  await push(pull, { "shop/client.py": null, "a.py": "x = 2\n" });
  world.github.resolveThread({ thread: view.threads[0]?.id ?? "", by: "max" });

  const { check } = await push(pull, { "a.py": "x = 4\n" });

  expect(check).toMatchObject({ conclusion: "success", title: "No new findings" });
});
