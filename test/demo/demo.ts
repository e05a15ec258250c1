// `npm run demo`: watch Pyward review a pull request, on this machine and without GitHub.

import { compareAfterFix, compareWithExpected } from "./check-expectation.ts";
import { type DemoArguments, demoUsage, readDemoArguments } from "./demo-arguments.ts";
import { rewriteFileLink } from "./file-page.ts";
import { readLocalRange } from "./local-repository.ts";
import { describeReview } from "./print-review.ts";
import { type DemoActions, serveDemoPage } from "./serve-page.ts";
import { expected, shop } from "./shop.ts";
import type { Demo } from "./start-demo.ts";

const hasColor = process.stdout.isTTY === true && process.stdout.hasColors();

const read = readDemoArguments(process.argv.slice(2));
if (!read.ok) {
  console.error(`${read.fault}\n\n${demoUsage}`);
  process.exitCode = 2;
} else if (read.value.help) console.log(demoUsage);
else {
  try {
    process.exitCode = await run(read.value);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (process.env.LOG_LEVEL === "debug") console.error(error);
    process.exitCode = 1;
  }
}

/** Returns the exit code. */
async function run({ port, once, range }: DemoArguments): Promise<number> {
  const local = range && (await readLocalRange(range));
  // A page that cannot be served is told at once, before anything is started for it.
  const { promise: started, resolve: tellStarted } = Promise.withResolvers<Demo>();
  const page = once ? undefined : await serveDemoPage(port, actionsOf(started));
  const interrupted = waitForInterrupt();
  const starting = import("./start-demo.ts").then(({ startDemo }) => startDemo(local));
  starting.then(tellStarted, () => undefined);
  try {
    if (!page) return await Promise.race([starting.then(showOnce), interrupted.then(() => 130)]);
    await Promise.race([starting.then((demo) => announce(demo, page.url)), interrupted]);
    await interrupted;
    return 0;
  } finally {
    await page?.close();
    // Also what an interrupt met half built is taken down.
    await starting.then(
      (demo) => demo.close(),
      () => undefined,
    );
  }
}

/** The first Ctrl-C takes everything down in order; a second one ends the process at once. */
function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}

async function announce(demo: Demo, page: string): Promise<void> {
  const view = await demo.review();
  console.log(describeReview(view, { page, rules: demo.rulesUrl }, { hasColor }));
  console.log("\nCtrl-C ends the demo and removes everything it made.");
}

/** Prints the review; for the bundled shop also the one after the fix, and compares both. */
async function showOnce(demo: Demo): Promise<number> {
  const links = { page: undefined, rules: demo.rulesUrl };
  const first = await demo.review();
  console.log(describeReview(first, links, { hasColor }));
  if (!demo.hasFix) return 0;

  await demo.pushFix();
  const second = await demo.review();
  console.log(`\n${"─".repeat(72)}\nAfter the commit that fixes it:\n`);
  console.log(describeReview(second, links, { hasColor, earlier: first }));

  const differences = [
    ...compareWithExpected(first, { ...shop.base.files, ...shop.change.files }, expected),
    ...compareAfterFix(second, first).map((sentence) => `After the fix: ${sentence}`),
  ];
  if (differences.length === 0) return 0;
  console.error(`\nThis is not what the demo should show:\n- ${differences.join("\n- ")}`);
  return 1;
}

function actionsOf(started: Promise<Demo>): DemoActions {
  let isFixed = false;
  return {
    view: async () => (await started).view(),
    async around() {
      const { hasFix, repositoryUrl } = await started;
      return {
        canFix: hasFix && !isFixed,
        rewriteLink: (address) => rewriteFileLink(address, repositoryUrl),
      };
    },
    comment: async (body) => (await started).comment(body),
    async pushFix() {
      if (isFixed) return;
      isFixed = true;
      await (await started).pushFix();
    },
    async readFile(commit, path) {
      const text = await (await started).readFile(commit, path);
      return text === undefined ? undefined : { commit, path, text };
    },
  };
}
