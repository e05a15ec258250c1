// Whom the App speaks to: the GitHub that it was told of, and nobody else, whatever a pull request holds.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;
const asked = new Set<string>();

/** https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
function note(message: unknown): void {
  const { request } = message as { readonly request: { readonly origin: string | URL } };
  asked.add(String(request.origin).replace(/\/$/u, ""));
}

beforeAll(async () => {
  subscribe("undici:request:create", note);
  world = await startWorld({ engine: markerEngine() });
});

afterAll(async () => {
  await world.close();
  unsubscribe("undici:request:create", note);
});

test("a review asks nobody but GitHub, whatever addresses the change holds", async () => {
  const { github } = world;
  const elsewhere = "http://elsewhere.example/x";
  const many = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`m${index}.py`, `from m${index + 1} import x\n`]),
  );
  const repository = await aRepository(world, {
    ...many,
    "a.py": "from m0 import x\n",
    ".github/pyward.yml": "extends: other/config\n",
  });
  const place = { repository, by: "mona" };
  const files = {
    "a.py": `from m0 import x\nBAD = "${elsewhere}"\n`,
    "requirements.txt": `flask @ ${elsewhere}\n`,
    ".gitmodules": `[submodule "x"]\n  path = x\n  url = ${elsewhere}\n`,
    ".github/pyward.yml": "extends: elsewhere.example/x\n",
  };
  await github.push({ ...place, branch: "feature", commits: [{ message: elsewhere, files }] });
  const words = { title: elsewhere, body: `![x](${elsewhere})` };
  const number = await github.openPullRequest({ ...place, ...words, head: "feature" });
  await concluded(world, repository, number);
  github.comment({ ...place, number, body: `/pyward explain ${elsewhere}` });
  await github.waitFor(
    "the command is answered",
    async () => {
      const { comments } = await github.pullRequestView("acme", repository.slice(5), number);
      return comments.some(({ author }) => author.isBot);
    },
    60_000,
  );

  // The App's own address is where the emulator sends its webhooks.
  expect([...asked].toSorted()).toEqual(
    [github.url, `http://127.0.0.1:${world.app.port}`].toSorted(),
  );
});
