// 1.4: the check run, which is there at once and always ends.

import { expect } from "vitest";
import { bad, clean, scenarios } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const config = ".github/pyward.yml";

scenarios((scenario) => {
  scenario(
    "1.4 early: the check is begun before code is read, and leads to a page of its own",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const asked = stage.world.github.ledger.requests.map(({ operation }) => operation);
      const begun = asked.indexOf("checks/create");
      expect(begun).toBeGreaterThan(-1);
      expect(begun).toBeLessThan(asked.findIndex((each) => each?.startsWith("graphql")));

      const { pathname } = new URL(pull.check.detailsUrl);
      const origin = `http://127.0.0.1:${stage.world.app.port}`;
      const page = await fetch(origin + pathname);
      const text = await page.text();
      expect(page.status).toBe(200);
      expect(text).toContain("1 new finding, 1 must be fixed");
      expect(text).toContain("a.py:3");
      // What stands on the line is nowhere kept.
      expect(text).not.toContain("BAD");
      expect((await fetch(`${origin}${pathname.slice(0, -2)}AA`)).status).toBe(404);
      expect(await stage.page(pull)).toMatchObject({ checks: [failed], said: 1 });
    },
  );

  scenario("1.4 annotations: more than fifty come in batches, each once", async (stage) => {
    const lines = Array.from({ length: 120 }, (_, index) => `BAD_${index} = 1\n`);
    const pull = await stage.open({ "a.py": clean }, { "a.py": lines.join("") });

    expect(pull.check.annotations).toHaveLength(120);
    expect(new Set(pull.check.annotations.map(({ startLine }) => startLine)).size).toBe(120);
    expect(await stage.page(pull)).toMatchObject({ said: 1, below: [] });
  });

  scenario(
    "1.4 conclusions: blocked, told only, clean, partial, broken, and a broken config",
    async (stage) => {
      const of = async (before: Record<string, string>, after: Record<string, string>) => {
        const pull = await stage.open(before, after);
        return (await stage.page(pull)).checks;
      };
      const old = { "a.py": clean };

      expect(await of(old, { "a.py": bad })).toEqual([failed]);
      expect(await of(old, { "a.py": `${clean}ODD = 1\n` })).toEqual(["success: 1 new finding"]);
      expect(await of(old, { "a.py": `# more\n${clean}` })).toEqual(["success: No new findings"]);
      expect(await of(old, { "a.py": "CRASH\n" })).toEqual([
        "neutral: Pyward could not finish this review",
      ]);
      expect(await of(old, { "a.py": `# ${"x".repeat(1_100_000)}\n` })).toEqual([
        "neutral: No new findings in what could be read; 1 file was too large",
      ]);
      expect(await of(old, { "b.py": clean, [config]: "fail-on: soon\n" })).toEqual([
        "action_required: No new findings",
      ]);
    },
  );

  scenario("1.4 sizes: a summary of many long names is cut between rows", async (stage) => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `BAD_${index} = "${"é".repeat(400)}"\n`,
    );
    const path = `${"deep/".repeat(30)}a.py`;
    const pull = await stage.open({ "a.py": clean }, { [path]: lines.join("") });

    const summary = pull.check.summary ?? "";
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary).toMatch(/…and \d+ more\./u);
    const rows = summary.split("\n").filter((line) => line.startsWith("| high"));
    expect(rows.every((row) => row.endsWith(" |"))).toBe(true);
    expect(await stage.page(pull)).toMatchObject({ said: 1, below: [] });
  });

  scenario("1.4 stuck: a check whose answers are lost still ends, once", async (stage) => {
    for (const operation of ["checks/create", "checks/update"]) {
      stage.world.github.faults.add({ kind: "reset-after", match: { operation } });
    }
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });

    expect(pull.view.checkRuns).toHaveLength(1);
    expect(await stage.page(pull)).toEqual({
      ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
    });
  });

  scenario(
    "1.4 modes: block, comment, summary, monitor and off do what they say",
    async (stage) => {
      const modes = async (mode: string) => {
        const before = { "a.py": clean, [config]: `rules: { sql-injection: ${mode} }\n` };
        const pull = await stage.open(before, { "a.py": bad });
        const { checks, threads } = await stage.page(pull);
        return [checks[0], threads.length] as const;
      };

      expect(await modes("block")).toEqual([failed, 1]);
      expect(await modes("comment")).toEqual(["success: 1 new finding", 1]);
      expect(await modes("summary")).toEqual(["success: 1 new finding", 0]);
      expect(await modes("monitor")).toEqual(["success: No new findings", 0]);
      expect(await modes("off")).toEqual(["success: No new findings", 0]);
    },
  );

  scenario("1.4 required: every check has the one name, and every one ends", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { view } = await stage.push(pull, { "b.py": clean });

    const all = [...view.checkRuns, ...view.earlierCheckRuns];
    expect(new Set(all.map(({ name }) => name))).toEqual(new Set(["Pyward"]));
    expect(all.every(({ status }) => status === "completed")).toBe(true);
    expect(await stage.page(pull)).toMatchObject({ checks: [failed], said: 1 });
  });
});
