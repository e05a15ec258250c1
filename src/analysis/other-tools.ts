// What `rules/other-tools.yaml` tells: for each rule of another tool, which of ours looks for the same.

import { load } from "js-yaml";
import { z } from "zod";

/** A tool that a reader may know, in the order of its own list of rules. */
export interface OtherTool {
  readonly name: string;
  /** Address of the tool's public list of rules. */
  readonly list: string;
  readonly rules: readonly OtherRule[];
}

export interface OtherRule {
  /** `B608`, `S608`, `py/sql-injection`. */
  readonly id: string;
  /** What the tool calls it beside its id. */
  readonly name: string | undefined;
  /** Full names of our rules; empty where none looks for it. */
  readonly rules: readonly string[];
  /** Where ours differs, or why there is none: one sentence of Markdown. */
  readonly note: string | undefined;
}

const otherToolsFile = z.strictObject({
  notes: z.record(z.string(), z.string()),
  tools: z.array(
    z.strictObject({
      name: z.string(),
      list: z.url(),
      rules: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string().optional(),
          rules: z.array(z.string()),
          note: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** Reads the file's text. Throws where it is not well made, or where a note is not defined. */
export function parseOtherTools(text: string): readonly OtherTool[] {
  const { notes, tools } = otherToolsFile.parse(load(text));
  return tools.map((tool) => ({
    ...tool,
    rules: tool.rules.map(({ id, name, rules, note }) => {
      const sentence = note === undefined ? undefined : notes[note];
      if (note !== undefined && sentence === undefined) {
        throw new Error(`rules/other-tools.yaml: ${id} has the note "${note}", which is not there`);
      }
      return { id, name, rules, note: sentence };
    }),
  }));
}
