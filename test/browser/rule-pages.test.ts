import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readOtherTools, readRulebook } from "../../src/read-rulebook.ts";
import { readTemplates } from "../../src/read-templates.ts";
import { readAssets } from "../../src/web/read-assets.ts";
import { createRulePages } from "../../src/web/rule-pages.ts";
import { aRulebook, aRulePage } from "../web/makers.ts";
import { faintTexts, invisibleFocus, sidewaysScroll } from "./look-at-page.ts";
import { openBrowser, screens, watchPage } from "./open-browser.ts";

let browser: Browser;
let origin = "";
let paths: readonly string[] = [];
let closeServer: () => void = () => undefined;

beforeAll(async () => {
  const long = `value = "${"long ".repeat(60)}"  # finding: ${"a long note ".repeat(20)}`;
  const real = await readRulebook();
  const rulebook = aRulebook(
    ...real.entries.map(({ page }) => page),
    aRulePage({
      name: "design/a-name-without-any-end-in-sight-for-a-narrow-screen",
      title: "Anextraordinarilylongwordthatnobodywouldeverputintothetitleofarule",
      severity: "low",
      cwe: ["CWE-1", "CWE-22"],
      bad: [
        { path: "bad/a_long_name_of_a_module_in_a_package/models.py", text: long },
        { path: "bad/routes.py", text: "x = 1  # missed: y\ny = 2  # noise: z\n" },
      ],
      body: "## Why it matters\n\nText.\n\n| a | b |\n|---|---|\n| `1` | 2 |\n\n```\nplain\n```\n",
    }),
  );
  paths = [
    "/rules",
    "/rules/none",
    "/other-tools",
    ...rulebook.entries.map(({ page }) => `/rules/${page.name}`),
  ];

  const handler = createRulePages({
    rulebook,
    otherTools: await readOtherTools(),
    templates: await readTemplates(),
    assets: await readAssets(),
  });
  const server = createServer(async (request, response) => {
    if (!(await handler(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeServer = () => server.close();
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  closeServer();
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  describe.each(["phone", "desk"] as const)("on a %s", (screen) => {
    test("every page fits, is easy to read, and asks nobody else for anything", async () => {
      await withPage({ colorScheme, viewport: screens[screen] }, async (page) => {
        const { faults } = await watchPage(page, origin);
        for (const path of paths) {
          await page.goto(origin + path);

          expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
          expect([path, await faintTexts(page)]).toEqual([path, []]);
        }
        // The page of no rule is a 404, which the browser notes on its console.
        expect(faults.filter((fault) => !fault.includes("404 (Not Found)"))).toEqual([]);
      });
    });
  });
});

test("the keyboard reaches everything and always shows where it is", async () => {
  // One page of each kind; those of the rules differ in their words only.
  const kinds = paths.filter(
    (path) => !/^\/rules\/(?!security\/sql-|design\/a-name|none)/u.test(path),
  );
  for (const path of kinds) {
    await withPage({ viewport: screens.phone }, async (page) => {
      await page.goto(origin + path);
      const { reached, invisible } = await invisibleFocus(page);

      expect(reached).toBeGreaterThan(3);
      expect([path, invisible]).toEqual([path, []]);
    });
  }
});

test("the list is filtered while one types, and its address can be shared", async () => {
  await withPage({}, async (page) => {
    const { faults } = await watchPage(page, origin);
    await page.goto(`${origin}/rules`);
    await page.getByLabel("Search by word, CWE or framework").fill("cwe-89");

    expect(await page.getByRole("status").textContent()).toEqual(
      expect.stringMatching(/^1 of \d+ rules$/u),
    );
    expect(await shownRules(page)).toEqual(["SQL injection"]);
    expect(await page.getByRole("heading", { name: "Design" }).isVisible()).toBe(false);
    expect(page.url()).toBe(`${origin}/rules?q=cwe-89`);

    await page.reload();
    expect(await shownRules(page)).toEqual(["SQL injection"]);

    await page.getByLabel("Search by word, CWE or framework").fill("");
    expect(await shownRules(page)).toHaveLength(paths.length - 3);
    expect(page.url()).toBe(`${origin}/rules`);
    expect(faults).toEqual([]);
  });
});

test("family, severity and framework narrow the list, with the keyboard alone", async () => {
  await withPage({ viewport: screens.phone }, async (page) => {
    await page.goto(`${origin}/rules`);
    await page.getByLabel("Family").focus();
    await page.keyboard.press("d");
    await page.keyboard.press("Tab");
    await page.keyboard.press("h");
    await page.keyboard.press("Tab");
    await page.keyboard.type("fas");

    expect(page.url()).toBe(`${origin}/rules?family=design&severity=high&framework=fastapi`);
    expect(await shownRules(page)).toContain("Blocking call in async code");
    expect(await page.locator("#security").isVisible()).toBe(false);
  });
});

test("from rule to rule in the order of the list", async () => {
  await withPage({ viewport: screens.phone }, async (page) => {
    await page.goto(`${origin}/rules/security/sql-injection`);
    await page.getByRole("link", { name: "Next rule" }).click();

    expect(page.url()).toBe(`${origin}/rules/security/nosql-injection`);
    expect(await page.getByRole("link", { name: "Previous rule" }).getAttribute("href")).toBe(
      "./../../rules/security/sql-injection",
    );
  });
});

test("the search works without JavaScript", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${origin}/rules`);
    await page.getByLabel("Search by word, CWE or framework").fill("no such word");
    await page.getByRole("button", { name: "Search" }).click();

    expect(page.url()).toContain(`${origin}/rules?q=no+such+word&`);
    expect(await page.getByText("No rule fits all of this").isVisible()).toBe(true);
  });
});

test("from the list to a rule, to its fix, and back", async () => {
  await withPage({ viewport: screens.phone }, async (page) => {
    await page.goto(`${origin}/rules`);
    await page.getByRole("link", { name: "SQL injection", exact: true }).click();
    expect(page.url()).toBe(`${origin}/rules/security/sql-injection`);

    await page.getByRole("link", { name: "How to fix it", exact: true }).click();
    const fix = await page.getByRole("heading", { name: "How to fix it" }).boundingBox();
    expect(fix?.y).toBeGreaterThanOrEqual(0);
    expect(fix?.y).toBeLessThan(screens.phone.height / 2);

    await page.getByRole("link", { name: "All rules" }).click();
    expect(page.url()).toBe(`${origin}/rules`);
  });
});

async function withPage(
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    await look(await context.newPage());
  } finally {
    await context.close();
  }
}

async function shownRules(page: Page): Promise<readonly string[]> {
  return page.locator(".rule:visible h3").allTextContents();
}
