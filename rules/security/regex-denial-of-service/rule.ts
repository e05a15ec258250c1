// A text makes a pattern try exponentially or polynomially many ways of matching, and a process does nothing else.

import {
  argumentOfCall,
  type Backtracking,
  backtrackingOf,
  calledName,
  constantsOf,
  defineRule,
  isTestPath,
  type Passage,
  quoteCode,
  type RuleContext,
  taintRule,
} from "#rule";

const compile = "re.compile";
/** Functions that take a pattern and a text, with the text's position. */
const functions = new Map([
  ["re.match", 1],
  ["re.fullmatch", 1],
  ["re.search", 1],
  ["re.split", 1],
  ["re.findall", 1],
  ["re.finditer", 1],
  ["re.sub", 2],
  ["re.subn", 2],
]);
/** Fields of forms are filled by visitors: the pattern alone decides. */
const validators = new Map([
  ["django.core.validators.RegexValidator", "regex"],
  ["wtforms.validators.Regexp", "regex"],
]);

export default defineRule({
  watches: [compile, ...functions.keys(), ...validators.keys()],
  *check(context) {
    const calls = context.program.calls.filter(({ module }) => !isTestPath(module.path));
    const patterns = patternsByPlace(calls);
    const compiled = compiledBySubject(context);
    const told = new Set<string>();
    const worstAt = (place: string, path: string): Backtracking | undefined => {
      const pattern = patterns.get(compiled.get(place) ?? place);
      return pattern && backtrackingOf(pattern.text, pattern.flags, anchoringOf(path));
    };
    yield* taintRule({
      from: ["http-input", "network-data"],
      into: ["subject"],
      isHarmless: (passage) => {
        const place = keyOf(passage.flow.call);
        const worst = worstAt(place, passage.sink);
        if (!worst || isBounded(passage)) return true;
        told.add(compiled.get(place) ?? place);
        return false;
      },
      message: ({ source, sink, flow }) => {
        const worst = worstAt(keyOf(flow.call), flow.path);
        return `${source} decides how long ${sink} takes: ${worst ? inWords(worst) : ""}. ${advice}`;
      },
    }).check(context);
    yield* alone(context, calls, patterns, told);
  },
});

type Call = RuleContext["program"]["calls"][number];
type Span = Call["span"];

interface Pattern {
  readonly text: string;
  readonly flags: ReadonlySet<string>;
}

const advice =
  "Let only one part of the pattern match each character, or refuse long texts before.";

/** Exponential patterns that nothing from outside is seen to reach, but something unknown is. */
function* alone(
  { finding }: RuleContext,
  calls: readonly Call[],
  patterns: ReadonlyMap<string, Pattern>,
  told: ReadonlySet<string>,
) {
  for (const call of calls) {
    const pattern = patterns.get(keyOf(call.span));
    const path = call.paths.find((each) => isOfPattern(each)) ?? "";
    if (!pattern || told.has(keyOf(call.span)) || isOnOwnText(call, path)) continue;
    const worst = backtrackingOf(pattern.text, pattern.flags, anchoringOf(path));
    if (worst?.degree !== "exponential") continue;
    yield finding(
      call.span,
      `A text can make ${quoteCode(pattern.text)} run for years: ${inWords(worst)}. ${advice}`,
      {
        ...(validators.has(path) ? {} : { severityAtMost: "medium" }),
      },
    );
  }
}

/** The constant patterns by the place of the call that they are given to. */
function patternsByPlace(calls: readonly Call[]): ReadonlyMap<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  for (const call of calls) {
    const path = call.paths.find(isOfPattern);
    if (path === undefined) continue;
    const [only, ...others] = constantsOf(
      argumentOfCall(call, validators.get(path) ?? "pattern", 0),
    );
    const text = typeof only === "object" ? only?.bytes : only;
    if (typeof text !== "string" || others.length > 0) continue;
    patterns.set(keyOf(call.span), { text, flags: flagsOf(call) });
  }
  return patterns;
}

/** Where the pattern was compiled that a call matches with. */
function compiledBySubject({ program }: RuleContext): ReadonlyMap<string, string> {
  const compiled = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const { concept, call, label } of program.flows) {
    if (concept !== "pattern") continue;
    const place = keyOf(call);
    // One of several patterns: which one is not known.
    if (compiled.has(place)) doubtful.add(place);
    compiled.set(place, keyOf(label.source.span));
  }
  for (const place of doubtful) compiled.delete(place);
  return compiled;
}

function isOfPattern(path: string): boolean {
  return path === compile || functions.has(path) || validators.has(path);
}

/** `re.I | re.MULTILINE`: by what is written, since flags are put together with `|`. */
function flagsOf(call: Call): ReadonlySet<string> {
  const given = [call.arguments.keywords.get("flags"), ...call.arguments.positional.slice(1)];
  const words = given.flatMap((argument) => {
    const { module, start, end } = argument?.span ?? call.calleeSpan;
    return [...module.text.slice(start, end).matchAll(/\bre\.([A-Z]+)\b/gu)].map(
      ([, word]) => word,
    );
  });
  return new Set(words.flatMap((word) => flagLetters[word ?? ""] ?? []));
}

const flagLetters: Readonly<Record<string, string>> = {
  I: "i",
  IGNORECASE: "i",
  M: "m",
  MULTILINE: "m",
  S: "s",
  DOTALL: "s",
  X: "x",
  VERBOSE: "x",
};

function anchoringOf(path: string): "start" | "both" | "none" {
  if (path.endsWith("fullmatch")) return "both";
  return path.endsWith(".match") || path.endsWith(".Regexp") ? "start" : "none";
}

/** A text that stands in the code, or none that is seen. */
function isOnOwnText(call: Call, path: string): boolean {
  const position = functions.get(path);
  if (position === undefined) return false;
  return argumentOfCall(call, "string", position)?.constants !== undefined;
}

/** The length is asked for, or only so many characters are taken. */
function isBounded({ passed, around, holdsValue }: Passage): boolean {
  const isCut = passed.some(
    (expression) => expression.kind === "subscript" && expression.index.kind === "slice",
  );
  return (
    isCut ||
    [...around, ...passed].some((expression) => {
      if (expression.kind !== "call") return false;
      if (expression.arguments.some(({ name }) => name === "max_length")) return true;
      const [first] = expression.arguments;
      return calledName(expression) === "len" && first !== undefined && holdsValue(first.value);
    })
  );
}

function inWords({ degree, prefix, pump, suffix }: Backtracking): string {
  const pieces = [
    ...(prefix === "" ? [] : [JSON.stringify(prefix)]),
    `${JSON.stringify(pump)} * n`,
    ...(suffix === "" ? [] : [JSON.stringify(suffix)]),
  ];
  const growth =
    degree === "exponential" ? "doubles with each n" : "grows with the square of n, or more";
  return `for ${quoteCode(pieces.join(" + "))} the time ${growth}`;
}

function keyOf({ module, start, end }: Span): string {
  return `${module.path}:${start}:${end}`;
}
