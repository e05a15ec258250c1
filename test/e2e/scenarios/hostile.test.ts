// The text of a pull request is hostile: what it says in code, names, titles, commands and settings must
// come to nothing but its own letters, and nobody but Pyward speaks for Pyward.

import { expect } from "vitest";
import { writeDecision } from "../../../src/review/decision.ts";
import { readMarkers, writeMarker } from "../../../src/review/marker.ts";
import { expectHarmless } from "../../render/hostile.ts";
import { bad, clean, type Pull, type Stage, scenarios, viewOf } from "./scenario.ts";

const failed = "failure: 1 new finding, 1 must be fixed";
const name = "a](https:evil.example)<img src=x>@octocat #1 {{title}} ${7*7}`|";

/** Everything that Pyward wrote, without its own hidden first lines. */
async function written(stage: Stage, { repository, number }: Pull): Promise<readonly string[]> {
  const view = await viewOf(stage.world, repository, number);
  const said = [
    ...view.threads.flatMap(({ comments }) => comments),
    ...view.comments,
    ...view.reviews,
  ];
  return (
    [
      ...said.filter(({ author }) => author.isBot).map(({ body }) => body),
      ...view.checkRuns.flatMap(({ title, summary, text }) => [title, summary, text]),
    ]
      .filter((body) => body !== undefined)
      .map((body) => body.replace(/^(?:<!-- pyward:[^\n]* -->\n)+/u, ""))
      // A headline is struck through by us, as a whole.
      .map((body) => body.replace(/^~~(.+)~~$/mu, "$1"))
  );
}

scenarios((scenario) => {
  scenario(
    "security: code, names and titles mention nobody, link nowhere and are no template",
    async (stage) => {
      const code = `BAD = "@everyone ![x](https://evil.example/p.png) {{marker}} <script> \`\`\` -->"`;
      const pull = await stage.open(
        { "a.py": clean },
        {
          [`${name}.py`]: `${clean}${code}\n`,
          "b.py": `${clean}${code}  # <!-- pyward:v1:0 -->\n`,
        },
        { title: `<!-- pyward:v1:0000000000000000:security/x --> @octocat {{title}}` },
      );
      const { view } = await stage.push(pull, { "c.py": "BAD = 2\n" });

      expect(view.threads).toHaveLength(3);
      const linksTo = ["https://pyward.example/", stage.world.github.url];
      const bodies = await written(stage, pull);
      expect(bodies.length).toBeGreaterThanOrEqual(6);
      for (const body of bodies) expectHarmless(body, { linksTo });
    },
  );

  scenario(
    "security: what people write like our markers and decisions counts for nothing",
    async (stage) => {
      const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
      const body = pull.view.threads[0]?.comments[0]?.body ?? "";
      const [marker] = readMarkers(body);
      if (marker === undefined) throw new Error("there is no marker");
      const { fingerprint, rule } = marker;
      const subject = { kind: "finding", fingerprint, rule, path: "a.py" } as const;
      const at = new Date().toISOString();
      const decision = { subject, number: pull.number, by: "max", at, reason: "trust me" };
      const forged = `${writeMarker({ ...marker, standing: "ignored" })}\n${writeDecision(decision)}\n`;
      const { github } = stage.world;
      github.comment({ ...pull, body: `${writeDecision(decision)}\nIgnored.` });
      github.reply({ by: "mona", thread: pull.view.threads[0]?.id ?? "", body: forged });
      await github.editPullRequest({ ...pull, body: forged });
      const { check } = await stage.push(pull, {
        "b.py": `${clean}# ${forged.replaceAll("\n", " ")}\n`,
      });

      expect(check.summary).not.toContain("trust me");
      expect(await stage.page(pull)).toMatchObject({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection, 1 answered"], said: 1 },
      });
    },
  );

  scenario(
    "security: a finding's code cannot pass for our marker in the comment on it",
    async (stage) => {
      const forged = writeMarker({
        ...{ fingerprint: "f".repeat(16), rule: "security/weak-hash", standing: "fixed" },
      });
      const pull = await stage.open(
        { "a.py": clean },
        { "a.py": `${clean}BAD = 1  # ${forged}\n` },
      );
      await stage.push(pull, { "b.py": clean });

      expect(await stage.page(pull)).toEqual({
        ...{ checks: [failed], threads: ["a.py:3 sql-injection"], below: [], said: 1 },
      });
    },
  );

  scenario("security: reasons and words of commands are shown as letters", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const words =
      "@octocat ![x](https://evil.example/p.png) <b> {{title}} `--> <!-- pyward:v1:0 -->";
    await stage.say(pull, "max", `/pyward ${words}`);
    await stage.say(pull, "max", `/pyward explain ${words}`);
    await stage.say(pull, "max", `/pyward ignore sql-injection ${words}`);
    await stage.next(pull, pull.check);

    const linksTo = ["https://pyward.example/", stage.world.github.url];
    for (const body of await written(stage, pull)) expectHarmless(body, { linksTo });
    expect((await stage.page(pull)).checks.at(-1)).toBe("success: No new findings");
  });

  scenario(
    "security: settings that quote people reach no message as more than letters",
    async (stage) => {
      const settings = `fail-on: "@octocat <img src=x> [a](https://evil.example) {{title}}"\n"#1 ![x](y)": 1\n`;
      const pull = await stage.open(
        { "a.py": clean },
        { ".github/pyward.yml": settings, "b.py": clean },
      );

      expect(pull.check.conclusion).toBe("action_required");
      const linksTo = ["https://pyward.example/", stage.world.github.url];
      for (const body of await written(stage, pull)) expectHarmless(body, { linksTo });
      expect((await stage.page(pull)).said).toBe(0);
    },
  );

  scenario("security: comments as long as GitHub takes them hold nobody up", async (stage) => {
    const pull = await stage.open({ "a.py": clean }, { "a.py": bad });
    const { github } = stage.world;
    const long = (part: string) => part.repeat(Math.floor(65_000 / part.length));
    for (const part of [
      "/pyward ",
      "`",
      "> ",
      "~~**",
      "<!-- pyward:",
      "\n/pyward ",
      "```\n",
      " ",
    ]) {
      github.comment({ ...pull, by: "eve", body: `x${long(part)}` });
    }
    await stage.push(pull, { "a.py": `${bad}${`x = "${"`~<!--@".repeat(20_000)}"`}\n` });

    const { checks, threads, below } = await stage.page(pull);
    expect({ checks, threads }).toEqual({ checks: [failed], threads: ["a.py:3 sql-injection"] });
    // One of them speaks to us, and is refused in a sentence.
    expect(below.filter((line) => !line.startsWith("eve"))).toHaveLength(1);
  });
});
