// Which settings count: those that production runs with, told by names of files and classes and by conditions.

import { expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";

const engine = await loadEngine();
const base = 'INSTALLED_APPS = ["orders"]\nROOT_URLCONF = "shop.urls"\n';

test("a base file is judged by the file that takes it over", () => {
  const files = [
    { path: "shop/base.py", text: `${base}DEBUG = True\n` },
    { path: "shop/production.py", text: "from .base import *\nALLOWED_HOSTS = []\n" },
    { path: "shop/local.py", text: "from .base import *\nDEBUG = True\n" },
  ];

  expect(debugIn(files)).toEqual(["shop/base.py:3"]);
});

test("what production switches off again is left alone", () => {
  const files = [
    { path: "shop/base.py", text: `${base}DEBUG = True\n` },
    { path: "shop/settings.py", text: "from .base import *\nDEBUG = False\nALLOWED_HOSTS = []\n" },
  ];

  expect(debugIn(files)).toEqual([]);
});

test.each([
  ["if not LOCAL:", ["settings.py:4"]],
  ['if ENV == "production":', ["settings.py:4"]],
  ["if LOCAL:", []],
  ['if ENV != "production":', []],
  ["if ENV:", []],
])("under %s the setting counts where it is production's", (condition, places) => {
  const text = `${base}${condition}\n    DEBUG = True\n`;

  expect(debugIn([{ path: "settings.py", text }])).toEqual(places);
});

function debugIn(files: readonly { readonly path: string; readonly text: string }[]) {
  return engine
    .analyze(files)
    .findings.filter(({ rule }) => rule === "security/debug-enabled")
    .map(({ place }) => `${place.path}:${place.startLine}`);
}
