// `npm run pictures`: the pictures of README.md and docs/reviews.md, taken from the demo's own page.

/// <reference lib="dom" />

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "../browser/open-browser.ts";
import { rewriteFileLink } from "./file-page.ts";
import { serveDemoPage } from "./serve-page.ts";
import { startDemo } from "./start-demo.ts";

const folder = fileURLToPath(new URL("../../docs/", import.meta.url));

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is cut out of the page, by the name of the picture. */
type Shots = Readonly<Record<string, (tab: Page) => Promise<Clip>>>;

const ofTheReview: Shots = {
  "review-comment": (tab) =>
    withLinesAbove(threadIn(tab, "shop/routes/products.py", "SQL injection"), 5),
  suggestion: (tab) => withLinesAbove(threadIn(tab, "shop/models.py", "Suggested change"), 4),
  check: async (tab) => clipOf(tab.locator("details.check", { hasText: "Pyward" })),
};

const afterTheFix: Shots = {
  "fixed-comment": async (tab) => {
    // What is outdated stands folded above the diff.
    const thread = tab.locator("details.thread", { hasText: "Unsafe deserialization" });
    if ((await thread.getAttribute("open")) === null) await thread.locator("summary").click();
    // The click scrolled; pictures are cut by places on the whole page.
    await tab.evaluate(() => scrollTo(0, 0));
    return clipOf(thread);
  },
  "green-check": async (tab) => clipOf(tab.locator("details.check", { hasText: "Pyward" })),
};

const demo = await startDemo(undefined);
const page = await serveDemoPage(0, {
  view: demo.view,
  around: async () => ({
    canFix: true,
    rewriteLink: (address) => rewriteFileLink(address, demo.repositoryUrl),
  }),
  comment: async () => undefined,
  pushFix: async () => undefined,
  readFile: async () => undefined,
});
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  await demo.review();
  await take(ofTheReview);
  await demo.pushFix();
  await demo.review();
  await take(afterTheFix);
} finally {
  await browser.close();
  await page.close();
  await demo.close();
}

/** Each picture in light and in dark. */
async function take(shots: Shots): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    const tab = await browser.newPage({
      colorScheme,
      viewport: { width: 860, height: 900 },
      deviceScaleFactor: 2,
      // The page's script would put a new page in place of the one that is measured.
      javaScriptEnabled: false,
    });
    await tab.goto(page.url);
    for (const [name, find] of Object.entries(shots)) {
      const path = `${folder}${name}-${colorScheme}.png`;
      await tab.screenshot({ path, clip: await find(tab), fullPage: true });
    }
    await tab.close();
  }
}

function threadIn(tab: Page, file: string, words: string): Locator {
  const article = tab.locator("article.file", { hasText: file });
  return article.locator("tr.at", { hasText: words }).first();
}

/** A comment's thread and the lines of the diff right above it. */
async function withLinesAbove(thread: Locator, lines: number): Promise<Clip> {
  const top = await clipOf(thread.locator(`xpath=preceding-sibling::tr[${lines}]`));
  const bottom = await clipOf(thread);
  return { ...top, height: bottom.y + bottom.height - top.y };
}

async function clipOf(place: Locator): Promise<Clip> {
  const box = await place.boundingBox();
  if (!box) throw new Error(`nothing to be seen of ${place}`);
  return box;
}
