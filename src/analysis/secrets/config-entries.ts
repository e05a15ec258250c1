// Names and values of a configuration file, line by line and whatever its language: `.env`, YAML, TOML, JSON,
// INI, shell, Dockerfile, notebooks. No parser: a line that two languages read differently is read as either.

export interface ConfigEntry {
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  /** Offsets of the value. */
  readonly start: number;
  readonly end: number;
}

// A value is quoted (with escaped quotes in the source of a notebook), or ends at a blank.
const valueSource = String.raw`\\?"((?:[^"\\\n]){1,300})\\?"|'([^'\n]{1,300})'|([^\s"'#,;}\]{[&|>\\][^\s"',;}\]\\]{0,300})`;

const entry = new RegExp(
  String.raw`(?<![\w$.{])(?:\\?["'])?([A-Za-z_][\w.-]{1,80})(?:\\?["'])?[ \t]{0,20}(?:=>|:=|=|:)[ \t]{0,20}(?:${valueSource})`,
  "gu",
);

/** `- name: TOKEN` and below it `value: ...`, as Kubernetes writes the environment. */
const environmentEntry = new RegExp(
  String.raw`\bname["']?:[ \t]*["']?([A-Za-z_][\w.-]{1,80})["']?,?[ \t]*\r?\n[ \t]*["']?value["']?:[ \t]*(?:${valueSource})`,
  "gu",
);

/** `ENV TOKEN value`, the older form; `machine ... login ... password value` of netrc. */
const wordEntry = new RegExp(
  String.raw`(?:^[ \t]*ENV[ \t]+|\b(?=password[ \t]))([A-Za-z_]\w{1,80})[ \t]+(?:${valueSource})`,
  "gmu",
);

/** Every entry, in no order. */
export function configEntries(text: string): readonly ConfigEntry[] {
  return [entry, environmentEntry, wordEntry].flatMap((pattern) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const value = match[2] ?? match[3] ?? match[4] ?? "";
      const isQuoted = match[4] === undefined;
      const isEscaped = match[0].endsWith('\\"');
      const end = match.index + match[0].length - (isEscaped ? 2 : isQuoted ? 1 : 0);
      return [{ name: match[1] ?? "", value, start: end - value.length, end }];
    }),
  );
}
