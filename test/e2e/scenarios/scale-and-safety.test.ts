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
    "1.8 kinds of files: binary, renamed, CRLF, links and no UTF-8 are taken as they are",
    async (stage) => {
      const pull = await stage.open(
        { "a.py": clean, "old.py": clean },
        {
          ...{ "a.py": bad.replaceAll("\n", "\r\n"), "old.py": null, "new.py": clean },
          ...{ "empty.py": "", "tabs.py": "if True:\n\tx = 1\n", "zero.py": "x = '\0'\n" },
        },
      );
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(check.conclusion).not.toBe("success");
      expect((await stage.page(pull)).threads).toEqual(["a.py:3 sql-injection"]);
    },
  );

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
