// Every kind of fix on programs of `cases/`: what is offered is applied, analysed again, compiled by CPython where
// there is one, and compared with `mended/`, which a reader has judged with the eye.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/analysis/finding.ts";
import { loadEngine } from "../../src/load-engine.ts";
import { suggest } from "../../src/review/suggest.ts";
import { applyChanges, joinChanges } from "../../src/review/suggestion.ts";

const engine = await loadEngine();
const folder = join(import.meta.dirname, "cases");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** How many shapes of each kind must be mended. */
const shapes: Readonly<Record<string, readonly [rule: string, count: number]>> = {
  archives: ["security/path-traversal", 10],
  certificates: ["security/tls-verification-disabled", 12],
  comparisons: ["security/timing-unsafe-comparison", 12],
  cookies: ["security/insecure-cookie", 15],
  debug: ["security/debug-enabled", 11],
  "django-indexes": ["design/missing-index", 10],
  "django-pages": ["security/cross-site-scripting", 10],
  evaluation: ["security/code-injection", 10],
  indexes: ["design/missing-index", 11],
  "indexes-apart": ["design/missing-index", 4],
  "indexes-in-migrations": ["design/missing-index", 3],
  modes: ["security/unsafe-file-permissions", 12],
  pages: ["security/cross-site-scripting", 10],
  "plain-routes": ["design/", 10],
  "same-site": ["security/insecure-cookie", 11],
  "temp-files": ["security/unsafe-temp-file", 11],
  fallbacks: ["security/hardcoded-secret", 11],
  secrets: ["security/hardcoded-secret", 10],
  "random-secrets": ["security/insecure-random", 11],
  "safe-marks": ["security/cross-site-scripting", 11],
  shell: ["security/command-injection", 11],
  sql: ["security/sql-injection", 14],
  timeouts: ["design/missing-timeout", 12],
  algorithms: ["security/jwt-misuse", 10],
  tokens: ["security/jwt-misuse", 10],
  "yaml-load": ["security/unsafe-deserialization", 11],
};

test("every file of cases is in the table", () => {
  const names = readdirSync(folder).map((name) => name.replace(/\.py$/u, ""));
  expect(names.toSorted()).toEqual(Object.keys(shapes).toSorted());
});

describe.each(Object.entries(shapes))("%s", (name, [rule, count]) => {
  const before = readFileSync(join(folder, `${name}.py`), "utf8");
  const { after, mended } = mend(before);

  test("so many shapes are mended, all of the rule at hand", () => {
    expect(mended.filter((finding) => finding.rule.startsWith(rule))).toHaveLength(count);
    expect(mended).toHaveLength(count);
  });

  test("the mended file reads as judged", async () => {
    await expect(after).toMatchFileSnapshot(join("mended", `${name}.py`));
  });

  test("nothing new is found in it, and what was mended is gone", () => {
    const counts = (text: string) => engine.analyze([{ path: "app.py", text }]).findings.length;
    expect(counts(after)).toBeLessThanOrEqual(counts(before) - count);
  });

  test("a second run finds nothing more to mend", () => {
    expect(mend(after).mended).toEqual([]);
  });

  test("comments are kept", () => {
    expect(commentsOf(after)).toEqual(commentsOf(before));
  });

  test.runIf(hasPython)("CPython compiles it", () => {
    const place = mkdtempSync(join(tmpdir(), "pyward-fixes-"));
    try {
      writeFileSync(join(place, "app.py"), after);
      const run = () => execFileSync("python3", ["-m", "py_compile", join(place, "app.py")]);
      expect(run).not.toThrow();
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

describe("a fix is not offered", () => {
  test("where the file does not parse", () => {
    const text = `${readFileSync(join(folder, "archives.py"), "utf8")}\ndef broken(:\n`;
    expect(mend(text).mended).toEqual([]);
  });

  test("where the name of the module that it needs means something else", () => {
    const text =
      'import random\n\nsecrets = ["a"]\n\ndef make_token():\n    return "".join(random.choice("ab") for _ in range(9))\n';
    expect(mend(text).mended).toEqual([]);
  });

  test("where a comment would go with the argument", () => {
    const text =
      "import requests\n\ndef rates(url):\n    return requests.get(\n        url,\n        timeout=5,  # seconds\n        verify=False,  # because\n    )\n";
    expect(mend(text).after).toBe(text);
  });
});

test("two faults of one line are mended together", () => {
  const text =
    'import requests\nfrom flask import Flask\n\napp = Flask(__name__)\n\n@app.get("/")\ndef rates():\n    return requests.get("https://a.example.org", verify=False).json()\n';
  const { after, mended } = mend(text);
  expect(mended.map(({ rule }) => rule).toSorted()).toEqual([
    "design/missing-timeout",
    "security/tls-verification-disabled",
  ]);
  expect(after).toContain('requests.get("https://a.example.org", timeout=10).json()');
});

test("lines end as they did before", () => {
  const text = readFileSync(join(folder, "random-secrets.py"), "utf8").replaceAll("\n", "\r\n");
  const { after, mended } = mend(text);
  expect(mended).toHaveLength(11);
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
});

function mend(text: string): { readonly after: string; readonly mended: readonly Finding[] } {
  const files = [{ path: "app.py", text }];
  const analysis = engine.analyze(files);
  const suggestions = suggest(analysis.findings, files, engine, analysis);
  const after = applyChanges(text, joinChanges([...suggestions.values()]));
  return { after, mended: [...suggestions.keys()] };
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<= {2}|^)# .*$/gmu)].map(([comment]) => comment);
}
