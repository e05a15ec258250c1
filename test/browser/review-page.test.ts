// The page of a review in a real browser, light and dark, at a desk and on a phone.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRulebook } from "../../src/read-rulebook.ts";
import { readTemplates } from "../../src/read-templates.ts";
import { makeAccount } from "../../src/review/account.ts";
import { readAssets } from "../../src/web/read-assets.ts";
import { createReviewPage } from "../../src/web/review-page.ts";
import { aPlan, aProblem, aReview, aReviewed } from "../makers.ts";
import { servePages } from "../web/serve-pages.ts";
import { faintTexts, invisibleFocus, sidewaysScroll } from "./look-at-page.ts";
import { openBrowser, screens, watchPage } from "./open-browser.ts";

let browser: Browser;
let pages: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  const told = [
    aReviewed({ path: "shop/routes/products.py", line: 18 }),
    aReviewed({
      ...{ path: `${"a_long_name_of_a_package/".repeat(6)}models.py`, line: 120 },
      ...{ rule: "design/missing-index", severity: "medium" },
    }),
  ];
  const review = aReview({
    ...{ introduced: told, existing: told },
    problems: [aProblem({ path: "shop/broken.py", kind: "syntax-error" })],
  });
  const plan = aPlan({ told, title: "2 new findings in what could be read, 1 must be fixed" });
  const account = makeAccount(review, plan, {
    ...{ owner: "acme", repo: "shop", number: 12, conclusion: "failure", seconds: 0.4 },
    settings: ["acme/.github: pyward.yml", ".github/pyward.yml"],
  });
  const startedAt = new Date("2026-11-21T01:02:03Z");
  const handler = createReviewPage({
    rulebook: await readRulebook(),
    templates: await readTemplates(),
    assets: await readAssets(),
    github: "https://github.example",
    isGenuine: () => true,
    find: async () => ({ head: "a".repeat(40), state: "done", startedAt, account }),
  });
  const assets = await readAssets();
  pages = await servePages(async (request, response) => {
    const asset = assets.find(({ address }) => request.url === `/${address}`);
    if (asset === undefined) return handler(request, response);
    response.writeHead(200, { "content-type": asset.type }).end(asset.content);
    return true;
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  pages?.close();
});

const address = `/reviews/0f8c2c1e-6a53-4d0b-9a43-1c1f3f0c9d11/${"a".repeat(43)}`;

test.each([
  ["desk", "light"],
  ["desk", "dark"],
  ["phone", "light"],
  ["phone", "dark"],
] as const)("at a %s in %s it can be read, and loads nothing from elsewhere", async (screen, colorScheme) => {
  const context = await browser.newContext({ viewport: screens[screen], colorScheme });
  const page = await context.newPage();
  const watched = await watchPage(page, pages.origin);

  await page.goto(pages.origin + address);

  expect(await page.title()).toContain("2 new findings");
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await faintTexts(page)).toEqual([]);
  expect((await invisibleFocus(page)).invisible).toEqual([]);
  expect(watched.faults).toEqual([]);
  const folder = process.env.PYWARD_SCREENSHOTS;
  if (folder)
    await page.screenshot({
      path: `${folder}/review-${screen}-${colorScheme}.png`,
      fullPage: true,
    });
  await context.close();
});
