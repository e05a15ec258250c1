// The rulebook: every rule joined with its page, checked once at start.

import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { type Confidence, type Severity, severities } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** What the front matter and the text of a rule's README.md say, and its tested examples. */
export interface RulePage {
  /** `security/sql-injection`: folder, config key, word in an ignore comment, URL, test title. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** `CWE-89`; empty for design rules without one. */
  readonly cwe: readonly string[];
  readonly since: string;
  /** The page's first paragraph: one sentence. */
  readonly summary: string;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** What is wrong and what is right; a rule that needs several files has several of each. */
  readonly bad: readonly ExampleFile[];
  readonly good: readonly ExampleFile[];
}

/** One file of a rule's example, path relative to the rule's folder: `bad.py`, `bad/models.py`. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

export interface RulebookEntry {
  readonly page: RulePage;
  readonly rule: Rule;
}

export interface Rulebook {
  /** In the order of `rules/index.ts`. */
  readonly entries: readonly RulebookEntry[];
  /** Finds by full name (`security/sql-injection`) or by last word (`sql-injection`). */
  find(name: string): RulebookEntry | undefined;
}

/** What lies in a rule's folder, as it was read. */
export interface RuleFolder {
  readonly name: string;
  readonly rule: Rule;
  /** The whole README.md; `undefined` where there is none. */
  readonly readme: string | undefined;
  readonly examples: readonly ExampleFile[];
}

/** The headings every page has, in this order. */
export const pageSections = [
  "Why it matters",
  "How to fix it",
  "When it is fine",
  "What this rule cannot see",
  "Read more",
] as const;

/** Joins rules with their pages. Throws one error that names every fault with its file and line. */
export function makeRulebook(folders: readonly RuleFolder[]): Rulebook {
  const faults: string[] = [];
  const entries: RulebookEntry[] = [];
  const byName = new Map<string, RulebookEntry>();
  for (const folder of folders) {
    const read = readPage(folder);
    faults.push(...read.faults);
    if (!read.page) continue;
    const entry = { page: read.page, rule: folder.rule };
    entries.push(entry);
    for (const name of [folder.name, lastWord(folder.name)]) {
      const other = byName.get(name)?.page.name;
      if (other !== undefined) {
        faults.push(
          `rules/index.ts: "${folder.name}" and "${other}" would share the name "${name}"`,
        );
      }
      byName.set(name, entry);
    }
  }
  if (faults.length > 0) throw new Error(`The rulebook has faults:\n${faults.join("\n")}`);
  return { entries, find: (name) => byName.get(name) };
}

/** Reads one page; the faults are sentences that begin with file and line. */
export function readPage({ name, readme, examples }: Omit<RuleFolder, "rule">): {
  readonly page: RulePage | undefined;
  readonly faults: readonly string[];
} {
  const path = `rules/${name}/README.md`;
  const faults: string[] = [];
  if (!/^(?:security|design)\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(name)) {
    faults.push(`rules/index.ts: "${name}" is no name of a rule; write security/... or design/...`);
  }
  if (readme === undefined) return { page: undefined, faults: [...faults, `${path}: is missing`] };

  const parts = /^---\r?\n(.*?\r?\n)---\r?\n(.*)$/su.exec(readme);
  if (!parts) {
    const fault = `${path}:1: the page must begin with front matter between two lines "---"`;
    return { page: undefined, faults: [...faults, fault] };
  }
  const [, front = "", body = ""] = parts;
  const head = readFrontMatter(path, front);
  const firstLine = front.split("\n").length + 2;
  const text = readBody(path, body, firstLine);
  const shown = readExamples(name, examples);
  faults.push(...head.faults, ...text.faults, ...shown.faults);
  if (!head.value || faults.length > 0) return { page: undefined, faults };
  const { bad, good } = shown;
  return {
    page: { name, ...head.value, summary: text.summary, body: body.trim(), bad, good },
    faults,
  };
}

const title = { error: "must be a few words" };
const level = { error: "must be high, medium or low" };
const weakness = { error: "must be like CWE-89" };
const version = { error: "must be a version like 0.1.0" };
const frontMatter = z.strictObject({
  title: z.string(title).min(1, title),
  severity: z.enum(severities, level),
  confidence: z.enum(severities, level),
  cwe: z.array(z.string(weakness).regex(/^CWE-\d+$/u, weakness), {
    error: "must be a list like [CWE-89], or []",
  }),
  since: z.string(version).regex(/^\d+\.\d+\.\d+$/u, version),
});

function readFrontMatter(
  path: string,
  text: string,
): { readonly value: z.infer<typeof frontMatter> | undefined; readonly faults: readonly string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  // The line "---" stands before the text.
  const line = (offset: number) => lines.linePos(offset).line + 1;
  if (document.errors.length > 0) {
    const faults = document.errors.map(
      (error) => `${path}:${line(error.pos[0])}: ${error.message.split("\n")[0] ?? ""}`,
    );
    return { value: undefined, faults };
  }
  const read = frontMatter.safeParse(document.toJS());
  if (read.success) return { value: read.data, faults: [] };
  const faults = read.error.issues.map((issue) => {
    const extra = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const key = extra ?? issue.path[0];
    const node = key === undefined ? undefined : document.get(key, true);
    const at = isRanged(node) ? line(node.range[0]) : 1;
    const words = extra === undefined ? issue.message : "is nothing a page has";
    return `${path}:${at}: "${String(key ?? "front matter")}" ${words}`;
  });
  return { value: undefined, faults };
}

function isRanged(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
}

/** `firstLine` is the line of the file on which the text begins, 1-based. */
function readBody(
  path: string,
  body: string,
  firstLine: number,
): { readonly summary: string; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const lines = body.split(/\r?\n/u);
  const headings = lines.flatMap((text, index) => {
    const title = /^##\s+(.+?)\s*$/u.exec(text)?.[1];
    return title === undefined ? [] : [{ title, index }];
  });
  const titles = headings.map((heading) => heading.title);
  if (titles.join("\n") !== pageSections.join("\n")) {
    const at = firstLine + (headings[0]?.index ?? 0);
    const wanted = pageSections.map((section) => `"${section}"`).join(", ");
    faults.push(`${path}:${at}: the sections must be ${wanted}, in this order`);
  }
  headings.forEach(({ title, index }, position) => {
    const content = lines.slice(index + 1, headings[position + 1]?.index);
    if (content.every((text) => text.trim() === "")) {
      faults.push(`${path}:${firstLine + index}: "${title}" says nothing`);
    }
  });
  const summary = lines.slice(0, headings[0]?.index).join(" ").trim();
  if (!/^[A-Z][^#]*\.$/u.test(summary) || /[.?!]\s/u.test(summary)) {
    faults.push(`${path}:${firstLine}: one sentence must stand before the first section`);
  }
  return { summary, faults };
}

function readExamples(
  name: string,
  examples: readonly ExampleFile[],
): {
  readonly bad: readonly ExampleFile[];
  readonly good: readonly ExampleFile[];
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const pick = (kind: "bad" | "good") => {
    const single = examples.filter((example) => example.path === `${kind}.py`);
    const several = examples.filter((example) => example.path.startsWith(`${kind}/`));
    if (single.length > 0 === several.length > 0) {
      faults.push(`rules/${name}: must have ${kind}.py, or a folder ${kind}/, and not both`);
    }
    return [...single, ...several].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  };
  return { bad: pick("bad"), good: pick("good"), faults };
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
