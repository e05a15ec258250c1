// Every row of every model is put to work: a small program is made of each, and what the row promises is seen.

import { describe, expect, test } from "vitest";
import { parseSignature } from "../../src/flow/models.ts";
import { filesWith, inHandler, rowsOf, run, useOf } from "./row-programs.ts";

const source = 'flask.request.args["q"]';

describe.each(filesWith("sinks"))("$path", ({ text }) => {
  test.each(rowsOf(text, "sinks"))("what is given reaches $concept: $text", (row) => {
    const program = inHandler(useOf(parseSignature(row.text), source));
    const { flows } = run(program);

    expect(
      flows.map(({ concept }) => concept),
      program.join("\n"),
    ).toContain(row.concept);
  });
});

describe.each(filesWith("sources"))("$path", ({ text }) => {
  test.each(rowsOf(text, "sources"))("what is read comes as $concept: $text", (row) => {
    const use = useOf(parseSignature(row.text), "other()");
    const program = inHandler({ ...use, code: `eval(${use.code})` });
    const { flows } = run(program);

    const concepts = flows.flatMap(({ concept, label }) =>
      concept === "code" ? [label.source.concept] : [],
    );
    // A secret among them is told as one, too.
    expect(concepts, program.join("\n")).toContain(row.concept);
  });
});
