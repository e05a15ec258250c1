// What the check says of the config, of files left out and of ignore comments.

import { expect, test } from "vitest";
import { renderAsides, renderSettings } from "../../src/render/config-words.ts";
import type { ConfigNews } from "../../src/review/config-news.ts";
import { aReview } from "../makers.ts";

const nothing: ConfigNews = { notes: [], proposed: undefined };

test("a config that is fine and not touched is not spoken of", () => {
  expect(renderAsides(aReview(), { config: nothing })).toEqual([]);
  expect(renderAsides(aReview(), {})).toEqual([]);
  expect(renderAsides(aReview(), { spareUntil: new Date("2026-01-01T14:05:00Z") })).toEqual([
    "GitHub allows few requests more here until `14:05 UTC`, so this is told without comments. They follow then.",
  ]);
});

test("what a change would change is listed", () => {
  const proposed = { problems: [], changes: ["fail-on: high -> never", "ignore: old/: new"] };

  expect(renderAsides(aReview(), { config: { ...nothing, proposed } })).toEqual([
    "What this config would change, once merged:",
    "- `fail-on: high -> never`",
    "- `ignore: old/: new`",
  ]);
});

test("hostile words in a config mention nobody and make no link", () => {
  const message = '"@everyone" is no rule; see [this](https://evil.example) <img src=x>.';
  const problem = { path: ".github/pyward.yml", line: 3, message };
  const lines = renderAsides(aReview(), {
    config: { notes: [], proposed: { problems: [problem], changes: [] } },
  }).join("\n");

  expect(lines).toContain("- `.github/pyward.yml:3`: ");
  expect(lines).not.toContain("@everyone");
  expect(lines).not.toContain("](https://evil");
  expect(lines).not.toContain("<img");
});

test("of ignore comments only those of the change are told", () => {
  const notice = { path: "a.py", line: 2, kind: "unused", message: "`x` can go." } as const;
  const notices = [
    { ...notice, isNew: true },
    { ...notice, line: 9, isNew: false },
  ];

  expect(renderAsides(aReview({ notices }), { config: nothing })).toEqual([
    "`a.py:2`: `x` can go.",
  ]);
});

test("however much there is to say, it keeps within its bounds", () => {
  const leftOut = Array.from({ length: 500 }, (_, at) => ({
    path: `${"deep/".repeat(50)}${at}.py`,
    kind: "ignored" as const,
  }));
  const changes = Array.from({ length: 500 }, (_, at) => `rules: ${"x".repeat(200)}${at}: off`);
  const lines = renderAsides(aReview({ leftOut }), {
    config: { notes: ["n".repeat(5_000)], proposed: { problems: [], changes } },
  });

  expect(Buffer.byteLength(lines.join("\n\n"))).toBeLessThan(6_100);
});

test("settings are shown with the origin of what is not the default", () => {
  const rows = [
    { setting: "fail-on", value: "low", origin: ".github/pyward.yml" },
    { setting: "drafts", value: "check-only", origin: "default" },
    { setting: "ignore: old/", value: "", origin: "acme/.github: pyward.yml" },
  ];

  expect(renderSettings(rows).split("\n").slice(1, -1)).toEqual([
    "fail-on: low  # .github/pyward.yml",
    "drafts: check-only",
    "ignore: old/  # acme/.github: pyward.yml",
  ]);
});
