// Random small programs of which it is known, by the way they are made, whether they are vulnerable: a text of
// the visitor's goes through some steps to a query, and each step either keeps it or makes it harmless.

import type { SourceFile } from "../../src/python/source-file.ts";
import { type Random, random } from "../random.ts";

/** How a program is written down; none of this changes what it does. */
export interface Writing {
  /** A name for each value; `value3` if not told. */
  readonly name?: (index: number) => string;
  /** Where a step's code stands: in the route itself, in a function, in a method, in a function of another file. */
  readonly place?: (index: number) => "inline" | "function" | "method" | "file";
  /** Lines put before a step's own. */
  readonly before?: (index: number) => readonly string[];
  /** Stands around everything in the route: `if True:`. */
  readonly around?: string;
  /** Stands below it: `finally:` and what belongs to it. */
  readonly below?: readonly string[];
  /** Whether the words that are let through stand in a module of settings. */
  readonly areWordsSettings?: boolean;
}

export interface Program {
  readonly isVulnerable: boolean;
  write(writing?: Writing): readonly SourceFile[];
}

interface Step {
  readonly keeps: boolean;
  /** Lines that make `out` of `value`; they may raise. */
  readonly lines: (value: string, out: string) => readonly string[];
}

const keeping: readonly Step["lines"][] = [
  (value, out) => [`${out} = ${value}`],
  (value, out) => [`${out} = ${value}.strip()`],
  (value, out) => [`${out} = f"({${value}})"`],
  (value, out) => [`${out} = "(%s)" % ${value}`],
  (value, out) => [`${out} = "{}!".format(${value})`],
  (value, out) => [`${out} = "".join(["a", ${value}])`],
  (value, out) => [`${out} = {"sent": ${value}, "other": "x"}["sent"]`],
  (value, out) => [`${out} = ["x", ${value}][1]`],
  (value, out) => [`${out}, other = ${value}, "x"`],
  (value, out) => [`${out} = [part for part in ${value}.split(",")][0]`],
  (value, out) => [`${out} = (lambda text: text)(${value})`],
  (value, out) => [`if ${value}:`, `    ${out} = ${value}`, "else:", `    ${out} = "none"`],
  (value, out) => [`${out} = ""`, `for part in ${value}:`, `    ${out} += part`],
  (value, out) => ["try:", `    ${out} = ${value}`, "except KeyError:", `    ${out} = "none"`],
  (value, out) => [`box = Box(${value})`, `${out} = box.text`],
  (value, out) => [`${out} = ${value} or "none"`],
  (value, out) => [
    `match ${value}:`,
    ...["    case str(found):", `        ${out} = found`, "    case _:", `        ${out} = "none"`],
  ],
  (value, out) => ["while True:", `    ${out} = ${value}`, "    break"],
  (value, out) => [`first, *rest = ["x", ${value}]`, `${out} = rest[0]`],
  (value, out) => [`${out} = getattr(Box(${value}), "text")`],
  (value, out) => [`${out} = {**{"a": "x"}, "b": ${value}}["b"]`],
  (value, out) => [`${out} = ",".join({part: 1 for part in [${value}]})`],
  (value, out) => ["parts = []", `parts.append(${value})`, `${out} = parts.pop()`],
  (value, out) => [`${out} = next(part for part in [${value}] if part)`],
  (value, out) => [`${out} = functools.partial("{}{}".format, "x")(${value})`],
  (value, out) => [`${out} = re.sub("x", "y", ${value})`],
  (value, out) => [`if len(${value}) > 99:`, "    raise ValueError", `${out} = ${value}`],
];
const cleaning: readonly Step["lines"][] = [
  (value, out) => [`${out} = str(int(${value}))`],
  (value, out) => [`${out} = "id" if ${value} == "x" else "title"`],
  (_, out) => [`${out} = "fixed"`],
  (value, out) => [`${out} = str(len(${value}))`],
  (value, out) => [`${out} = re.sub(r"\\W", "", ${value})`],
  (value, out) => [
    `if not re.fullmatch("[a-z]+", ${value}):`,
    "    raise ValueError",
    `${out} = ${value}`,
  ],
  (value, out) => [
    `if any(c not in "ab" for c in ${value}):`,
    "    raise KeyError",
    `${out} = ${value}`,
  ],
  (value, out) => [`int(${value})`, `${out} = ${value}`],
  (value, out) => [`${out} = ",".join(part for part in [${value}] if part in ("a", "b"))`],
  (value, out) => [`parts = ["x", ${value}]`, "parts.pop()", `${out} = parts[0]`],
  (value, out) => [
    "while True:",
    `    ${out} = ${value}`,
    `    if ${out} == "x":`,
    "        break",
  ],
  (value, out) => [
    `match ${value}:`,
    '    case "a" | "b" as found:',
    `        ${out} = found`,
    "    case _:",
    "        raise ValueError",
  ],
  (value, out) => [`${out} = {"sent": ${value}, "other": "x"}["other"]`],
  (value, out) => [`${out} = {"t": "title"}.get(${value}, "id")`],
  (value, out) => [`if not ${value}.isalnum():`, "    raise ValueError", `${out} = ${value}`],
  (value, out) => [`if ${value} not in ("a", "b"):`, "    raise ValueError", `${out} = ${value}`],
  (value, out) => [`${out} = ${value} if ${value} in ("a", "b") else "c"`],
  (value, out) => [`${out} = ",".join("?" for part in ${value})`],
  (value, out) => [`${out} = ""`, `for part in ${value}:`, `    ${out} += "?"`],
  (value, out) => [`box = Box("x")`, `box.other = ${value}`, `${out} = box.text`],
];

/** The same seed gives the same program. */
export function aProgram(seed: number): Program {
  const chance = random(seed);
  const steps = Array.from({ length: 2 + chance.below(5) }, () => aStep(chance));
  return {
    isVulnerable: steps.every((step) => step.keeps),
    write: (writing = {}) => write(steps, writing),
  };
}

function aStep(chance: Random): Step {
  const keeps = chance.below(4) > 0;
  return { keeps, lines: chance.pick(keeps ? keeping : cleaning) };
}

function write(steps: readonly Step[], writing: Writing): readonly SourceFile[] {
  const name = writing.name ?? ((index) => `value${index}`);
  const here: string[] = [];
  const elsewhere: string[] = [];
  const body = [`${name(0)} = request.args["q"]`];
  for (const [index, step] of steps.entries()) {
    body.push(...(writing.before?.(index) ?? []));
    const [value, out] = [name(index), name(index + 1)];
    const place = writing.place?.(index) ?? "inline";
    const linesOf = (from: string, to: string): readonly string[] =>
      step
        .lines(from, to)
        .map((line) =>
          writing.areWordsSettings ? line.replaceAll('("a", "b")', "settings.WORDS") : line,
        );
    if (place === "inline") {
      body.push(...linesOf(value, out));
      continue;
    }
    const lines = [...linesOf("given", "made"), "return made"];
    if (place === "method") {
      const method = ["    def take(self, given):", ...lines.map((line) => `        ${line}`)];
      here.push(`class Step${index}:`, ...method, "");
      body.push(`${out} = Step${index}().take(${value})`);
      continue;
    }
    const helper = [`def step${index}(given):`, ...lines.map((line) => `    ${line}`), ""];
    (place === "file" ? elsewhere : here).push(...helper);
    body.push(`${out} = ${place === "file" ? "steps." : ""}step${index}(${value})`);
  }
  body.push(`db.execute("SELECT " + ${name(steps.length)})`);
  const inside = writing.around
    ? [writing.around, ...body.map((line) => `    ${line}`), ...(writing.below ?? [])]
    : body;
  const box = ["class Box:", "    def __init__(self, text):", "        self.text = text", ""];
  const app = [
    ...["import functools", "import re", "import sqlite3", "", "import settings", "import steps"],
    ...["from flask import request", ""],
    ...['db = sqlite3.connect("shop.db")', "", ...box, ...here, "def search():"],
    ...inside.map((line) => `    ${line}`),
  ];
  return [
    { path: "app.py", text: `${app.join("\n")}\n` },
    {
      path: "steps.py",
      text: `${["import functools", "import re", "import settings", ...box, ...elsewhere].join("\n")}\n`,
    },
    { path: "settings.py", text: 'WORDS = ("a", "b")\n' },
  ];
}
