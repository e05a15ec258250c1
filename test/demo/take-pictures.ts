// Takes the pictures of README.md from the demo's own page: `node test/demo/take-pictures.ts`.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { openBrowser } from "../browser/open-browser.ts";
import { rewriteFileLink } from "./file-page.ts";
import { serveDemoPage } from "./serve-page.ts";
import { startDemo } from "./start-demo.ts";

const folder = fileURLToPath(new URL("../../docs/", import.meta.url));
/** The comment that is shown, by words in it, and how many lines of the diff above it. */
const shown = { file: "shop/routes/products.py", words: "SQL injection", lines: 5 };

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
  await demo.review();
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    const tab = await browser.newPage({
      colorScheme,
      viewport: { width: 860, height: 900 },
      deviceScaleFactor: 2,
    });
    await tab.goto(page.url);
    const path = `${folder}review-comment-${colorScheme}.png`;
    await tab.screenshot({ path, clip: await findComment(tab), fullPage: true });
  }
} finally {
  await browser.close();
  await page.close();
  await demo.close();
}

/** The comment's thread and the lines of the diff right above it. */
async function findComment(
  tab: Page,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const file = tab.locator("article.file", { hasText: shown.file });
  const thread = file.locator("tr.at", { hasText: shown.words }).first();
  const first = thread.locator(`xpath=preceding-sibling::tr[${shown.lines}]`);
  const [top, bottom] = [await first.boundingBox(), await thread.boundingBox()];
  if (!top || !bottom) throw new Error("the comment for the picture is not on the page");
  return { x: top.x, y: top.y, width: top.width, height: bottom.y + bottom.height - top.y };
}
