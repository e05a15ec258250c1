// What was known on one line, as text for a person at a terminal: first how it ended, then why.

import { createColors } from "picocolors";
import type {
  Insight,
  InsightArrival,
  InsightExecution,
  KnownExpression,
  KnownOrigin,
} from "../analysis/insight.ts";
import type { Place } from "../python/source-file.ts";
import { escapeControls, padColumns } from "./terminal-text.ts";

export interface InsightSettings {
  readonly color: boolean;
  /** How a path is shown: relative to where the person stands. */
  showPath(path: string): string;
}

/** The whole text, with a line break at its end. */
export function renderInsight(insight: Insight, settings: InsightSettings): string {
  const { bold } = createColors(settings.color);
  const lines = linesOf(insight, settings.showPath);
  return `${lines
    .map(({ text, isHeading }) => (isHeading ? bold(escapeControls(text)) : escapeControls(text)))
    .join("\n")}\n`;
}

interface Line {
  readonly text: string;
  readonly isHeading: boolean;
}

function linesOf(insight: Insight, showPath: InsightSettings["showPath"]): readonly Line[] {
  const where = `${showPath(insight.path)}:${insight.line}`;
  const head = [
    heading(`${where}  ${quoted(insight.code.trim(), 100)}`),
    ...plain(aroundLine(insight), ...executionLines(insight), ""),
  ];
  if (insight.state !== "looked-at") return [...head, ...plain(emptyLine(insight))];
  const show = ({ path, startLine }: Place): string =>
    path === insight.path ? `line ${startLine}` : `${showPath(path)}:${startLine}`;
  const told = new Set<string>();
  const arrivals = insight.arrivals.flatMap((arrival) => arrivalLines(arrival, show, told));
  const given = heading("What was given to calls that must not get everything");
  return [
    ...head,
    ...plain(...endLines(insight)),
    ...(arrivals.length > 0 ? [...plain(""), given, ...plain(...arrivals)] : []),
    ...plain(""),
    heading("What was known of the code"),
    ...plain(...expressionLines(insight.expressions, show, told)),
    ...(insight.effects.length > 0
      ? [...plain(""), heading("What blocks here"), ...plain(...effectLines(insight, show))]
      : []),
  ];
}

function heading(text: string): Line {
  return { text, isHeading: true };
}

function plain(...texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ text, isHeading: false }));
}

function aroundLine({ symbol, start }: Insight): string {
  if (symbol === "<module>") return "at the top level of the file";
  const ways = [
    ...(start?.style === undefined ? [] : [`answers requests (${start.style})`]),
    ...(start && start.rules.length > 0 ? [`at ${start.rules.join(", ")}`] : []),
    ...(start?.entries.map((entry) => `started by: ${entry}`) ?? []),
  ];
  const kind = start?.isAsync ? ", a coroutine" : "";
  const how = ways.length > 0 ? ways.join(" ") : "nothing is known to start it but calls";
  return `in ${symbol}${kind}; ${how}`;
}

const places: Readonly<Record<InsightExecution["where"], string>> = {
  "event-loop": "on the event loop",
  "thread-pool": "in the thread pool beside the event loop",
  "server-thread": "in a thread of the server",
  caller: "wherever it is called",
};

function executionLines({ execution }: Insight): readonly string[] {
  if (!execution) return [];
  const starts = execution.starts.map((start) => startWords.get(start) ?? start);
  const test = execution.isTest ? "; the file is a test or an example" : "";
  return [`runs ${places[execution.where]}; behind it: ${starts.join(", ")}${test}`];
}

const startWords: ReadonlyMap<string, string> = new Map([
  ["request", "a request"],
  ["worker", "a worker of a task queue"],
  ["callback", "a callback of the event loop"],
  ["background", "a task that the start-up leaves behind"],
  ["command", "a command line"],
  ["script", "a script with a loop of its own"],
  ["start-up", "the start-up"],
  ["unknown", "somebody who is not seen"],
]);

function effectLines({ effects }: Insight, show: Show): readonly string[] {
  return effects.flatMap(({ kind, path, chain, isGiven }) => [
    `  ${kind}: ${path}${isGiven ? ", with what a caller gives" : ""}`,
    ...chain
      .slice(1)
      .map(({ place, code }) => `    by way of ${quoted(code, 60)} (${show(place)})`),
  ]);
}

function emptyLine({ state }: Insight): string {
  return state === "no-code"
    ? "There is no code on this line."
    : "Pyward looked at no expression that begins here: no path leads to this line, or it only goes on with the line above.";
}

function endLines({ findings }: Insight): readonly string[] {
  if (findings.length === 0) return ["Nothing is reported here."];
  return findings.map(
    ({ rule, confidence, message }) => `Reported: ${rule} (${confidence} confidence). ${message}`,
  );
}

type Show = (place: Place) => string;

function arrivalLines(arrival: InsightArrival, show: Show, told: Set<string>): readonly string[] {
  const { sink, parameter, concept, code } = arrival;
  const head = `  ${sink}, ${parameter} (${concept}): ${quoted(code, 60)}`;
  return [
    head,
    `    ${outcomeWords(arrival)}`,
    ...originLines(arrival.origins, show, "    ", told),
  ];
}

function outcomeWords({ outcome, concept }: InsightArrival): string {
  switch (outcome) {
    case "reported":
      return "reported: it comes from outside and nothing makes it harmless here";
    case "not-asked":
      return "it comes from outside, but no rule minds this origin here, or a rule found it harmless";
    case "harmless":
      return `stopped: what comes from outside is harmless for ${concept} here`;
    case "fixed-beginning":
      return "stopped: its constant beginning decides where it leads";
    case "constant":
      return "stopped: it is constant";
    case "nothing":
      return "nothing in it is known to come from outside";
  }
}

function expressionLines(
  expressions: readonly KnownExpression[],
  show: Show,
  told: Set<string>,
): readonly string[] {
  const codes = expressions.map(({ code }) => quoted(code, 44));
  const width = Math.max(0, ...codes.map((code) => Math.min(code.length, 46)));
  return expressions.flatMap((expression, index) => [
    `  ${padColumns(codes[index] ?? "", width)}  ${factsOf(expression)}`,
    ...originLines(expression.origins, show, `  ${" ".repeat(width)}  `, told),
  ]);
}

function factsOf({ code, names, types, constants, origins }: KnownExpression): string {
  const isCall = code.endsWith(")");
  const facts = [
    ...(names.length > 0
      ? [`${isCall ? "calls" : "is"} ${names.map(nameWords).join(" or ")}`]
      : []),
    ...(constants ? [`is ${constants.map((text) => quoted(text, 30)).join(" or ")}`] : []),
    ...(types.length > 0 && !constants ? [`${isCall ? "gives" : "is"} ${types.join(" or ")}`] : []),
  ];
  if (facts.length > 0) return facts.join("; ");
  return origins.length > 0 ? "of no known type" : "unknown: no type, no value";
}

/** `?.execute`: a method of something whose class is not known. */
function nameWords(name: string): string {
  return name.startsWith("?.") ? `a method ${name.slice(2)} of an unknown object` : name;
}

/** Each origin is told once in full, and named where it comes again. */
function originLines(
  origins: readonly KnownOrigin[],
  show: Show,
  indent: string,
  told: Set<string>,
): readonly string[] {
  return origins.flatMap((origin) => {
    const from = `from ${quoted(origin.code, 50)} (${show(origin.place)}, ${origin.concept})`;
    const rest = [`${indent}${from}${wayWords(origin, show)}`, ...stopLines(origin, show, indent)];
    const key = rest.map((line) => line.trim()).join();
    if (told.has(key)) return [`${indent}from ${quoted(origin.code, 50)}, as above`];
    told.add(key);
    return rest;
  });
}

function wayWords({ place, steps, unknownCalls }: KnownOrigin, show: Show): string {
  const through = steps
    .filter((step) => show(step.place) !== show(place))
    .map((step) => show(step.place));
  const way = through.length > 0 ? `, through ${[...new Set(through)].join(", ")}` : "";
  return unknownCalls > 0 ? `${way}, and ${unknownCalls} unknown calls` : way;
}

function stopLines({ harmlessFor, stops }: KnownOrigin, show: Show, indent: string): string[] {
  if (harmlessFor.length === 0) return [];
  const what = harmlessFor.includes("all") ? "everything" : harmlessFor.join(", ");
  // The innermost is the reason; the next is how it is asked.
  const by = stops
    .slice(0, 2)
    .map(({ code, kind, place }) => `${quoted(code, 50)} (${kind}, ${show(place)})`);
  const why = by.length > 0 ? `, by ${by.join(" in ")}` : "";
  return [`${indent}  harmless for ${what}${why}`];
}

function quoted(code: string, limit: number): string {
  const line = code.replace(/\s+/gu, " ");
  const characters = Array.from(line);
  return `\`${characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : line}\``;
}
