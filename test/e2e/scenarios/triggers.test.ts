// 1.1: what sets Pyward to work, what stops it, and what it does not listen to.

import { expect } from "vitest";
import { bad, clean, groupRun, scenarios, viewOf } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const passed = "success: No new findings";

scenarios((scenario) => {
  scenario(
    "1.1 opened, closed, reopened: each is answered, and nothing is said twice",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const { github } = stage.world;
      await github.closePullRequest(pull);
      await github.reopenPullRequest(pull);
      await stage.next(pull, pull.check);

      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed, failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario("1.1 new commits: the latest head wins, and older work ends", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    const compare = { operation: "repos/compare-commits-with-basehead" };
    github.faults.add({ kind: "delay", ms: 800, match: compare });
    const place = { repository: pull.repository, by: "mona", branch: "feature" };
    await github.push({ ...place, commits: [{ message: "1", files: { "b.py": "BAD = 2\n" } }] });
    await github.push({ ...place, commits: [{ message: "2", files: { "b.py": clean } }] });
    const { view } = await stage.push(pull, { "c.py": clean });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
    });
    expect(view.earlierCheckRuns.filter(({ status }) => status !== "completed")).toEqual([]);
  });

  scenario("1.1 edited: another base is compared anew, another title is not", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    await github.push({ ...pull, branch: "release", onto: pull.view.head.sha });
    await github.editPullRequest({ ...pull, base: "release" });
    await stage.next(pull, pull.check);
    await stage.page(pull);
    stage.count();
    await github.editPullRequest({ ...pull, title: "Another title" });
    await github.webhooks.settled();
    expect(github.ledger.requests).toEqual([]);

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed, "success: No Python files changed"], below: [], said: 0 },
      threads: ["a.py:3 sql-injection fixed, folded"],
    });
    // The new base has the finding, so nobody has mended it.
    const { threads } = await viewOf(stage.world, pull.repository, pull.number);
    expect(threads[0]?.comments[0]?.body).toContain("The base has this too by now");
    expect(threads[0]?.comments[0]?.body).not.toContain("Fixed in");
  });

  scenario("1.1 closed while its review runs: the check ends cancelled", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    const compare = { operation: "repos/compare-commits-with-basehead" };
    github.faults.add({ kind: "delay", ms: 1500, match: compare });
    const commits = [{ message: "more", files: { "b.py": "BAD = 2\n" } }];
    github.ledger.clear();
    await github.push({ ...pull, branch: "feature", commits });
    await github.waitFor("it begins", () => github.ledger.calls("checks/create")[0], 30_000);
    await github.closePullRequest(pull);

    expect(await stage.page(pull)).toEqual({
      ...{ checks: ["cancelled: The pull request was closed"], below: [], said: 0 },
      threads: ["a.py:3 sql-injection"],
    });
  });

  scenario("1.1 closed: who asks for something then has one clear answer", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    await stage.world.github.closePullRequest(pull);
    stage.count();
    await stage.say(pull, "max", "/pyward ignore test data", "thread");
    await stage.say(pull, "max", "/pyward review");
    await stage.say(pull, "mona", "/pyward review");

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed], threads: ["a.py:3 sql-injection, 2 answered"] },
      below: [
        "max: /pyward review",
        "mona: /pyward review",
        "pyward[bot]: This pull request is closed, so nothing is done here; say it again once it is open.",
      ],
      said: 2,
    });
  });

  scenario("1.1 drafts that are skipped: a check, and one clear answer", async (stage) => {
    const settings = { ".github/pyward.yml": "drafts: skip\n" };
    const after = { "a.py": bad };
    const pull = await stage.open({ "a.py": clean, ...settings }, after, { isDraft: true });
    await stage.say(pull, "max", "/pyward ignore sql-injection test data");
    await stage.say(pull, "max", "/pyward review");

    const { checks, threads, below } = await stage.page(pull);
    expect(new Set(checks)).toEqual(new Set(["skipped: Drafts are not reviewed here"]));
    expect(threads).toEqual([]);
    expect(below.filter((line) => !line.startsWith("max"))).toEqual([
      "pyward[bot]: Drafts are not reviewed here, so nothing is done yet; say it again once this one is ready for review.",
    ]);
    await stage.world.github.setDraft({ ...pull, isDraft: false });
    await stage.next(pull, pull.check);

    expect(await stage.page(pull)).toMatchObject({ threads: ["a.py:3 sql-injection"] });
  });

  scenario("1.1 drafts: a check without comments; made ready, all is said", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad }, { isDraft: true });
    expect(await stage.page(pull)).toEqual({ checks: [failed], threads: [], below: [], said: 0 });

    await stage.world.github.setDraft({ ...pull, isDraft: false });
    await stage.next(pull, pull.check);

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed, failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
    });
  });

  scenario("1.1 merge groups: a verdict on the group's own head, and not a word", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "b.py": clean });
    const { github } = stage.world;
    await stage.land(pull, { "c.py": clean });

    const group = await github.queueForMerge({ ...pull, by: "acme" });

    expect(await groupRun(stage, pull, group.headSha)).toMatchObject({ conclusion: "success" });
    expect(await stage.page(pull)).toEqual({ checks: [passed], threads: [], below: [], said: 0 });
  });

  scenario(
    "1.1 merge groups: a finding fails the group's check as it fails the pull request's",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const { github } = stage.world;
      await stage.land(pull, { "c.py": clean });

      const group = await github.queueForMerge({ ...pull, by: "acme" });

      const run = await groupRun(stage, pull, group.headSha);
      expect(run).toMatchObject({ conclusion: "failure", title: "1 new finding, 1 must be fixed" });
      expect(run?.annotations).toMatchObject([{ path: "a.py", start_line: 3 }]);
      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario(
    "1.1 re-run asked of a check, of all checks, by a button: each time a new run",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const { github } = stage.world;
      const { repository } = pull;
      github.rerequestCheckRun({ repository, by: "acme", run: pull.check.id });
      const second = await stage.next(pull, pull.check);
      await github.rerequestCheckSuite({ repository, by: "acme", sha: pull.view.head.sha });
      await github.waitFor(
        "the third",
        async () => {
          const { view } = await stage.next(pull, second.check);
          return view.checkRuns.filter(({ status }) => status === "completed").length === 3;
        },
        60_000,
      );
      github.pressButton({ repository, by: "acme", run: pull.check.id, identifier: "rerun" });
      await github.waitFor(
        "the fourth",
        async () => {
          const { view } = await stage.next(pull, second.check);
          return view.checkRuns.filter(({ status }) => status === "completed").length === 4;
        },
        60_000,
      );

      expect(await stage.page(pull)).toEqual({
        checks: [failed, failed, failed, failed],
        ...{ threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario("1.1 buttons: the settings are shown, and the verdict stays", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    const { repository, check } = pull;
    stage.count();
    github.pressButton({ repository, by: "acme", run: check.id, identifier: "config" });
    await github.waitFor("the text", () => github.ledger.calls("checks/update")[0], 30_000);

    const { check: now } = await stage.next(pull, { ...check, id: 0 });
    expect(now.text).toContain("fail-on: high");
    expect(await stage.page(pull)).toMatchObject({ checks: [failed], said: 0 });
  });

  scenario("1.1 comments: only a person's new command is heard", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    github.world.users.set("robot[bot]", { id: 77, login: "robot[bot]", type: "Bot" });
    await github.webhooks.settled();
    stage.count();
    github.comment({ ...pull, body: "> /pyward review" });
    github.comment({ ...pull, body: "```\n/pyward review\n```" });
    github.comment({ ...pull, by: "robot[bot]", body: "/pyward review" });
    const comment = github.comment({ ...pull, body: "Nice." });
    github.editComment({ ...pull, comment, body: "/pyward review" });
    await github.webhooks.settled();
    expect(github.ledger.requests).toEqual([]);

    await stage.say(pull, "mona", "/pyward review");

    expect((await stage.page(pull)).checks).toEqual([failed, failed]);
  });

  scenario(
    "1.1 threads: a person's resolving is an acknowledgement that the summary shows",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const thread = pull.view.threads[0]?.id ?? "";
      stage.world.github.resolveThread({ by: "mona", thread });
      const { check } = await stage.push(pull, { "b.py": clean });

      expect(check.summary).toContain(
        "1 thread was resolved by `mona`, its finding is still there.",
      );
      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection, resolved"], below: [], said: 1 },
      });
    },
  );

  scenario(
    "1.1 installations: taken off and put on again, it knows no more than the page",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const { github } = stage.world;
      const other = await stage.open({ "a.py": clean }, { "b.py": clean });
      github.uninstall(pull.repository);
      await github.webhooks.settled();
      github.install(pull.repository);
      await stage.push(pull, { "b.py": clean });

      expect(await stage.page(pull)).toMatchObject({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [] },
      });
      expect((await stage.page(other)).checks).toEqual([passed]);
    },
  );

  scenario("1.1 repositories: under its new name a pull request is known", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    const repository = `${pull.repository}-renamed`;
    github.renameRepository(pull.repository, repository.slice("acme/".length));
    const renamed = { ...pull, repository };
    await stage.push(renamed, { "a.py": `# down\n${bad}` });
    await stage.say(renamed, "max", "/pyward ignore test data", "thread");

    const { checks, threads, said } = await stage.page(renamed);
    expect(checks).toEqual([failed, passed]);
    expect(threads).toEqual(["a.py:4 sql-injection ignored, folded, 1 answered"]);
    expect(said).toBe(1);
  });

  scenario("1.1 installations: suspended it is silent, and afterwards goes on", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    github.setSuspended(pull.repository, true);
    await github.webhooks.settled();
    stage.count();
    const place = { repository: pull.repository, by: "mona", branch: "feature" };
    await github.push({ ...place, commits: [{ message: "1", files: { "b.py": "BAD = 2\n" } }] });
    await github.webhooks.settled();
    const asked = github.ledger.requests.filter(({ path }) => path.startsWith("/repos/"));
    expect(asked).toEqual([]);
    github.setSuspended(pull.repository, false);
    await stage.push(pull, { "b.py": clean });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 0 },
    });
  });

  scenario("1.1 bots: their pull requests are reviewed like people's", async (stage) => {
    const { users } = stage.world.github.world;
    users.set("renovate[bot]", { id: 78, login: "renovate[bot]", type: "Bot" });
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad }, { by: "renovate[bot]" });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
    });
  });
});
