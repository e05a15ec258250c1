// Rows of the models that say what makes a value harmless, what keeps it as it is, and what ends a path.

import { describe, expect, test } from "vitest";
import { parseSignature } from "../../src/flow/models.ts";
import {
  files,
  filesWith,
  inHandler,
  listOf,
  rowsOf,
  run,
  type Use,
  useOf,
} from "./row-programs.ts";

const source = 'flask.request.args["q"]';

/** Sinks of each class that are given a text and nothing else has to be said of. */
const sinks = new Map(
  files
    .flatMap(({ text }) => rowsOf(text, "sinks"))
    .flatMap(({ concept, text }) => {
      const signature = parseSignature(text);
      const marked = signature.parameters?.filter(({ isMarked }) => isMarked) ?? [];
      const isPlain =
        marked.length > 0 &&
        marked.every(
          (each) => each.element === undefined && each.spread === "" && !each.isOfKeys,
        ) &&
        signature.conditions.length === 0 &&
        !signature.path.endsWith("__") &&
        !/^(?:json|urllib\.parse|xml\.sax)\./u.test(signature.path);
      return isPlain ? [[concept, signature] as const] : [];
    })
    .toReversed(),
);

/** Gives a value to a sink of the class; `all` may be any. */
function sink(concept: string, value: string): Use {
  const name = concept === "all" ? "code" : concept === "normal-path" ? "path" : concept;
  const signature = sinks.get(name);
  if (!signature) throw new Error(`no plain sink is known of the class ${concept}`);
  const use = useOf(signature, value);
  return {
    ...use,
    code: use.code.replaceAll("thing", "sink"),
    made: use.made.map((each) => each.replace("thing", "sink")),
  };
}

function told(concept: string, ...parts: readonly (Use | string)[]): readonly string[] {
  const name = concept === "all" ? "code" : concept === "normal-path" ? "path" : concept;
  const program = inHandler(...parts);
  const lastLine = program.join("\n").length - (program.at(-1) ?? "").length;
  return run(program).flows.flatMap((flow) =>
    // What makes a query of a text is a sink itself; the last line is what is asked about.
    flow.call.start >= lastLine &&
    flow.concept === name &&
    flow.label.source.concept.startsWith("http-")
      ? [flow.label.source.concept]
      : [],
  );
}

const folder = 'if not str(x).startswith("/srv/books/"):\n    raise ValueError';

describe.each(filesWith("sanitizers"))("$path", ({ text }) => {
  test.each(rowsOf(text, "sanitizers"))("what it gives is safe for $concept: $text", (row) => {
    const use = useOf(parseSignature(row.text), source, true);
    const made = { ...use, code: `x = ${use.code}` };
    const guard = row.concept === "normal-path" ? [folder] : [];

    // The same without it is told, so that silence says something.
    expect(told(row.concept, `x = other(${source})`, ...guard, sink(row.concept, "x"))).not.toEqual(
      [],
    );
    expect(told(row.concept, made, ...guard, sink(row.concept, "x"))).toEqual([]);
  });
});

describe.each(filesWith("restores"))("$path", ({ text }) => {
  test.each(rowsOf(text, "restores"))("what was made safe for $concept is not: $text", (row) => {
    const use = useOf(parseSignature(row.text), "x");
    const restored = { ...use, code: `y = ${use.code}` };
    const cleaning = files
      .flatMap((file) => rowsOf(file.text, "sanitizers"))
      .find((each) => each.concept === row.concept && /!/u.test(each.text));
    if (!cleaning) throw new Error(`nothing is known to make a text safe for ${row.concept}`);
    const cleaned = useOf(parseSignature(cleaning.text), source);

    const first = { ...cleaned, code: `x = ${cleaned.code}` };
    expect(told(row.concept, first, sink(row.concept, "x"))).toEqual([]);
    expect(told(row.concept, first, restored, sink(row.concept, "y"))).not.toEqual([]);
  });
});

describe.each(filesWith("propagates"))("$path", ({ text }) => {
  test.each(listOf(text, "propagates"))("what is given comes out of %s", (row) => {
    const signature = parseSignature(row);
    const isMarked = signature.parameters?.some((each) => each.isMarked) || signature.receiver;
    const use = isMarked ? useOf(signature, source) : useOf(signature, "other()");
    // With no mark, it is what its object carries.
    const made = isMarked ? use.made : use.made.map((each) => each.replace("other()", source));

    expect(told("code", { ...use, made, code: `x = ${use.code}` }, "eval(x)")).not.toEqual([]);
  });
});

describe.each(filesWith("clean"))("$path", ({ text }) => {
  test.each(listOf(text, "clean"))("nothing of what is given comes out of %s", (row) => {
    const use = useOf(parseSignature(row), source, true);

    expect(told("code", `x = other(${source})`, "eval(x)")).not.toEqual([]);
    expect(told("code", { ...use, code: `x = ${use.code}` }, "eval(x)")).toEqual([]);
  });
});

describe.each(filesWith("validators"))("$path", ({ text }) => {
  test.each(rowsOf(text, "validators"))("what it let pass is safe for $concept: $text", (row) => {
    const given = `x = ${source}`;
    const use = useOf(parseSignature(row.text), "x");

    expect(told(row.concept, given, sink(row.concept, "x"))).not.toEqual([]);
    expect(told(row.concept, given, use, sink(row.concept, "x"))).toEqual([]);
  });
});

describe.each(filesWith("guards"))("$path", ({ text }) => {
  test.each(rowsOf(text, "guards"))("what it is true of is safe for $concept: $text", (row) => {
    const question = questionOf(row.text);

    expect(told(row.concept, `x = ${source}`, sink(row.concept, "x"))).not.toEqual([]);
    expect(
      told(
        row.concept,
        `x = ${source}`,
        ...question.before,
        {
          ...question.use,
          code: `if not ${question.use.code}:\n    raise ValueError`,
        },
        sink(row.concept, "x"),
      ),
    ).toEqual([]);
  });
});

describe.each(filesWith("rejects"))("$path", ({ text }) => {
  test.each(rowsOf(text, "rejects"))("what it is false of is safe for $concept: $text", (row) => {
    const question = questionOf(row.text);

    expect(
      told(
        row.concept,
        `x = ${source}`,
        ...question.before,
        {
          ...question.use,
          code: `if ${question.use.code}:\n    raise ValueError`,
        },
        sink(row.concept, "x"),
      ),
    ).toEqual([]);
  });
});

/** A call asks of its argument; an attribute of what its object was made of. */
function questionOf(row: string): { readonly before: readonly string[]; readonly use: Use } {
  const signature = parseSignature(row);
  const use = useOf(signature, "x");
  if (signature.parameters) return { before: [], use };
  return {
    before: ["import ipaddress", "thing = ipaddress.ip_address(x)"],
    use: { ...use, made: [] },
  };
}

describe.each(filesWith("never-returns"))("$path", ({ text }) => {
  test.each(listOf(text, "never-returns"))("nothing runs after %s", (row) => {
    const use = useOf(parseSignature(row), "other()");

    expect(told("code", `eval(${source})`)).not.toEqual([]);
    expect(told("code", use, `eval(${source})`)).toEqual([]);
  });
});

describe.each(filesWith("shared"))("$path", ({ text }) => {
  test.each(listOf(text, "shared"))("what one function puts into %s another reads", (row) => {
    const use = useOf(parseSignature(row), "other()");
    const [own] = use.made;
    // A class stands for the one object of it that a program has.
    const isClass = /\.[A-Z]\w*$/u.test(row);
    const parameter = own && !isClass ? own.replace(/ = .*$/u, "") : "";
    const thing = isClass ? "thing" : use.code;
    const program = [
      ...["import flask", ...use.imports, ...(isClass ? [`thing = ${row}()`] : [])],
      `def first(${parameter}):`,
      `    ${thing}.text = ${source}`,
      `def second(${parameter}):`,
      `    eval(${thing}.text)`,
    ];

    expect(run(program).flows.map(({ concept }) => concept)).toContain("code");
  });
});
