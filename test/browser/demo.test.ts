import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rewriteFileLink } from "../demo/file-page.ts";
import { aCheck, aFile, aThread, aView } from "../demo/makers.ts";
import { type DemoActions, type DemoPage, serveDemoPage } from "../demo/serve-page.ts";
import { type Demo, startDemo } from "../demo/start-demo.ts";
import { faintTexts, invisibleFocus, sidewaysScroll } from "./look-at-page.ts";
import { openBrowser, screens, watchPage } from "./open-browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
});

describe("the page of the demo", () => {
  let served: DemoPage;

  beforeAll(async () => {
    const long = `@@ -0,0 +1 @@\n+x = "${"long ".repeat(60)}"`;
    const view = aView({
      body: "Adds **search**.",
      files: [aFile({ patch: long }), aFile({ path: `${"long/".repeat(30)}x.py` })],
      threads: [
        aThread({ line: 1, body: `\`${"x".repeat(200)}\`\n\n\`\`\`suggestion\n${long}\n\`\`\`` }),
        aThread({ id: "T2", line: undefined, isOutdated: true }),
      ],
      checkRuns: [aCheck({ summary: "| a | b |\n|---|---|\n| 1 | 2 |" })],
    });
    served = await serveDemoPage(0, { ...nothing, view: async () => view });
  });

  afterAll(() => served?.close());

  test.each([
    ["light", "phone"],
    ["light", "desk"],
    ["dark", "phone"],
    ["dark", "desk"],
  ] as const)("in %s on a %s fits and is easy to read", async (colorScheme, screen) => {
    const page = await browser.newPage({ colorScheme, viewport: screens[screen] });
    const { faults } = await watchPage(page, served.url);
    await page.goto(served.url);
    await openAll(page);

    expect(await sidewaysScroll(page)).toBe(0);
    expect(await faintTexts(page)).toEqual([]);
    expect((await invisibleFocus(page)).invisible).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe("a pull request in the demo", () => {
  let demo: Demo;
  let served: DemoPage;

  beforeAll(async () => {
    demo = await startDemo(undefined);
    served = await serveDemoPage(0, {
      view: demo.view,
      around: async () => ({
        canFix: true,
        rewriteLink: (address) => rewriteFileLink(address, demo.repositoryUrl),
      }),
      comment: async (body) => demo.comment(body),
      pushFix: demo.pushFix,
      async readFile(commit, path) {
        const text = await demo.readFile(commit, path);
        return text === undefined ? undefined : { commit, path, text };
      },
    });
    await demo.review();
  });

  afterAll(async () => {
    await served?.close();
    await demo?.close();
  });

  test("leads from a comment to the rule's page, and to the line the data comes from", async () => {
    const page = await browser.newPage();
    await page.goto(served.url);
    const comment = page.locator("details.thread", { hasText: "SQL injection" });
    const rule = await comment.getByRole("link", { name: /^why/u }).getAttribute("href");
    await comment.getByRole("link", { name: "L16" }).click();

    expect(await page.locator("tr:target").textContent()).toContain("request.query_params");

    const { faults } = await watchPage(page, demo.rulesUrl.replace("/rules", ""));
    await page.goto(rule ?? "");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("SQL injection");
    expect(faults).toEqual([]);
    await page.close();
  });

  test("answers a command, and turns green when the fix is pushed, without a reload", async () => {
    const page = await browser.newPage();
    const { faults } = await watchPage(page, served.url);
    await page.goto(served.url);
    const check = page.locator("details.check", { hasText: "Pyward" });
    expect(await check.getAttribute("class")).toBe("check failure");

    await page.getByRole("button", { name: "Ask for help" }).click();
    const answer = page.locator(".remark.bot", { hasText: "/pyward review" });
    await answer.waitFor({ timeout: 30_000 });

    await page.getByRole("button", { name: "Push the commit that fixes it" }).click();
    await page.locator("details.check.success").waitFor({ timeout: 30_000 });
    expect(await page.locator("details.thread").count()).toBe((await demo.view()).threads.length);
    expect(await page.getByRole("button", { name: /^Push/u }).count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });
});

const nothing: Omit<DemoActions, "view"> = {
  around: async () => ({ canFix: true, rewriteLink: (address) => address }),
  comment: async () => undefined,
  pushFix: async () => undefined,
  readFile: async () => undefined,
};

async function openAll(page: Page): Promise<void> {
  for (const folded of await page.locator("details:not([open]) > summary").all()) {
    if (await folded.isVisible()) await folded.click();
  }
}
