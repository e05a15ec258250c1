// A team's word on its own functions: one row of `.github/pyward.yml`, in the notation of rules/models,
// becomes a row of the same tables.

import { type ModelFile, type ModelSection, type Models, parseSignature } from "../flow/models.ts";

/** One row, checked: `sanitizer: acme.web.clean(text!) -> html`. */
export interface TeamModel {
  readonly kind: TeamModelKind;
  /** `acme.web.clean(text!)` */
  readonly signature: string;
  /** `html`; of `returns` the type; empty for kinds that have none. */
  readonly concept: string;
}

/** What can be said, and the section of a model file in which that stands. */
const sections = {
  source: "sources",
  sink: "sinks",
  sanitizer: "sanitizers",
  guard: "guards",
  validator: "validators",
  blocking: "blocking",
  returns: "returns",
  offload: "offloads",
  propagates: "propagates",
  clean: "clean",
} as const;

export type TeamModelKind = keyof typeof sections;

export const teamModelKinds = Object.keys(sections) as readonly TeamModelKind[];

/** The words that may stand behind the arrow of each kind; kinds without an entry have none. */
export type ModelWords = Readonly<Partial<Record<TeamModelKind, readonly string[]>>>;

export type TeamModelResult =
  | { readonly ok: true; readonly model: TeamModel }
  /** What is wrong, as the end of a sentence; `unknown` is a word behind the arrow that is none. */
  | { readonly ok: false; readonly fault: string; readonly unknown?: string };

/** An example of each kind, for people who wrote something else. */
export const teamModelExamples: Readonly<Record<TeamModelKind, string>> = {
  source: "acme.web.read_body() -> http-body",
  sink: "acme.db.run(sql!) -> sql",
  sanitizer: "acme.web.clean(text!) -> html",
  guard: "acme.net.is_ours(url!) -> url",
  validator: "acme.net.check_host(url!) -> url",
  blocking: "acme.http.get() -> http",
  returns: "acme.db.connect() -> sqlite3.Connection",
  offload: "acme.tasks.in_thread(function!)",
  propagates: "acme.text.join(parts!)",
  clean: "acme.text.length()",
};

/** Longer rows describe nothing that anybody calls. */
const longestRow = 300;

/** Reads one row: what stands behind `sanitizer:`. */
export function parseTeamModel(
  kind: TeamModelKind,
  row: string,
  words: ModelWords,
): TeamModelResult {
  const like = `write it like \`${teamModelExamples[kind]}\``;
  if (row.length > longestRow) return { ok: false, fault: `is too long; ${like}` };
  const [signature = "", concept = "", ...more] = row.split("->").map((part) => part.trim());
  const wantsConcept = kind in conceptKinds;
  if (more.length > 0 || (concept !== "") !== wantsConcept) {
    const fault = wantsConcept ? "lacks the arrow and what comes of it" : "has an arrow too many";
    return { ok: false, fault: `${fault}; ${like}` };
  }
  const faulty = faultOf(kind, signature);
  if (faulty !== undefined) return { ok: false, fault: `${faulty}; ${like}` };
  const known = words[kind];
  if (known !== undefined && !known.includes(concept)) {
    return { ok: false, fault: `ends in "${concept}", which is no known word`, unknown: concept };
  }
  if (kind === "returns" && !/^[A-Za-z_][\w.]*$/u.test(concept)) {
    return { ok: false, fault: `ends in no type; ${like}` };
  }
  return { ok: true, model: { kind, signature, concept } };
}

/** The words that the models at hand use. */
export function modelWords(models: Models): ModelWords {
  const of = (...names: readonly ModelSection[]): readonly string[] =>
    [...new Set(names.flatMap((name) => [...(models.words.get(name) ?? [])]))].sort();
  const classes = of("sinks", "sanitizers", "guards", "validators");
  return {
    source: of("sources"),
    sink: of("sinks"),
    sanitizer: classes,
    guard: classes,
    validator: classes,
    blocking: of("blocking"),
  };
}

/** The rows as a model file. */
export function teamModelFile(rows: readonly TeamModel[]): ModelFile {
  const file: Record<string, unknown> = { library: "the team's own", docs: "" };
  for (const { kind, signature, concept } of rows) {
    const section = sections[kind];
    if (kind === "returns") {
      file[section] = { ...asRecord(file[section]), [signature]: concept };
    } else if (kind in conceptKinds) {
      const rowsOf = asRecord(file[section]);
      file[section] = { ...rowsOf, [concept]: [...asList(rowsOf[concept]), signature] };
    } else {
      file[section] = [...asList(file[section]), signature];
    }
  }
  // JSON is YAML too.
  return { path: ".github/pyward.yml", text: JSON.stringify(file) };
}

const conceptKinds: Readonly<Partial<Record<TeamModelKind, true>>> = {
  source: true,
  sink: true,
  sanitizer: true,
  guard: true,
  validator: true,
  blocking: true,
  returns: true,
};

/** These say something of an argument, so one has to be marked. */
const markedKinds: ReadonlySet<TeamModelKind> = new Set(["sink", "guard", "validator", "offload"]);

function faultOf(kind: TeamModelKind, text: string): string | undefined {
  try {
    const { path, parameters, receiver } = parseSignature(text);
    if (!path.includes(".")) return `lacks the module that \`${path}\` is in`;
    if (parameters === undefined) return "lacks the brackets of a call";
    const isMarked = [receiver, ...parameters].some((parameter) => parameter?.isMarked);
    if (markedKinds.has(kind) && !isMarked) return "marks no argument with `!`";
    return undefined;
  } catch {
    return "is no signature";
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
