// 1.6 and 1.7: what people decide about findings, and what they say to Pyward.

import { expect } from "vitest";
import { bad, clean, scenarios } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const passed = "success: No new findings";

scenarios((scenario) => {
  scenario("1.6 in the code: a comment on the line answers, with its reason", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const answered = `${clean}BAD = 1  # pyward: ignore[sql-injection] test data\n`;
    const { check } = await stage.push(pull, { "a.py": answered });

    expect(check.summary).toContain("(test data)");
    expect(await stage.page(pull)).toMatchObject({ checks: [passed], said: 1 });
  });

  scenario(
    "1.6 in the code: a comment that answers nothing is told, and so is one without a reason",
    async (stage) => {
      const settings = { ".github/pyward.yml": "suppressions: { require-reason: true }\n" };
      const pull = await stage.open(
        { "a.py": clean, ...settings },
        {
          "a.py": `${clean}BAD = 1  # pyward: ignore[sql-injection]\n`,
          "b.py":
            "x = 1  # pyward: ignore[weak-hash] it was needed\ny = 2  # pyward: ignore[weak-hush] typo\n",
        },
      );
      const { check } = await stage.push(pull, { "c.py": clean });

      expect(check.summary).toContain("`a.py:3`: This ignore comment gives no reason");
      expect(check.summary).toContain("`b.py:1`: Nothing is found here for `weak-hash`");
      expect(check.summary).toContain("`b.py:2`: `weak-hush` is no rule; did you mean");
      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario("1.6 in a thread: ignored at once, and on every push after", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    await stage.say(pull, "max", "/pyward ignore it is test data", "thread");
    await stage.next(pull, pull.check);
    const { check } = await stage.push(pull, { "a.py": `# down\n${bad}` });

    expect(check.summary).toContain("by `max` (it is test data)");
    expect(await stage.page(pull)).toMatchObject({ checks: [passed], below: [], said: 1 });
  });

  scenario(
    "1.6 scope: a decision goes with a renamed file, and out as a baseline",
    async (stage) => {
      const pull = await stage.open({ "x.py": clean }, { "a.py": bad });
      await stage.say(pull, "max", "/pyward ignore it is test data", "thread");
      await stage.next(pull, pull.check);
      await stage.push(pull, { "a.py": null, "b.py": bad });
      expect((await stage.page(pull)).checks).toEqual([passed]);

      await stage.say(pull, "max", "/pyward export");

      const { below } = await stage.page(pull);
      expect(below.filter((line) => line.includes("baseline"))).toHaveLength(1);
    },
  );

  scenario(
    "1.6 who may: what blocks is not ignored by a writer, nor by its author",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const { github } = stage.world;
      github.setRole(pull.repository, "wendy", "write");
      github.setRole(pull.repository, "mona", "admin");

      await stage.say(pull, "wendy", "/pyward ignore I know better", "thread");
      await stage.say(pull, "mona", "/pyward ignore I know better", "thread");

      expect(await stage.page(pull)).toMatchObject({ checks: [failed] });
      expect((await stage.page(pull)).threads).toEqual(["a.py:3 sql-injection, 4 answered"]);
    },
  );

  scenario("1.7 review and full: the same head again, and what was there before", async (stage) => {
    const pull = await stage.open(
      { "a.py": `BAD = 0\n${clean}` },
      { "b.py": bad, "a.py": `${clean}BAD = 0\n` },
    );
    await stage.say(pull, "mona", "/pyward review");
    const second = await stage.next(pull, pull.check);
    await stage.say(pull, "mona", "/pyward full");
    const { check } = await stage.next(pull, second.check);

    expect(check.summary).toContain("There before this change:");
    expect(await stage.page(pull)).toMatchObject({ checks: [failed, failed, failed] });
  });

  scenario("1.7 unignore, pause, resume: what was said is taken back", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    await stage.say(pull, "max", "/pyward ignore test data", "thread");
    const ignored = await stage.next(pull, pull.check);
    await stage.say(pull, "max", "/pyward unignore", "thread");
    await stage.next(pull, ignored.check);
    expect((await stage.page(pull)).threads).toEqual(["a.py:3 sql-injection, 2 answered"]);

    await stage.say(pull, "max", "/pyward pause");
    const paused = await stage.push(pull, { "b.py": "BAD = 2\n" });
    expect(paused.view.threads).toHaveLength(1);
    await stage.say(pull, "max", "/pyward resume");
    const { view } = await stage.next(pull, paused.check);

    expect(view.threads.map(({ path }) => path)).toEqual(["a.py", "b.py"]);
  });

  scenario("1.7 explain, help and an unknown word: one answer each", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    stage.count();
    await stage.say(pull, "mona", "/pyward explain sql-injection");
    await stage.say(pull, "mona", "/pyward help");
    await stage.say(pull, "mona", "/pyward revue");

    const { below } = await stage.page(pull);
    const ours = below.filter((line) => !line.startsWith("mona"));
    expect(ours).toHaveLength(3);
    expect(ours[0]).toContain("SQL injection");
    expect(ours[2]).toContain("`/pyward review`");
  });

  scenario("1.7 strangers: one refusal, however often they ask", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    for (const words of ["/pyward review", "/pyward help", "/pyward review"]) {
      await stage.say(pull, "eve", words);
    }

    const { below, checks } = await stage.page(pull);
    expect(below.filter((line) => !line.startsWith("eve"))).toHaveLength(1);
    expect(checks).toEqual([failed]);
  });
});
