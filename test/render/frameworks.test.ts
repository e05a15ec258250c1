import { expect, test } from "vitest";
import { frameworksOf } from "../../src/render/frameworks.ts";
import { aRulePage } from "../web/makers.ts";

const flaskExample = { path: "bad.py", text: "from flask import request\n" };

test("what an example shows for one web framework holds for all of them", () => {
  const page = aRulePage({ bad: [flaskExample], good: [], body: "Text." });

  expect(frameworksOf(page)).toEqual(expect.arrayContaining(["Django", "FastAPI", "Flask"]));
  expect(frameworksOf(page)).not.toContain("SQLAlchemy");
});

test("a page that tells what to do by framework is about those it names", () => {
  const body = "## How to fix it\n\n| Framework | Instead |\n|---|---|\n| Django | `A = 1` |\n";
  const page = aRulePage({ bad: [flaskExample], good: [], body });

  expect(frameworksOf(page)).toEqual(["Django", "Flask"]);
});

test("a link to read more does not make a page about a framework", () => {
  const body =
    "Text.\n\n## Read more\n\n- [Django: sending mail](https://docs.djangoproject.com)\n";

  expect(frameworksOf(aRulePage({ bad: [], good: [], body }))).toEqual([]);
});
