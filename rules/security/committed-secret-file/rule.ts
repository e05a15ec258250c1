// A file that is there to hold secrets, and holds some, becomes part of the repository.

import { defineRule, quoteCode, secretFileOf } from "#rule";

export default defineRule({
  staysInHistory: true,
  *check({ program, finding }) {
    for (const config of program.configs) {
      const file = secretFileOf(config);
      if (!file) continue;
      // The file as a whole is meant; whatever stands on its first line is not to be repeated.
      const top = { module: config, start: 0, end: 0 };
      yield finding(
        top,
        `${quoteCode(nameOf(config.path))} holds ${file.what}${listed(file.names)}. Take it out of the repository, list it in \`.gitignore\`, and replace what it holds: the history keeps it.`,
      );
    }
  },
});

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => quoteCode(name));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
  return shown.length === 0 ? "" : `: ${shown.join(", ")}${more}`;
}
