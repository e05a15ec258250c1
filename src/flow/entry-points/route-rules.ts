// What the text of a route says of its parameters: `<int:id>` is a number, `<name>` is text of the visitor's.

import { isSafePattern } from "../guards/safe-pattern.ts";

/**
 * How a framework writes a parameter: `<int:id>` (Flask, Django), `<id:int>` (Sanic, Bottle), `{id:int}`
 * (Starlette, Falcon, and with a pattern aiohttp, Pyramid), or a regular expression with groups (Tornado).
 */
export type RuleNotation = "<type:name>" | "<name:type>" | "{name:type}" | "pattern";

export interface RulePart {
  /** `undefined` for a group that is handed over by its position. */
  readonly name: string | undefined;
  /** `unknown` for a converter that nobody described. */
  readonly kind: "text" | "harmless" | "unknown";
  /** What it is once it is harmless: `int`, `str`. */
  readonly type: string;
}

/** The parameters of a route's text, in its order. */
export function partsOfRule(rule: string, notation: RuleNotation): readonly RulePart[] {
  switch (notation) {
    case "<type:name>":
      // Django has both forms: https://docs.djangoproject.com/en/stable/ref/urls/#re-path
      if (/\(\?P<|^\^|\$$/u.test(rule)) return groupsOf(rule);
      return [...rule.matchAll(/<(?:([A-Za-z_]\w*)(?:\([^)]*\))?:)?\s*([A-Za-z_]\w*)\s*>/gu)].map(
        ([, converter = "", name]) => ({ name, ...judged(converter) }),
      );
    case "<name:type>":
      return [...rule.matchAll(/<([A-Za-z_]\w*)(?::([^>]*))?>/gu)].map(([, name, type = ""]) => ({
        name,
        ...judged(type.replace(/^re:/u, "")),
      }));
    case "{name:type}":
      return [...rule.matchAll(/\{([A-Za-z_]\w*)(?::((?:[^{}]|\{[^{}]*\})*))?\}/gu)].map(
        ([, name, type = ""]) => ({ name, ...judged(type) }),
      );
    case "pattern":
      return groupsOf(rule);
  }
}

/** Whether every visitor asks for the same text. */
export function isFixedAddress(rules: readonly string[], notation: RuleNotation): boolean {
  return rules.length > 0 && rules.every((rule) => partsOfRule(rule, notation).length === 0);
}

/** A converter by its name, or a pattern that the parameter must match whole. */
function judged(type: string): Pick<RulePart, "kind" | "type"> {
  const converter = /^([A-Za-z_]\w*)(?:\([^)]*\))?$/u.exec(type.trim())?.[1];
  if (type.trim() === "" || (converter && texts.has(converter)))
    return { kind: "text", type: "str" };
  if (converter) {
    const known = converters.get(converter);
    return { kind: known ? "harmless" : "unknown", type: known ?? "str" };
  }
  return { kind: isSafePattern(type, "both") ? "harmless" : "text", type: "str" };
}

const texts = new Set(["str", "string", "path", "default", "strorempty", "unicode", "ext"]);

const converters: ReadonlyMap<string, string> = new Map([
  ["int", "int"],
  ["integer", "int"],
  ["number", "float"],
  ["float", "float"],
  ["uuid", "uuid.UUID"],
  ["ymd", "datetime.date"],
  ["dt", "datetime.datetime"],
  // Letters, digits, hyphens and underscores; one of the words that are listed.
  ["slug", "str"],
  ["alpha", "str"],
  ["any", "str"],
]);

/** The groups of a regular expression; where some have names, only those are handed over. */
function groupsOf(pattern: string): readonly RulePart[] {
  const groups: RulePart[] = [];
  const open: { readonly at: number; readonly part: number | undefined }[] = [];
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") {
      const head = /^\((?:\?P<(\w+)>|\?[^()]?:?)?/u.exec(pattern.slice(at)) ?? ["("];
      const isGroup = head[0] === "(" || head[1] !== undefined;
      open.push({ at: at + head[0].length, part: isGroup ? groups.length : undefined });
      if (isGroup) groups.push({ name: head[1], kind: "text", type: "str" });
    } else if (character === ")") {
      const group = open.pop();
      const part = group?.part === undefined ? undefined : groups[group.part];
      if (group?.part === undefined || !part) continue;
      const isHarmless = isSafePattern(pattern.slice(group.at, at), "both");
      if (isHarmless) groups[group.part] = { ...part, kind: "harmless" };
    }
  }
  const named = groups.filter(({ name }) => name !== undefined);
  return named.length > 0 ? named : groups;
}
