// 1.5: settings, where they stand, whom they bind, and what becomes of broken ones.

import { expect } from "vitest";
import { bad, clean, type Stage, scenarios } from "./scenario.ts";

const config = ".github/pyward.yml";
const failed = "failure: 1 new finding, 1 must be fixed";
const mild = "success: 1 new finding";

/** A pull request in an organisation whose repository `.github` holds `theirs`. */
async function inOrganisation(stage: Stage, theirs: string, own: string) {
  const { github } = stage.world;
  const owner = `umbrella-${Math.random().toString(36).slice(2, 8)}`;
  const begin = (files: Record<string, string>) => [{ message: "begin", files }];
  await github.createRepository({
    ...{ owner, name: ".github", roles: {}, commits: begin({ "pyward.yml": theirs }) },
  });
  const files = { "a.py": clean, ...(own === "" ? {} : { [config]: own }) };
  await github.createRepository({
    owner,
    name: "app",
    roles: { mona: "read" },
    commits: begin(files),
  });
  const place = { repository: `${owner}/app`, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": bad } }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "It", head: "feature" });
  return { ...place, number };
}

scenarios((scenario) => {
  scenario("1.5 location: the file of the base branch holds, in either spelling", async (stage) => {
    const pull = await stage.open(
      { "a.py": clean, ".github/pyward.yaml": "fail-on: never\n" },
      { "a.py": bad },
    );
    await stage.push(pull, { "b.py": clean });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [mild], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
    });
  });

  scenario(
    "1.5 organisation: its defaults hold, and what it enforces holds anyway",
    async (stage) => {
      const defaults = await inOrganisation(stage, "fail-on: never\n", "");
      expect(await stage.page(defaults)).toMatchObject({ checks: [mild] });

      const theirs = "enforced:\n  rules: { sql-injection: block }\n";
      const enforced = await inOrganisation(stage, theirs, "rules: { '*': off }\n");
      expect(await stage.page(enforced)).toMatchObject({
        checks: [failed],
        threads: ["a.py:3 sql-injection"],
      });
    },
  );

  scenario(
    "1.5 trust: a change cannot switch off its own review, and reads what it would do",
    async (stage) => {
      const after = { "a.py": bad, [config]: "fail-on: never\nrules: { sql-injection: off }\n" };
      const pull = await stage.open({ "a.py": clean }, after);
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(check.summary).toContain("What this config would change, once merged:");
      expect(check.summary).toContain("- `fail-on: high -> never`");
      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario(
    "1.5 mistakes: each is told on its line, and the last good file holds",
    async (stage) => {
      const broken = "fail-on: never\nrules:\n  sql-injektion: off\n";
      const pull = await stage.open(
        { "a.py": clean, [config]: "fail-on: never\n" },
        { "a.py": bad, [config]: broken },
      );
      expect(pull.check.conclusion).toBe("action_required");
      expect(pull.check.annotations).toMatchObject([
        { path: "a.py" },
        { path: config, startLine: 3, message: expect.stringContaining("sql-injection") },
      ]);

      await stage.land(pull, { [config]: broken });
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(check.summary).toMatch(/Until then the version of \w{7} holds/u);
      expect(await stage.page(pull)).toMatchObject({ threads: ["a.py:3 sql-injection"], said: 1 });
    },
  );

  scenario(
    "1.5 paths: some files have other settings, ignored and generated ones none",
    async (stage) => {
      const settings =
        "paths:\n  - match: 'scripts/**'\n    rules: { sql-injection: comment }\nignore: [old/]\n";
      const pull = await stage.open(
        { "a.py": clean, [config]: settings, ".gitattributes": "*_pb2.py linguist-generated\n" },
        { "scripts/a.py": bad, "old/b.py": bad, "x_pb2.py": bad, "third_party/c.py": bad },
      );
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(check.summary).toContain("Left out:");
      for (const path of ["old/b.py", "x_pb2.py", "third_party/c.py"]) {
        expect(check.summary).toContain(`\`${path}\``);
      }
      expect(await stage.page(pull)).toEqual({
        ...{ checks: [mild], threads: ["scripts/a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario("1.5 explain: /pyward config shows every value with its origin", async (stage) => {
    const pull = await stage.open(
      { "a.py": clean, [config]: "fail-on: never\n" },
      { "b.py": clean },
    );

    await stage.say(pull, "max", "/pyward config");

    const { view } = await stage.next(pull, { ...pull.check, id: 0 });
    const answer = view.comments.find(({ author }) => author.isBot)?.body ?? "";
    expect(answer).toContain(`fail-on: never  # ${config}`);
    expect(answer).toContain("drafts: check-only");
    expect(await stage.page(pull)).toMatchObject({ checks: ["success: No new findings"] });
  });
});
