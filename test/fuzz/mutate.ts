// Values as nobody sends them: real ones, with parts lost, doubled, exchanged or replaced by what is
// hard to swallow. The same dice give the same values.

import type { Random } from "../random.ts";

const hardTexts = [
  ...[
    "",
    " ",
    "\0",
    "\ud800",
    "a\0b",
    "\u{feff}",
    "\u202e",
    "💣",
    "null",
    "__proto__",
    "constructor",
  ],
  ...[
    "../../etc/passwd",
    "%s%n",
    "$(id)",
    "'; drop table request; --",
    "{{7*7}}",
    "<!-- -->",
    "\r\n",
  ],
  ...[
    "-1",
    "1e999",
    "0x10",
    "2026-13-45T99:99:99Z",
    "/pyward",
    "/pyward ignore \0",
    "x".repeat(70_000),
  ],
] as const;

const hardValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER],
  ...[[], {}, [[]], [null], { toString: 1 }, { length: -1 }, { data: "no" }],
];

/** A copy of a JSON value with one to three changes. */
export function mutateJson(value: unknown, dice: Random): unknown {
  const copy: unknown = structuredClone(value);
  const root = { copy };
  for (let count = 1 + dice.below(3); count > 0; count -= 1) mutateOne(root, dice);
  return root.copy;
}

function mutateOne(root: Record<string, unknown>, dice: Random): void {
  // Down a random way, ending anywhere on it.
  let holder: Record<string, unknown> = root;
  let key = "copy";
  for (let depth = 1 + dice.below(6); depth > 0; depth -= 1) {
    const next = holder[key];
    if (typeof next !== "object" || next === null || Object.keys(next).length === 0) break;
    holder = next as Record<string, unknown>;
    key = dice.pick(Object.keys(next));
  }
  switch (dice.below(6)) {
    case 0:
      if (holder !== root) delete holder[key];
      break;
    case 1:
      holder[key] = dice.pick(hardValues);
      break;
    case 2:
      holder[key] = dice.pick(hardTexts);
      break;
    case 3:
      holder[key] =
        typeof holder[key] === "string" ? Number(holder[key]) : JSON.stringify(holder[key]);
      break;
    case 4:
      holder[key] = [holder[key], holder[key]];
      break;
    default: {
      let deep: unknown = holder[key];
      for (let level = dice.below(400); level > 0; level -= 1) deep = [deep];
      holder[key] = deep;
    }
  }
}

/** A text with one to four stretches lost, doubled, reversed or replaced. */
export function mutateText(text: string, dice: Random, others: readonly string[]): string {
  let changed = text;
  for (let count = 1 + dice.below(4); count > 0; count -= 1) {
    const from = dice.below(changed.length + 1);
    const to = Math.min(changed.length, from + dice.below(1 + dice.pick([3, 30, 300])));
    const stretch = changed.slice(from, to);
    changed = changed.slice(0, from) + replacement(stretch, dice, others) + changed.slice(to);
  }
  return changed.slice(0, 120_000);
}

function replacement(stretch: string, dice: Random, others: readonly string[]): string {
  switch (dice.below(7)) {
    case 0:
      return "";
    case 1:
      return stretch.repeat(2 + dice.below(30));
    case 2:
      return [...stretch].reverse().join("");
    case 3:
      return dice.pick(hardTexts);
    case 4:
      return stretch.replaceAll("\n", dice.pick(["\r\n", "\n\n", "\n\t", " ", "\u2028"]));
    case 5: {
      const other = dice.pick(others);
      const from = dice.below(other.length + 1);
      return other.slice(from, from + dice.below(200));
    }
    default:
      return stretch.replaceAll(/\d+/gu, () =>
        dice.pick(["0", "-1", "99999999999999999999", "1e9"]),
      );
  }
}
