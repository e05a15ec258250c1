// 1.8: forks, size, lost events, and what is kept.

import { expect } from "vitest";
import { bad, clean, scenarios } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const told = { checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 };

scenarios((scenario) => {
  scenario(
    "1.8 forks: the same review, with a token for the base repository alone",
    async (stage) => {
      const { github } = stage.world;
      const { repository } = await stage.open({ "a.py": clean }, { "z.py": clean });
      await github.fork(repository, "fern");
      const fork = `fern/${repository.split("/")[1]}`;
      const place = { repository: fork, by: "fern", branch: "mine" };
      await github.push({ ...place, commits: [{ message: "m", files: { "a.py": bad } }] });
      stage.count();
      const wanted = { repository, by: "fern", title: "From afar", head: "fern:mine" };
      const pull = { repository, by: "fern", number: await github.openPullRequest(wanted) };
      const first = await stage.next(pull, { id: 0 } as never);
      github.rerequestCheckRun({ repository, by: "acme", run: first.check.id });
      await stage.next(pull, first.check);

      expect(await stage.page(pull)).toEqual({ ...told, checks: [failed, failed] });
      const asked = github.ledger.requests.filter(({ path }) => path.includes("/fern/"));
      expect(asked).toEqual([]);
    },
  );

  scenario("1.8 size: more files than GitHub compares at once are all read", async (stage) => {
    const files = Object.fromEntries(
      Array.from({ length: 320 }, (_, index) => [`m_${index}.py`, clean]),
    );
    const pull = await stage.open({ "a.py": clean }, { ...files, "z.py": bad });

    expect(await stage.page(pull)).toEqual({ ...told, threads: ["z.py:3 sql-injection"] });
  });

  scenario(
    "1.8 kinds of files: CRLF, tabs, renamed, binary, no UTF-8, links and submodules are taken as they are",
    async (stage) => {
      const long = "x = 1\n".repeat(20);
      const commit = "1234567890123456789012345678901234567890";
      const pull = await stage.open(
        { "a.py": clean, "old.py": `${long}BAD = 0\n` },
        {
          ...{ "a.py": bad.replaceAll("\n", "\r\n"), "tabs.py": "if True:\n\tBAD = 2\n" },
          ...{ "old.py": null, "new.py": `${long}BAD = 0\nodd = 1\n`, "empty.py": "" },
          ...{ "logo.png": Uint8Array.of(0x89, 0x50, 0, 1, 2), "zero.py": "x = '\0'\n" },
          ...{ "latin.py": Uint8Array.of(...Buffer.from("x = '"), 0xe9, ...Buffer.from("'\n")) },
          // What these names lead to is no Python, and is not followed.
          ...{ "link.py": { link: "../elsewhere BAD = 3" }, "to-a.py": { link: "a.py" } },
          ...{ "vendor/lib": { submodule: commit }, "sub.py": { submodule: commit } },
        },
      );
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(await stage.page(pull)).toEqual({
        checks: [
          "failure: 2 new findings in what could be read, 2 must be fixed; 2 files could not be read",
        ],
        threads: ["a.py:3 sql-injection", "tabs.py:2 sql-injection"],
        ...{ below: [], said: 1 },
      });
      expect(check.summary).toContain("1 finding was here before.");
      for (const path of ["zero.py", "latin.py"]) expect(check.summary).toContain(path);
      for (const path of ["link.py", "sub.py", "to-a.py"]) {
        expect(check.summary).not.toContain(path);
      }
    },
  );

  scenario("1.8 kinds of files: a file that becomes a link is no file any more", async (stage) => {
    const pull = await stage.open({ "a.py": clean, "b.py": clean }, { "a.py": bad });
    await stage.push(pull, { "a.py": { link: "b.py" }, "c.py": clean });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: ["success: No new findings"], below: [], said: 1 },
      threads: ["a.py:3 sql-injection fixed, folded"],
    });
  });

  scenario("1.8 kinds of files: a link alone is nothing to review", async (stage) => {
    const pull = await stage.open({ "a.py": bad }, { "to-a.py": { link: "a.py" } });
    await stage.push(pull, { "to-a.py": { link: "b.py" } });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: ["success: No Python files changed"], threads: [], below: [], said: 0 },
    });
  });

  scenario("1.8 size: three thousand Python files are all read", async (stage) => {
    const many = (text: (index: number) => string) =>
      Object.fromEntries(
        Array.from({ length: 2_999 }, (_, index) => [`p/m_${index}.py`, text(index)]),
      );
    const pull = await stage.open(
      many((index) => `x = ${index}\n`),
      { ...many((index) => `x = ${index}\ny = 1\n`), "z.py": bad },
    );

    expect(pull.view.files).toHaveLength(3_000);
    // Thirty pages of the list, and the texts of each side in one piece.
    expect(stage.world.github.ledger.requests.length).toBeLessThan(60);
    expect(await stage.page(pull)).toEqual({ ...told, threads: ["z.py:3 sql-injection"] });
  });

  scenario("1.8 size: what GitHub lists no more is found by its trees", async (stage) => {
    const notes = Object.fromEntries(
      Array.from({ length: 3_100 }, (_, index) => [`doc/${index}.md`, `${index}\n`]),
    );
    const pull = await stage.open(
      { "a.py": clean, "z/old.py": bad, "z/gone.py": clean },
      { ...notes, "z/old.py": `${bad}\nODD = 1\n`, "z/new.py": bad, "z/gone.py": null },
    );

    const { checks, threads } = await stage.page(pull);
    expect(checks).toEqual(["failure: 2 new findings, 1 must be fixed"]);
    // Where GitHub shows no diff, a comment stands on the file.
    expect(threads).toEqual(["z/new.py sql-injection", "z/old.py weak-hash"]);
  });

  scenario("1.8 monorepo: each folder has its own bar", async (stage) => {
    const settings = "paths:\n  - match: 'tools/**'\n    severities: { high: comment }\n";
    const pull = await stage.open(
      { "a.py": clean, ".github/pyward.yml": settings },
      { "tools/a.py": bad, "shop/a.py": bad },
    );

    expect(await stage.page(pull)).toMatchObject({
      checks: ["failure: 2 new findings, 1 must be fixed"],
      said: 1,
    });
  });

  scenario("1.8 missed events: what GitHub delivers again is done, once", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "b.py": clean });
    const { github } = stage.world;
    await github.webhooks.settled();
    github.webhooks.loseNext("pull_request");
    const commits = [{ message: "more", files: { "a.py": bad } }];
    await github.push({ ...pull, branch: "feature", commits });
    const lost = github.webhooks.log.findLast(({ statusCode }) => statusCode === 502);
    github.webhooks.redeliver(lost?.id ?? 0);
    github.webhooks.redeliver(lost?.id ?? 0);

    expect(await stage.page(pull)).toEqual(told);
  });

  scenario("1.8 private data: neither the log nor a page holds code or a token", async (stage) => {
    const secret = "BAD = 'c0de-that-nobody-keeps'\n";
    const pull = await stage.open({ "a.py": clean }, { "a.py": `${clean}${secret}` });
    const page = await fetch(
      `http://127.0.0.1:${stage.world.app.port}${new URL(pull.check.detailsUrl).pathname}`,
    );

    const log = stage.world.log.join("");
    expect(log).not.toContain("c0de-that-nobody-keeps");
    expect(log).not.toMatch(/ghs_\w+/u);
    expect(await page.text()).not.toContain("c0de-that-nobody-keeps");
    expect(await stage.page(pull)).toEqual(told);
  });

  scenario("1.8 limits: GitHub asks to wait, and all is said once", async (stage) => {
    for (const operation of ["checks/create", "pulls/create-review", "checks/update"]) {
      stage.world.github.faults.add({
        kind: "secondary-limit",
        retryAfter: 1,
        match: { operation },
      });
    }
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });

    expect(await stage.page(pull)).toEqual(told);
    stage.world.github.ledger.clear();
  });
});
