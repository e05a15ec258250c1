// 1.8, SARIF: what GitHub's code scanning is told of pull requests and of the default branch.

import { describe, expect } from "vitest";
import type { Repository } from "../../github-emulator/world.ts";
import { bad, clean, type Pull, type Stage, scenarios } from "./scenario.ts";

const on = { ".github/pyward.yml": "code-scanning: true\n" };

function repositoryOf({ world }: Stage, { repository }: Pick<Pull, "repository">): Repository {
  const found = world.github.world.repositories.get(repository.toLowerCase());
  if (found === undefined) throw new Error(`no ${repository}`);
  return found;
}

const uploads = ({ world }: Stage) =>
  world.github.ledger.requests.filter(
    ({ operation }) => operation === "code-scanning/upload-sarif",
  );

describe("where the App may upload", () => {
  scenarios(
    (scenario) => {
      scenario("1.8 SARIF: a pull request's findings are uploaded for its head", async (stage) => {
        const pull = await stage.open({ ...on, "a.py": clean }, { "a.py": bad });
        await stage.push(pull, { "a.py": `# down\n${bad}ODD = 2\n` });

        const { analyses } = repositoryOf(stage, pull);
        const ofPull = analyses.filter(({ ref }) => ref === `refs/pull/${pull.number}/head`);
        const { view } = await stage.next(pull, pull.check);
        expect(ofPull).toMatchObject([
          {
            ...{ commit: view.head.sha, tool: "Pyward", category: "pyward/" },
            results: [
              { rule: "security/sql-injection", path: "a.py", line: 4 },
              { rule: "security/weak-hash", path: "a.py", line: 5 },
            ],
          },
        ]);
        expect(view.threads).toHaveLength(2);
      });

      scenario("1.8 SARIF: what somebody ignores is no alert any more", async (stage) => {
        const pull = await stage.open({ ...on, "a.py": clean }, { "a.py": bad });

        await stage.say(pull, "max", "/pyward ignore test data", "thread");
        await stage.next(pull, pull.check);

        const [analysis] = repositoryOf(stage, pull).analyses;
        expect(analysis?.results).toEqual([]);
        expect(await stage.page(pull)).toMatchObject({
          threads: [expect.stringContaining("ignored")],
        });
      });

      scenario(
        "1.1 push to the default branch: code scanning learns what it holds",
        async (stage) => {
          const pull = await stage.open({ ...on, "a.py": bad, "b.py": clean }, { "c.py": clean });
          const { github } = stage.world;
          stage.count();

          await stage.land(pull, { "b.py": `${clean}MEH = 1\n` });

          const { analyses } = repositoryOf(stage, pull);
          const main = await github.waitFor("main is uploaded", () =>
            analyses.find(({ ref }) => ref === "refs/heads/main"),
          );
          expect(main.category).toBe("pyward/");
          expect(main.results.map(({ rule, path, line }) => `${rule} ${path}:${line}`)).toEqual([
            "security/sql-injection a.py:3",
            "design/missing-index b.py:3",
          ]);
          // Nothing is said on any page for it.
          expect(github.ledger.contentCreating()).toEqual([]);
          expect(github.ledger.calls("checks/create")).toEqual([]);
        },
      );

      scenario(
        "1.1 push to the default branch: one that touches no Python asks nothing",
        async (stage) => {
          const pull = await stage.open({ ...on, "a.py": clean }, { "a.py": bad });
          stage.count();

          await stage.land(pull, { "README.md": "# Shop\n" });

          await stage.world.github.webhooks.settled();
          expect(await stage.page(pull)).toMatchObject({ said: 0 });
          expect(stage.world.github.ledger.requests).toEqual([]);
        },
      );

      scenario("1.8 SARIF: off, as it is by default, it costs no request", async (stage) => {
        const pull = await stage.open({ "a.py": clean }, { "a.py": bad });

        expect(uploads(stage)).toEqual([]);
        expect(pull.check.summary).not.toContain("Code scanning");
      });

      scenario(
        "1.8 SARIF: without Advanced Security the check says so, and stands",
        async (stage) => {
          const pull = await stage.open({ "a.py": clean, ...on }, { "b.py": clean });
          repositoryOf(stage, pull).hasCodeScanning = false;

          const { check } = await stage.push(pull, { "a.py": bad });

          expect(check.conclusion).toBe("failure");
          expect(check.summary).toContain("Code scanning was not told: it is not set up");
          stage.world.github.ledger.clear();
        },
      );

      scenario("1.8 SARIF: GitHub's failure to take it changes no verdict", async (stage) => {
        stage.world.github.faults.add({
          ...{ kind: "status", status: 503, times: 5 },
          match: { operation: "code-scanning/upload-sarif" },
        });

        const pull = await stage.open({ ...on, "a.py": clean }, { "a.py": bad });

        expect(pull.check.conclusion).toBe("failure");
        expect(pull.check.summary).toContain("GitHub did not take the findings this time.");
      });
    },
    undefined,
    { permissions: { security_events: "write" } },
  );
});

describe("where it may not", () => {
  scenarios((scenario) => {
    scenario(
      "1.8 SARIF: without the permission one line says so, and nothing is asked",
      async (stage) => {
        const pull = await stage.open({ ...on, "a.py": clean }, { "a.py": bad });

        expect(pull.check.summary).toContain("the App has no write access to code scanning alerts");
        expect(uploads(stage)).toEqual([]);
        expect(pull.check.conclusion).toBe("failure");
      },
    );
  });
});
