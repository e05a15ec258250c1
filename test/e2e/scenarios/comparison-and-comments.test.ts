// 1.2 and 1.3: what is compared, and what is said where.

import { expect } from "vitest";
import { bad, clean, scenarios } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const passed = "success: No new findings";
const told = { checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 };
const manyLines = (count: number, word = "BAD") =>
  Array.from({ length: count }, (_, index) => `${word}_${index} = ${index}\n`).join("");

scenarios((scenario) => {
  scenario("1.2 diff only: of a file's findings those of the change are told", async (stage) => {
    const old = `BAD = 0\n${clean}`;
    const pull = await stage.open({ "a.py": old }, { "a.py": `${old}BAD = 1\n` });

    expect(pull.check.summary).toContain("1 finding was here before.");
    expect(await stage.page(pull)).toEqual({ ...told, threads: ["a.py:4 sql-injection"] });
  });

  scenario("1.2 baseline: what the base has too is not new, wherever it moves", async (stage) => {
    const pull = await stage.open({ "a.py": bad }, { "a.py": `# down\n\n${bad}` });
    await stage.push(pull, { "a.py": `# down\n\n# more\n${bad}` });

    expect(await stage.page(pull)).toEqual({ checks: [passed], threads: [], below: [], said: 0 });
  });

  scenario(
    "1.2 base commit: what landed on main since the fork point is not ours",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "b.py": clean });
      await stage.land(pull, { "c.py": "BAD = 9\n" });
      await stage.push(pull, { "b.py": `# more\n${clean}` });

      expect(await stage.page(pull)).toEqual({ checks: [passed], threads: [], below: [], said: 0 });
    },
  );

  scenario(
    "1.2 base commit: what it holds too by now is not called fixed, and what it never had is",
    async (stage) => {
      const pull = await stage.open({ "x.py": clean }, { "a.py": bad, "b.py": "BAD = 2\n" });
      await stage.land(pull, { "a.py": bad });
      const { view } = await stage.push(pull, { "c.py": clean }, "main");

      expect(await stage.page(pull)).toEqual({
        ...{ checks: [passed], below: [], said: 1 },
        threads: ["a.py:3 sql-injection fixed, folded", "b.py:1 sql-injection fixed, folded"],
      });
      const [moved, mended] = view.threads.map(({ comments }) => comments[0]?.body);
      expect(moved).toContain("The base has this too by now, so it is no matter of this change.");
      expect(mended).toContain(`Fixed in ${view.head.sha.slice(0, 7)}.`);
    },
  );

  scenario(
    "1.2 fingerprints: moved lines, a rename and a rebase keep one thread",
    async (stage) => {
      const pull = await stage.open({ "x.py": clean }, { "a.py": bad });
      await stage.push(pull, { "a.py": `# down\n${bad}` });
      await stage.push(pull, { "a.py": null, "b.py": `# down\n${bad}` });
      await stage.land(pull, { "c.py": clean });
      await stage.push(pull, { "b.py": `# down\n${bad}` }, "main");

      expect(await stage.page(pull)).toMatchObject({ checks: [failed], said: 1 });
      expect((await stage.page(pull)).threads).toHaveLength(1);
    },
  );

  scenario("1.2 nothing to review: the check says why, and nobody else does", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "README.md": "# Shop\n" });

    expect(await stage.page(pull)).toEqual({
      ...{ checks: ["success: No Python files changed"], threads: [], below: [], said: 0 },
    });
  });

  scenario("1.3 inline: a comment stands on the very line of the head", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { check } = await stage.push(pull, { "b.py": clean });

    expect(check.annotations).toMatchObject([{ path: "a.py", startLine: 3 }]);
    expect(await stage.page(pull)).toEqual(told);
  });

  scenario("1.3 anchors: hunks far apart carry each their own comment", async (stage) => {
    const middle = "x = 1\n".repeat(60);
    const pull = await stage.open({ "a.py": middle }, { "a.py": `BAD = 1\n${middle}BAD = 2\n` });

    expect((await stage.page(pull)).threads).toEqual([
      "a.py:1 sql-injection",
      "a.py:62 sql-injection",
    ]);
  });

  scenario("1.3 off the diff: without hunks it is told on the file", async (stage) => {
    const long = `${"x = 1\n".repeat(21_000)}BAD = 1\n`;
    const pull = await stage.open({ "a.py": clean }, { "a.py": long });
    await stage.push(pull, { "b.py": clean });

    expect(await stage.page(pull)).toEqual({ ...told, threads: ["a.py sql-injection"] });
  });

  scenario("1.3 one bad comment: the others are said, and that one on its file", async (stage) => {
    stage.world.github.faults.add({
      ...{ kind: "status", status: 422, times: 1 },
      match: { operation: "pulls/create-review" },
    });
    const pull = await stage.open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\nBAD = 2\n` });
    await stage.push(pull, { "b.py": clean });

    expect((await stage.page(pull)).threads).toHaveLength(2);
  });

  scenario(
    "1.3 caps: five of one rule stand inline, the rest has ids in the summary",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": manyLines(8) });
      const again = await stage.push(pull, { "b.py": clean });

      const ids = again.check.summary?.match(/`[0-9a-f]{16}`/gu) ?? [];
      expect(ids).toHaveLength(3);
      expect(await stage.page(pull)).toMatchObject({
        checks: ["failure: 8 new findings, 8 must be fixed"],
        said: 1,
      });
      expect((await stage.page(pull)).threads).toHaveLength(5);
      await stage.say(pull, "max", `/pyward ignore ${ids[0]?.replaceAll("`", "")} test data`);
      const { check } = await stage.next(pull, again.check);
      expect(check.title).toBe("7 new findings, 7 must be fixed");
    },
  );

  scenario("1.3 twice: the second push over the same findings creates nothing", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": `${bad}ODD = 2\n` });
    stage.count();
    await stage.push(pull, { "a.py": `# down\n${bad}ODD = 2\n` });

    expect(await stage.page(pull)).toMatchObject({ said: 0, below: [] });
    expect(stage.world.github.ledger.calls("pulls/update-review-comment")).toEqual([]);
  });

  scenario("1.3 fixed: the comment says in which commit, and is put away", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { view } = await stage.push(pull, { "a.py": clean.replace("sum", "len") });

    const body = view.threads[0]?.comments[0]?.body ?? "";
    expect(body).toContain(`Fixed in ${view.head.sha.slice(0, 7)}.`);
    expect(await stage.page(pull)).toEqual({
      ...{ ...told, checks: [passed], threads: ["a.py:3 sql-injection fixed, folded"] },
    });
  });

  scenario("1.3 fixed while people talk: edited, and theirs to end", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const thread = pull.view.threads[0]?.id ?? "";
    stage.world.github.reply({ by: "mona", thread, body: "On it." });
    await stage.push(pull, { "a.py": clean.replace("sum", "len") });

    expect(await stage.page(pull)).toMatchObject({
      threads: ["a.py:3 sql-injection fixed, 1 answered"],
    });
  });

  scenario("1.3 back again: the same thread is open, and says since when", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    await stage.push(pull, { "a.py": clean.replace("sum", "len") });
    const { view } = await stage.push(pull, { "a.py": bad });

    expect(view.threads[0]?.comments[0]?.body).toContain(`Back in ${view.head.sha.slice(0, 7)}.`);
    expect(await stage.page(pull)).toEqual(told);
  });

  scenario("1.3 summary: there is no sticky comment, clean or not", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    await stage.push(pull, { "a.py": clean.replace("sum", "len") });

    expect((await stage.page(pull)).below).toEqual([]);
  });

  scenario(
    "1.3 review event: it comments, and neither approves nor asks for changes",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });

      expect(pull.view.reviews.map(({ state }) => state)).toEqual(["COMMENTED"]);
      expect(await stage.page(pull)).toEqual(told);
    },
  );

  scenario("1.3 explanation: every comment leads to the page of its rule", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });

    const body = pull.view.threads[0]?.comments[0]?.body ?? "";
    expect(body).toContain("(https://pyward.example/rules/security/sql-injection)");
    const local = await fetch(
      `http://127.0.0.1:${stage.world.app.port}/rules/security/sql-injection`,
    );
    expect(local.status).toBe(200);
    expect(await stage.page(pull)).toEqual(told);
  });
});
