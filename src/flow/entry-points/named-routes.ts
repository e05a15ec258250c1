// Pyramid names its routes in one place and says in another which view answers them: what every route of the
// project says of a parameter of this name holds wherever it is read.
// https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/urldispatch.html

import { newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { makeValue, type Value } from "../values/value.ts";
import { partsOfRule, type RulePart } from "./route-rules.ts";

/** `config.add_route("book", "/books/{id:\d+}")`, in any file. */
const addedRoute =
  /\.add_route\(\s*[^,()]+,\s*(?:pattern\s*=\s*)?r?(["'])(?<rule>(?:(?!\1).)*)\1/gu;

const known = new WeakMap<object, ReadonlyMap<string, RulePart | undefined>>();

/** The parameters that no route leaves open, as a dict; `undefined` where there is none. */
export function closedParameters(frame: Frame): Value | undefined {
  const entries = new Map(
    [...partsOfProject(frame)].flatMap(([name, part]) =>
      part ? [[name, makeValue({ types: [part.type] })] as const] : [],
    ),
  );
  if (entries.size === 0) return undefined;
  return newObject(frame, {
    ...{ kind: "dict", items: undefined, rest: undefined, isClosed: false },
    entries,
  });
}

function partsOfProject({ machine }: Frame): ReadonlyMap<string, RulePart | undefined> {
  const before = known.get(machine);
  if (before) return before;
  const parts = new Map<string, RulePart | undefined>();
  known.set(machine, parts);
  for (const { text } of machine.project.modules) {
    for (const { groups } of text.matchAll(addedRoute)) {
      for (const part of partsOfRule(groups?.rule ?? "", "{name:type}")) {
        if (part.name === undefined) continue;
        const isOpen = part.kind !== "harmless" || (parts.has(part.name) && !parts.get(part.name));
        parts.set(part.name, isOpen ? undefined : part);
      }
    }
  }
  return parts;
}
