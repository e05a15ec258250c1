// The text of a config file as settings, or everything that is wrong with it: each problem with its line,
// what is wrong, and what to write instead.

import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import {
  type ModelWords,
  parseTeamModel,
  type TeamModel,
  teamModelExamples,
  teamModelKinds,
} from "../analysis/team-models.ts";
import { type ConfigFile, configFileSchema } from "./config-file.ts";
import { fitsRule } from "./finding-mode.ts";
import { nearest } from "./nearest.ts";

/** What a config may speak of. */
export interface ConfigWords {
  /** Full names of all rules. */
  readonly rules: readonly string[];
  readonly models: ModelWords;
}

export interface ConfigProblem {
  /** 1-based. */
  readonly line: number;
  /** One sentence; names of settings and values stand between quotes. Hostile text. */
  readonly message: string;
}

/** A file that could be read as a whole. */
export interface GoodConfigFile {
  readonly settings: ConfigFile;
  readonly models: readonly TeamModel[];
}

export type ConfigFileResult =
  | { readonly ok: true; readonly file: GoodConfigFile }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export interface ReadConfigOptions {
  readonly words: ConfigWords;
  /** Only an organisation's file may enforce. */
  readonly mayEnforce: boolean;
}

/** The longest file that is read, in characters. */
const longestText = 100_000;

/** More problems than these help nobody. */
const mostProblems = 50;

/** Reads a config file. An empty one says nothing, which is fine. */
export function readConfigFile(text: string, options: ReadConfigOptions): ConfigFileResult {
  if (text.length > longestText) return failed([{ line: 1, message: "It is longer than 100 kB." }]);
  const lines = new LineCounter();
  // What it warns of would be written to the log, with words of the file.
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" });
  if (document.errors.length > 0) {
    return failed(
      document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        message: `This is no YAML: ${(message.split("\n")[0] ?? "").replace(/ at line .*$/u, "")}.`,
      })),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch {
    return failed([{ line: 1, message: "Its aliases stand for too much." }]);
  }

  const lineAt = (path: Path, ofKey = false): number => {
    const offset = offsetAt(document.contents, path, ofKey);
    return lines.linePos(offset).line;
  };
  const read = configFileSchema.safeParse(value);
  if (!read.success) {
    return failed(
      read.error.issues.flatMap((issue) => problemsOf(issue, value, lineAt)).sort(byLine),
    );
  }
  const models = readModels(read.data, options.words.models, lineAt);
  const problems = [
    ...enforcementProblems(read.data, options, lineAt),
    ...ruleProblems(read.data, options.words.rules, lineAt),
    ...globProblems(read.data, lineAt),
    ...models.problems,
  ];
  if (problems.length > 0) return failed(problems.sort(byLine));
  return { ok: true, file: { settings: read.data, models: models.rows } };
}

type Path = readonly PropertyKey[];
type LineAt = (path: Path, ofKey?: boolean) => number;

function failed(problems: readonly ConfigProblem[]): ConfigFileResult {
  return { ok: false, problems: problems.slice(0, mostProblems) };
}

function byLine(a: ConfigProblem, b: ConfigProblem): number {
  return a.line - b.line;
}

/** Where in the text a setting stands; the nearest one around it where it is not there. */
function offsetAt(node: Node | null, path: Path, ofKey: boolean): number {
  let at: unknown = node;
  let offset = node?.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) break;
      const isLast = index === path.length - 1;
      at = pair.value;
      offset = offsetOf(isLast && ofKey ? pair.key : (pair.value ?? pair.key)) ?? offset;
    } else {
      at = itemOf(at, part);
      offset = offsetOf(at) ?? offset;
    }
  }
  return offset;
}

function itemOf(node: unknown, index: PropertyKey): unknown {
  const holds = typeof node === "object" && node !== null && "items" in node;
  return holds && Array.isArray(node.items) ? node.items[Number(index)] : undefined;
}

function offsetOf(node: unknown): number | undefined {
  const isRanged = typeof node === "object" && node !== null && "range" in node;
  return isRanged && Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, lineAt: LineAt): ConfigProblem[] {
  const { path } = issue;
  const name = nameOf(path);
  const given = valueAt(value, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        line: lineAt([...path, key], true),
        message: `${quote(key)} is no setting${path.length === 0 ? "" : ` of "${name}"`}; ${meant(key, keysAt(path), "see the schema for all")}`,
      }));
    case "invalid_value": {
      const choices = issue.values.map(String);
      const advice = `write ${choices.join(", ")}`;
      const message = `"${name}": ${quote(given)} is none of its values; ${meant(String(given), choices, advice)}`;
      return [{ line: lineAt(path), message }];
    }
    case "invalid_type":
      return [{ line: lineAt(path), message: `"${name}" must be ${kindWords(issue.expected)}.` }];
    case "too_big":
    case "too_small": {
      const isNumber = issue.origin === "number" || issue.origin === "int";
      const size = isNumber ? "" : issue.origin === "array" ? " entries" : " characters";
      const bound =
        issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
      const verb = isNumber ? "must be" : "must have";
      return [{ line: lineAt(path), message: `"${name}" ${verb} ${bound}${size}.` }];
    }
    default:
      return [{ line: lineAt(path), message: `"${name}" ${issue.message}.` }];
  }
}

const shape = configFileSchema.shape;

/** The settings that there are at a path, to guess which one was meant. */
function keysAt(path: Path): readonly string[] {
  const [first, second, third] = path;
  if (first === undefined) return Object.keys(shape).filter((key) => key !== "$schema");
  if (first === "models") return teamModelKinds;
  if (first === "paths") return third === "severities" ? levels : ["match", "rules", "severities"];
  const inner = shape[first as keyof typeof shape];
  const holder = inner === undefined ? undefined : shapeOf(inner);
  if (second === undefined) return Object.keys(holder ?? {});
  const deeper = holder?.[String(second)];
  return Object.keys((deeper && shapeOf(deeper)) ?? {});
}

const levels = ["high", "medium", "low"];

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  const inner =
    typeof schema === "object" && schema !== null && "unwrap" in schema
      ? (schema as { unwrap(): unknown }).unwrap()
      : schema;
  const isObject = typeof inner === "object" && inner !== null && "shape" in inner;
  return isObject ? (inner.shape as Record<string, unknown>) : undefined;
}

function kindWords(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    array: "a list",
    object: "a map of settings",
    record: "a map of rules to modes",
    boolean: "true or false",
    number: "a number",
    int: "a whole number",
    string: "a text",
  };
  return words[expected] ?? `a ${expected}`;
}

function enforcementProblems(
  { enforced }: ConfigFile,
  { mayEnforce }: ReadConfigOptions,
  lineAt: LineAt,
): ConfigProblem[] {
  if (enforced === undefined || mayEnforce) return [];
  const message =
    '"enforced" counts only in the organisation\'s repository ".github"; move it there.';
  return [{ line: lineAt(["enforced"], true), message }];
}

function ruleProblems(file: ConfigFile, rules: readonly string[], lineAt: LineAt): ConfigProblem[] {
  const maps: [Path, Readonly<Record<string, unknown>> | undefined][] = [
    [["rules"], file.rules],
    [["enforced", "rules"], file.enforced?.rules],
    ...(file.paths ?? []).map((each, index): [Path, typeof each.rules] => [
      ["paths", index, "rules"],
      each.rules,
    ]),
  ];
  return maps.flatMap(([path, map]) =>
    Object.keys(map ?? {}).flatMap((word): ConfigProblem[] => {
      if (rules.some((rule) => fitsRule(word, rule))) return [];
      const line = lineAt([...path, word], true);
      const advice = "`pyward rules` lists them";
      return word.includes("*")
        ? [{ line, message: `${quote(word)} fits no rule; ${advice}.` }]
        : [{ line, message: `${quote(word)} is no rule; ${meant(word, rules, advice)}` }];
    }),
  );
}

/** A pattern is asked of every file; one with many stars could take its time. */
const mostStars = 8;

function globProblems(file: ConfigFile, lineAt: LineAt): ConfigProblem[] {
  const lists: [Path, readonly string[]][] = [
    [["ignore"], file.ignore ?? []],
    [["enforced", "ignore"], file.enforced?.ignore ?? []],
    ...(file.paths ?? []).map(({ match }, index): [Path, readonly string[]] => [
      ["paths", index, "match"],
      typeof match === "string" ? [match] : match,
    ]),
  ];
  return lists.flatMap(([path, patterns]) =>
    patterns.flatMap((pattern, index): ConfigProblem[] => {
      const fault = globFault(pattern);
      const line = lineAt([...path, index]);
      return fault === undefined ? [] : [{ line, message: `The glob ${quote(pattern)} ${fault}.` }];
    }),
  );
}

function globFault(pattern: string): string | undefined {
  if (pattern.trim() === "" || pattern.startsWith("#")) return "stands for nothing";
  if (pattern.includes("\\")) return "holds a backslash; write / between folders";
  if (/^(?:\.\.?\/|~)/u.test(pattern)) return "must begin at the repository's root";
  if (pattern.replaceAll("**", "*").split("*").length > mostStars + 1) {
    return `has more than ${mostStars} stars; write several shorter ones`;
  }
  return undefined;
}

function readModels({ models = [] }: ConfigFile, words: ModelWords, lineAt: LineAt) {
  const rows: TeamModel[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, entry] of models.entries()) {
    const given = teamModelKinds.filter((kind) => entry[kind] !== undefined);
    const [kind] = given;
    if (kind === undefined || given.length > 1) {
      const message = `Each entry of "models" says one thing, such as \`sanitizer: ${teamModelExamples.sanitizer}\`.`;
      problems.push({ line: lineAt(["models", index]), message });
      continue;
    }
    const row = entry[kind] ?? "";
    const read = parseTeamModel(kind, row, words);
    if (read.ok) {
      rows.push(read.model);
      continue;
    }
    const advice =
      read.unknown === undefined
        ? "."
        : `; ${meant(read.unknown, words[kind] ?? [], `write ${(words[kind] ?? []).join(", ")}`)}`;
    const message = `"${kind}": ${quote(row)} ${read.fault}${advice}`;
    problems.push({ line: lineAt(["models", index, kind]), message });
  }
  return { rows, problems };
}

function meant(word: string, known: readonly string[], advice: string): string {
  const near = nearest(word, known);
  return near === undefined ? `${advice}.` : `did you mean "${near}"?`;
}

/** `paths[2].match` */
function nameOf(path: Path): string {
  const name = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return name.join("").replace(/^\./u, "") || "the file";
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null
        ? (at as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
}

/** `undefined` for nothing. A YAML alias may stand within what it stands for, which JSON cannot tell. */
function inJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return Array.isArray(value) ? "a list that holds itself" : "a map that holds itself";
  }
}

/** On one line, shortened, without quotes of its own. */
function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (inJson(value) ?? "nothing");
  const line = text.replace(/\s+/gu, " ").replace(/["`]/gu, "'");
  const characters = Array.from(line);
  return `"${characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : line}"`;
}
