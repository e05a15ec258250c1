// Who overrules whom, and where each value comes from.

import { expect, test } from "vitest";
import { defaultConfig } from "../../src/review/config.ts";
import { readConfigFile } from "../../src/review/read-config-file.ts";
import {
  type ConfigSource,
  compareConfigs,
  resolveConfig,
} from "../../src/review/resolve-config.ts";

const words = {
  rules: ["security/sql-injection", "design/missing-index"],
  models: { sanitizer: ["html"] },
};

function aSource(place: string, text: string): ConfigSource {
  const read = readConfigFile(text, { words, mayEnforce: true });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { place, file: read.file, enforces: place.startsWith("acme/") };
}

const rowsOf = (sources: readonly ConfigSource[]) =>
  resolveConfig(sources).rows.filter(({ origin }) => origin !== "default");

test("without any file the config is the default", () => {
  expect(resolveConfig([]).config).toEqual(defaultConfig);
});

test("a repository goes before its organisation, and each value keeps its origin", () => {
  const sources = [
    aSource("acme/.github: pyward.yml", "fail-on: medium\ndrafts: skip\nignore: [vendor/]\n"),
    aSource(".github/pyward.yml", "fail-on: low\nignore: [gen/]\nrules: { design/*: off }\n"),
  ];

  expect(resolveConfig(sources).config).toMatchObject({
    failOn: "low",
    drafts: "skip",
    leaveOut: { paths: ["vendor/", "gen/"] },
  });
  expect(rowsOf(sources)).toEqual([
    { setting: "fail-on", value: "low", origin: ".github/pyward.yml" },
    { setting: "drafts", value: "skip", origin: "acme/.github: pyward.yml" },
    { setting: "ignore: vendor/", value: "", origin: "acme/.github: pyward.yml" },
    { setting: "rules: design/*", value: "off", origin: ".github/pyward.yml" },
    { setting: "ignore: gen/", value: "", origin: ".github/pyward.yml" },
  ]);
});

test("what is enforced can be made stricter only", () => {
  const theirs = `enforced:
  fail-on: medium
  suppressions: { nosec: false, require-reason: true }
  commands: { ignore: maintain, review: read, author-may-ignore-blocking: false }
`;
  const ours = `fail-on: never
suppressions: { nosec: true, noqa: true }
commands: { ignore: read, review: write, author-may-ignore-blocking: true }
`;
  const { config } = resolveConfig([aSource("acme/.github", theirs), aSource("own", ours)]);

  expect(config).toMatchObject({
    enforced: { failOn: "medium" },
    suppressions: { nosec: false, noqa: true, requireReason: true },
    commands: { ignore: "maintain", review: "write", authorMayIgnoreBlocking: false },
  });
});

test("a repository that writes enforced itself enforces nothing", () => {
  const { config } = resolveConfig([aSource("own", "enforced: { fail-on: low }\n")]);

  expect(config.enforced).toBeUndefined();
});

test("what another config would change is told value by value", () => {
  const before = resolveConfig([aSource("own", "rules: { sql-injection: block }\n")]).rows;
  const after = resolveConfig([
    aSource("own", "fail-on: never\nignore: [legacy/]\nmodels: [{ clean: a.b() }]\n"),
  ]).rows;

  expect(compareConfigs(before, after)).toEqual([
    "fail-on: high -> never",
    "ignore: legacy/: new",
    "models: clean a.b(): new",
    "rules: sql-injection: no longer",
  ]);
  expect(compareConfigs(before, before)).toEqual([]);
});
