// Who may overrule whom: the defaults, then the organisation's file, then the repository's; what the
// organisation enforces can be made stricter only. Every value keeps its origin.

import { severities } from "../analysis/finding.ts";
import type { BaselineEntry } from "./baseline.ts";
import {
  type Config,
  defaultConfig,
  type EnforcedModes,
  type LeaveOut,
  type ModeLayer,
  type Role,
  roles,
} from "./config.ts";
import type { ConfigFile } from "./config-file.ts";
import type { GoodConfigFile } from "./read-config-file.ts";

/** One file that counts, and where it stands: `acme/.github: pyward.yml`, `.github/pyward.yml`. */
export interface ConfigSource {
  readonly place: string;
  readonly file: GoodConfigFile;
  /** Does its `enforced` count? */
  readonly enforces: boolean;
}

export interface ResolvedConfig {
  readonly config: Config;
  readonly rows: readonly ConfigRow[];
}

/** One value of the config, for people. */
export interface ConfigRow {
  /** `fail-on`, `rules: design/*`, `ignore: vendor/**`; no two rows share it. */
  readonly setting: string;
  readonly value: string;
  /** The place of the file that says so, or `default`. */
  readonly origin: string;
}

/** What comes with the files of a repository beside its settings. */
export interface ConfigExtras {
  readonly baseline?: readonly BaselineEntry[];
  readonly attributes?: LeaveOut["attributes"];
}

/** @param sources the one that others overrule first. */
export function resolveConfig(
  sources: readonly ConfigSource[],
  extras: ConfigExtras = {},
): ResolvedConfig {
  const rows: ConfigRow[] = [];
  const pick = <Value>(
    setting: string,
    read: (settings: ConfigFile) => Value | undefined,
    otherwise: Value,
  ): Value => {
    const source = sources.findLast(({ file }) => read(file.settings) !== undefined);
    const value = (source && read(source.file.settings)) ?? otherwise;
    const shown = Array.isArray(value) ? value.join(", ") : String(value);
    rows.push({ setting, value: shown, origin: source?.place ?? "default" });
    return value;
  };
  const { leaveOut, suppressions, commands } = defaultConfig;
  const scalars = {
    failOn: pick("fail-on", (file) => file["fail-on"], defaultConfig.failOn),
    commentFrom: pick("comment-from", (file) => file["comment-from"], defaultConfig.commentFrom),
    confidenceFrom: pick(
      "confidence-from",
      (file) => file["confidence-from"],
      defaultConfig.confidenceFrom,
    ),
    maxComments: pick("comments: max", (file) => file.comments?.max, defaultConfig.maxComments),
    commentPer: pick("comments: per", (file) => file.comments?.per, defaultConfig.commentPer),
    maxCommentsPerRule: pick(
      "comments: max-per-rule",
      (file) => file.comments?.["max-per-rule"],
      defaultConfig.maxCommentsPerRule,
    ),
    drafts: pick("drafts", (file) => file.drafts, defaultConfig.drafts),
    codeScanning: pick(
      "code-scanning",
      (file) => file["code-scanning"],
      defaultConfig.codeScanning,
    ),
  };
  const generated = pick("generated", (file) => file.generated, wordFor(leaveOut.generated));
  const vendored = pick("vendored", (file) => file.vendored, wordFor(leaveOut.vendored));
  const wishes = {
    nosec: pick("suppressions: nosec", (file) => file.suppressions?.nosec, suppressions.nosec),
    noqa: pick("suppressions: noqa", (file) => file.suppressions?.noqa, suppressions.noqa),
    requireReason: pick(
      "suppressions: require-reason",
      (file) => file.suppressions?.["require-reason"],
      suppressions.requireReason,
    ),
  };
  const rights = {
    review: pick("commands: review", (file) => file.commands?.review, commands.review),
    ignore: pick("commands: ignore", (file) => file.commands?.ignore, commands.ignore),
    ignoreBlocking: pick(
      "commands: ignore-blocking",
      (file) => file.commands?.["ignore-blocking"],
      commands.ignoreBlocking,
    ),
    authorMayIgnoreBlocking: pick(
      "commands: author-may-ignore-blocking",
      (file) => file.commands?.["author-may-ignore-blocking"],
      commands.authorMayIgnoreBlocking,
    ),
    fix: pick("commands: fix", (file) => file.commands?.fix, commands.fix),
  };
  const secretFiles = pick(
    "secrets: files",
    (file) => file.secrets?.files,
    defaultConfig.secretFiles,
  );

  const enforcing = sources.filter(({ enforces }) => enforces);
  for (const source of sources) rows.push(...listRows(source));
  for (const { place, file } of enforcing) rows.push(...enforcedRows(place, file.settings));
  const demands = enforcing.flatMap(({ file }) => file.settings.enforced ?? []);
  const config: Config = {
    ...scalars,
    layers: sources.map(({ file }) => layerOf(file.settings)),
    enforced: enforcedModes(demands),
    leaveOut: {
      paths: sources.flatMap(({ file }) => file.settings.ignore ?? []),
      enforcedPaths: demands.flatMap(({ ignore = [] }) => ignore),
      generated: generated === "skip",
      vendored: vendored === "skip",
      attributes: extras.attributes ?? leaveOut.attributes,
    },
    suppressions: demands.reduce(
      (now, { suppressions: said }) => ({
        nosec: now.nosec && said?.nosec !== false,
        noqa: now.noqa && said?.noqa !== false,
        requireReason: now.requireReason || said?.["require-reason"] === true,
      }),
      wishes,
    ),
    commands: demands.reduce(
      (now, { commands: said }) => ({
        review: higher(now.review, said?.review),
        ignore: higher(now.ignore, said?.ignore),
        ignoreBlocking: higher(now.ignoreBlocking, said?.["ignore-blocking"]),
        authorMayIgnoreBlocking:
          now.authorMayIgnoreBlocking && said?.["author-may-ignore-blocking"] !== false,
        fix: higher(now.fix, said?.fix),
      }),
      rights,
    ),
    secretFiles,
    models: sources.flatMap(({ file }) => file.models),
    baseline: extras.baseline ?? [],
  };
  // Of two files that speak of one rule, the later one's row is shown.
  return { config, rows: [...new Map(rows.map((row) => [row.setting, row])).values()] };
}

/** What another config would change, a line for each value: `fail-on: high -> never`. */
export function compareConfigs(
  before: readonly ConfigRow[],
  after: readonly ConfigRow[],
): readonly string[] {
  const old = new Map(before.map(({ setting, value }) => [setting, value]));
  const next = new Map(after.map(({ setting, value }) => [setting, value]));
  const changed = [...next].flatMap(([setting, value]) => {
    const was = old.get(setting);
    if (was === value) return [];
    return [was === undefined ? added(setting, value) : `${setting}: ${was} -> ${value}`];
  });
  const gone = [...old.keys()].filter((setting) => !next.has(setting));
  return [...changed, ...gone.map((setting) => `${setting}: no longer`)];
}

function added(setting: string, value: string): string {
  return value === "" ? `${setting}: new` : `${setting}: ${value}`;
}

function wordFor(isLeftOut: boolean): "skip" | "review" {
  return isLeftOut ? "skip" : "review";
}

function layerOf({ severities: bySeverity = {}, rules = {}, paths = [] }: ConfigFile): ModeLayer {
  return {
    severities: withoutGaps(bySeverity),
    rules,
    paths: paths.map((each) => ({
      match: typeof each.match === "string" ? [each.match] : each.match,
      rules: each.rules ?? {},
      severities: withoutGaps(each.severities ?? {}),
    })),
  };
}

type Demands = NonNullable<ConfigFile["enforced"]>;

/** Of two demands on one rule the later file's counts: both are the organisation's. */
function enforcedModes(demands: readonly Demands[]): EnforcedModes | undefined {
  if (demands.length === 0) return undefined;
  return {
    failOn: demands.findLast((each) => each["fail-on"] !== undefined)?.["fail-on"] ?? "never",
    severities: withoutGaps(Object.assign({}, ...demands.map((each) => each.severities ?? {}))),
    rules: Object.assign({}, ...demands.map(({ rules = {} }) => rules)),
  };
}

function withoutGaps(modes: NonNullable<ConfigFile["severities"]>): ModeLayer["severities"] {
  const said = severities.flatMap((severity) => {
    const mode = modes[severity];
    return mode === undefined ? [] : [[severity, mode] as const];
  });
  return Object.fromEntries(said);
}

function higher(role: Role, demanded: Role | undefined): Role {
  return demanded !== undefined && roles.indexOf(demanded) > roles.indexOf(role) ? demanded : role;
}

/** Rows of settings that are lists and maps: what one file says is added to what others say. */
function listRows({ place, file }: ConfigSource): ConfigRow[] {
  const { settings, models } = file;
  const row = (setting: string, value: string): ConfigRow => ({ setting, value, origin: place });
  return [
    ...Object.entries(settings.rules ?? {}).map(([rule, mode]) => row(`rules: ${rule}`, mode)),
    ...Object.entries(settings.severities ?? {}).map(([level, mode]) =>
      row(`severities: ${level}`, String(mode)),
    ),
    ...(settings.paths ?? []).flatMap(({ match, rules = {}, severities: levels = {} }) =>
      Object.entries({ ...levels, ...rules }).map(([name, mode]) =>
        row(`paths: ${[match].flat().join(", ")}: ${name}`, String(mode)),
      ),
    ),
    ...(settings.ignore ?? []).map((glob) => row(`ignore: ${glob}`, "")),
    ...models.map(({ kind, signature, concept }) => row(`models: ${kind} ${signature}`, concept)),
  ];
}

function enforcedRows(place: string, { enforced = {} }: ConfigFile): ConfigRow[] {
  const { rules = {}, severities: levels = {}, suppressions = {}, commands = {} } = enforced;
  const said = { ...suppressions, ...commands, ...levels, ...rules };
  const bar = enforced["fail-on"];
  return [
    ...(bar === undefined ? [] : [["fail-on", bar] as const]),
    ...Object.entries(said),
    ...(enforced.ignore ?? []).map((glob) => [`ignore: ${glob}`, ""] as const),
  ].map(([name, value]) => ({ setting: `enforced: ${name}`, value: String(value), origin: place }));
}
