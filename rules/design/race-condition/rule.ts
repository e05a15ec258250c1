// Two requests read the same value, change it and write it back: one of the changes is lost.

import { cacheCalls, defineRule, quoteCode, type Race, racesIn } from "#rule";

/** What loses little: a file that is made or written twice, a row that is there twice. */
const mild: ReadonlySet<Race["kind"]> = new Set(["file", "write", "create"]);

export default defineRule({
  watches: cacheCalls,
  *check({ program, finding }) {
    for (const race of racesIn(program))
      yield finding(race.span, messageOf(race), {
        severity: mild.has(race.kind) ? "low" : "medium",
      });
  },
});

function messageOf({ kind, name, library }: Race): string {
  const code = quoteCode(name);
  if (kind === "global")
    return `${code} belongs to the module, and requests change it from several threads: of two changes at a time one is lost. Hold a \`threading.Lock\` around it, or count in the database or cache.`;
  if (kind === "lock")
    return `Two requests may both find that nobody is there before ${code} says that they are. Ask and set at once: ${quoteCode("cache.add(...)")}, or ${quoteCode("set(..., nx=True)")} of Redis.`;
  if (kind === "count")
    return `What ${code} writes was read before: of two requests at a time one is not counted. Let the cache count, with ${quoteCode("incr(...)")}.`;
  if (kind === "create")
    return `Another request may come between the question and ${code}, and the row is there twice: no column of it is unique. Make it unique, and use ${quoteCode("get_or_create(...)")}.`;
  if (kind === "write")
    return `Two requests may both find that the file is not there, and ${code} writes it twice at a time. Open it with ${quoteCode('"x"')} and catch the error, or write another file and ${quoteCode("os.replace(...)")} it.`;
  if (kind === "file")
    return `Another request may come between the question and ${code}. Do it at once and catch the error, or pass \`exist_ok=True\`.`;
  const column = name.slice(name.indexOf(".") + 1);
  return library === "django"
    ? `${code} is read, changed and saved: of two requests at a time one change is lost. Let the database count, with \`F("${column}")\` in an \`update\`, or read the row with \`select_for_update()\`.`
    : `${code} is read, changed and written back: of two requests at a time one change is lost. Let the database count, with \`update(...).values(...)\`, or read the row with \`with_for_update()\`.`;
}
