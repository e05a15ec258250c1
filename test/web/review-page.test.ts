// The page of one review: for who has its address, without code, and harmless whatever names it shows.

import { afterAll, beforeAll, expect, test } from "vitest";
import { createPageLinks } from "../../src/page-links.ts";
import { readTemplates } from "../../src/read-templates.ts";
import type { KeptReview } from "../../src/render/review-page.ts";
import { makeAccount } from "../../src/review/account.ts";
import { readAssets } from "../../src/web/read-assets.ts";
import { createReviewPage } from "../../src/web/review-page.ts";
import { aPlan, aProblem, aReview, aReviewed } from "../makers.ts";
import { aRulebook, aRulePage } from "./makers.ts";
import { servePages } from "./serve-pages.ts";

const id = "0f8c2c1e-6a53-4d0b-9a43-1c1f3f0c9d11";
const hostile = '"><script>alert(1)</script>{{title}}/é#?.py';
const reviewed = aReviewed({
  ...{ path: hostile, line: 7 },
  message: "`password = 'hunter2'` is read",
  code: "password = 'hunter2'",
});
const plan = aPlan({
  ...{ told: [reviewed], summaryOnly: [reviewed], title: "1 new finding, 1 must be fixed" },
});
const review = aReview({ introduced: [reviewed], problems: [aProblem({ path: hostile })] });
const account = makeAccount(review, plan, {
  ...{ owner: "acme", repo: "shop", number: 12, conclusion: "failure", seconds: 0.4 },
  settings: [".github/pyward.yml"],
});
const kept: KeptReview = {
  ...{ head: "a".repeat(40), state: "done", startedAt: new Date("2026-11-21T01:02:03Z"), account },
};
const links = createPageLinks("a secret of the webhook", "");
let reviews: Readonly<Record<string, KeptReview>> = {};
let pages: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  const handler = createReviewPage({
    rulebook: aRulebook(aRulePage()),
    templates: await readTemplates(),
    assets: await readAssets(),
    github: "https://github.example",
    isGenuine: links.isGenuine,
    find: async (review) => reviews[review],
  });
  pages = await servePages(handler);
  reviews = { [id]: kept };
});

afterAll(() => pages.close());

const get = (path: string, init?: RequestInit) => fetch(pages.origin + path, init);

test("it tells places, rules and counts, with links to the lines at that commit", async () => {
  const html = await (await get(links.addressOf(id))).text();

  expect(html).toContain("1 new finding, 1 must be fixed");
  expect(html).toContain('href="https://github.example/acme/shop/pull/12"');
  expect(html).toContain('href="../../rules/security/sql-injection"');
  expect(html).toMatch(/blob\/a{40}\/[^"<>]+#L7-L7"/u);
  expect(html).toContain("in the summary; must be fixed");
  expect(html).toContain("settings: .github/pyward.yml");
});

test("names of files are shown and do nothing", async () => {
  const html = await (await get(links.addressOf(id))).text();

  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;{{title}}");
});

test("no code is kept for it, and none is shown", async () => {
  expect(JSON.stringify(account)).not.toContain("hunter2");
  expect(await (await get(links.addressOf(id))).text()).not.toContain("hunter2");
});

test.each([
  ["another signature", `/reviews/${id}/${"A".repeat(43)}`],
  ["no signature", `/reviews/${id}`],
  ["half a signature", links.addressOf(id).slice(0, -1)],
  ["the signature of another secret", createPageLinks("another secret", "").addressOf(id)],
  ["a review that is not kept", links.addressOf("11111111-6a53-4d0b-9a43-1c1f3f0c9d11")],
  ["no id at all", "/reviews/x/y"],
])("%s leads to nothing, in the same words", async (_, path) => {
  const answer = await get(path);

  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("No such review");
});

test("nobody on the way keeps it, lists it, frames it, or learns its address from it", async () => {
  const { headers } = await get(links.addressOf(id));

  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(headers.get("x-robots-tag")).toBe("noindex, nofollow");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect((await get(links.addressOf(id), { method: "POST" })).status).toBe(405);
});

test.each([
  ["running", "The review is under way"],
  ["superseded", "Newer commits were reviewed instead"],
  ["failed", "Pyward could not finish this review"],
] as const)("a review that is %s says so", async (state, words) => {
  reviews = { [id]: { ...kept, state, account: undefined } };
  const html = await (await get(links.addressOf(id))).text();
  reviews = { [id]: kept };

  expect(html).toContain(`<h1>${words}</h1>`);
});
