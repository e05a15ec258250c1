// What a review of a small change costs in a large repository: the choice of its context, the engine, and
// the whole way through the App with a GitHub on this machine.
//
//   node bench/review-in-a-large-repository.ts [files]

import { recentAnalyses, remembering } from "../src/analysis/remembering.ts";
import { keysOf } from "../src/cli/analysis-cache.ts";
import { keptForReviews, loadEngine } from "../src/load-engine.ts";
import { readImports } from "../src/python/read-imports.ts";
import type { ChangeSet } from "../src/review/change-set.ts";
import { chooseContext } from "../src/review/choose-context.ts";
import { defaultConfig } from "../src/review/config.ts";
import { review } from "../src/review/review.ts";
import { aLargeProject } from "./a-large-project.ts";
import { startMeasuredApp } from "./an-app.ts";

const count = Number(process.argv[2] ?? 4_000);
const project = aLargeProject(count);
const bytes = Object.values(project).reduce((sum, text) => sum + text.length, 0);
const changedPath = "shop/app1/routes.py";
say(`${Object.keys(project).length} files, ${(bytes / 1e6).toFixed(1)} MB`);

await measureEngine();
await measureApp();

async function measureEngine(): Promise<void> {
  const candidates = timed("imports of all files read", () =>
    Object.entries(project).map(([path, text]) => ({ path, text, imports: readImports(text) })),
  );
  const first = changeTo("# first\n");
  const chosen = timed("context chosen", () => chooseContext(first, candidates));
  const size = chosen.files.reduce((sum, { text }) => sum + text.length, 0);
  say(
    `  ${chosen.files.length} files, ${Math.round(size / 1e3)} kB, no room for ${chosen.left.length}`,
  );
  // As on the review thread (src/review-thread.ts): a second push asks of the same merge base.
  const engine = remembering(
    await loadEngine(keptForReviews),
    recentAnalyses(100),
    keysOf("bench"),
  );
  const around = { files: chosen.files };
  timed("engine, cold", () => review(first, around, engine, defaultConfig));
  timed("engine, warm: another push", () =>
    review(changeTo("# second\n"), around, engine, defaultConfig),
  );
  for (let push = 3; push < 10; push += 1)
    review(changeTo(`# ${push}\n`), around, engine, defaultConfig);
  timed("engine, warm: the tenth push", () =>
    review(changeTo("# tenth\n"), around, engine, defaultConfig),
  );
}

function changeTo(comment: string): ChangeSet {
  const baseText = project[changedPath] ?? "";
  const file = {
    path: changedPath,
    previousPath: undefined,
    status: "modified",
    baseText,
    headText: baseText + comment,
    hunks: undefined,
    unread: undefined,
  } as const;
  return { base: "base", head: "head", files: [file] };
}

async function measureApp(): Promise<void> {
  const app = await startMeasuredApp();
  try {
    const { github } = app;
    const repository = "acme/shop";
    const place = { repository, by: "acme" };
    const commits = [{ message: "begin", files: project }];
    await github.createRepository({ owner: "acme", name: "shop", commits });
    const push = (text: string) =>
      github.push({
        ...place,
        branch: "feature",
        commits: [{ message: "change", files: { [changedPath]: project[changedPath] + text } }],
      });
    await push("# first\n");
    const open = () => github.openPullRequest({ ...place, title: "A change", head: "feature" });
    let number = 0;
    const tell = async (what: string, act: () => Promise<unknown>) => {
      github.ledger.clear();
      const ms = await app.review(repository, async () => {
        await act();
        return number;
      });
      const asked = github.ledger.requests.filter(({ token }) => token === "installation");
      const archives = github.ledger.calls("repos/download-tarball-archive").length;
      say(`${what}: ${Math.round(ms)} ms, ${asked.length} requests, ${archives} for an archive`);
    };
    await tell("App, first review", async () => {
      number = await open();
    });
    await tell("App, second push", () => push("# second\n"));
    await tell("App, third push", () => push("# third\n"));
  } finally {
    await app.close();
  }
}

function timed<Result>(what: string, work: () => Result): Result {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  say(`${what}: ${Math.round(ms)} ms, ${Math.round((user + system) / 1e3)} ms of processors`);
  return result;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
