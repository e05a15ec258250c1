// What a file imports, read off its text without parsing: for choosing which files are worth a parse.

/** `from ..db import session, engine` is level 2, name `db`, members `session` and `engine`. */
export interface ReadImport {
  /** Leading dots; 0 is an absolute import. */
  readonly level: number;
  readonly name: string;
  readonly members: readonly string[];
}

/**
 * Every import of a text, each once; also those that stand in a docstring, which does no harm here.
 * Takes time linear in the text. Missed: what is imported by a name made at run time.
 */
export function readImports(text: string): readonly ReadImport[] {
  const found = new Map<string, ReadImport>();
  for (const { groups } of text.matchAll(importStatement)) {
    const { dots = "", from = "", members = "", modules } = groups ?? {};
    const read =
      modules === undefined
        ? [{ level: dots.length, name: from, members: namesIn(members) }]
        : namesIn(modules).map((name) => ({ level: 0, name, members: [] }));
    for (const each of read) found.set(JSON.stringify(each), each);
  }
  return [...found.values()];
}

/**
 * Bounded everywhere, so that no text can make it slow. Missed: members where a comment among them holds
 * a parenthesis.
 */
const importStatement =
  /^[ \t]*(?:from[ \t]{1,20}(?<dots>\.{0,20})[ \t]{0,20}(?<from>[.\w]*)[ \t]{1,20}import[ \t]{0,20}(?<members>\([^()]{0,8000}\)|(?:\\\r?\n|[^\n#;\\])*)|import[ \t]{1,20}(?<modules>(?:\\\r?\n|[^\n#;\\])*))/gmu;

/** `(a as b,  # why` gives `a`. */
function namesIn(list: string): readonly string[] {
  return list
    .replaceAll(/#[^\n]*/gu, "")
    .split(",")
    .flatMap((each) => /[.\w]+/u.exec(each)?.[0] ?? []);
}
