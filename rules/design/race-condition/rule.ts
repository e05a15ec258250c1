// Two requests read the same value, change it and write it back: one of the changes is lost.

import { defineRule, quoteCode, type Race, racesIn } from "#rule";

export default defineRule({
  *check({ program, finding }) {
    for (const race of racesIn(program))
      yield finding(race.span, messageOf(race), {
        severity: race.kind === "file" ? "low" : "medium",
      });
  },
});

function messageOf({ kind, name, library }: Race): string {
  const code = quoteCode(name);
  if (kind === "global")
    return `${code} belongs to the module, and requests change it from several threads: of two changes at a time one is lost. Hold a \`threading.Lock\` around it, or count in the database or cache.`;
  if (kind === "file")
    return `Another request may come between the question and ${code}. Do it at once and catch the error, or pass \`exist_ok=True\`.`;
  const column = name.slice(name.indexOf(".") + 1);
  return library === "django"
    ? `${code} is read, changed and saved: of two requests at a time one change is lost. Let the database count, with \`F("${column}")\` in an \`update\`, or read the row with \`select_for_update()\`.`
    : `${code} is read, changed and written back: of two requests at a time one change is lost. Let the database count, with \`update(...).values(...)\`, or read the row with \`with_for_update()\`.`;
}
