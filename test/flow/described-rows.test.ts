// Rows of the models that say what a thing is, when it waits and who starts it.

import { describe, expect, test } from "vitest";
import { parseSignature, type Signature } from "../../src/flow/models.ts";
import {
  filesWith,
  inHandler,
  listOf,
  models,
  pairsOf,
  rowsOf,
  run,
  type Use,
  useOf,
} from "./row-programs.ts";

/** The types of what the code of a use gives. */
function typesOf(use: Use): readonly string[] {
  const program = inHandler({ ...use, code: `result = ${use.code}` });
  const types: string[] = [];
  run(program, {
    evaluated(frame, { start, end }, value) {
      if (frame.module.text.slice(start, end) === use.code)
        types.push(...value.types.map((type) => models.canonical(type)));
    },
    arrived: () => undefined,
  });
  return types;
}

describe.each(filesWith("returns"))("$path", ({ text }) => {
  test.each(pairsOf(text, "returns"))("%s gives %s", (row, type) => {
    const use = useOf(parseSignature(row), "other()");

    expect(typesOf(use)).toContain(models.canonical(type));
  });
});

describe.each(filesWith("enters"))("$path", ({ text }) => {
  test.each(pairsOf(text, "enters"))("`with` of %s gives %s", (from, to) => {
    const types: string[] = [];
    const imported = `import ${from.split(".").slice(0, -1).join(".")}`;
    const program = ["with thing as entered:", "    entered"].map((line) => `    ${line}`);
    run([imported, `def handler(thing: "${from}"):`, ...program], {
      evaluated(frame, { start, end }, value) {
        if (frame.module.text.slice(start, end) === "entered") types.push(...value.types);
      },
      arrived: () => undefined,
    });

    expect(types).toContain(to);
  });
});

describe.each(filesWith("aliases"))("$path", ({ text }) => {
  test.each(pairsOf(text, "aliases"))("%s is %s", (name, path) => {
    expect(models.canonical(name)).toBe(models.canonical(path));
    expect(models.canonical(`${name}.anything`)).toBe(models.canonical(`${path}.anything`));
  });
});

describe.each(filesWith("bases"))("$path", ({ text }) => {
  test.each(pairsOf(text, "bases"))("%s is derived from %s", (name, bases) => {
    const known = models.basesOf(models.canonical(name));

    for (const base of bases) expect(known).toContain(models.canonical(base));
  });
});

describe.each(filesWith("async-twins"))("$path", ({ text }) => {
  test.each(pairsOf(text, "async-twins"))("instead of %s there is %s", (path, twin) => {
    expect(models.asyncTwin(`${path}.anything`)).toBe(twin);
  });
});

describe.each(filesWith("blocking"))("$path", ({ text }) => {
  test.each(rowsOf(text, "blocking"))("waits for $concept: $text", (row) => {
    const use = useOf(parseSignature(row.text), "other()");
    const [handler] = run(inHandler(use)).functions;

    expect(handler?.effects.map(({ kind }) => kind)).toContain(row.concept);
  });
});

describe.each(filesWith("offloads"))("$path", ({ text }) => {
  test.each(listOf(text, "offloads"))("what it is given waits elsewhere: %s", (row) => {
    const use = useOf(parseSignature(row), "work");
    const program = [
      ...["import time", "def work(*args):", "    time.sleep(1)"],
      ...inHandler("work()", use),
    ];
    const handler = run(program).functions.find(({ definition }) => definition.name === "handler");

    // Only the call that stands there by itself.
    expect(handler?.effects.map(({ kind, chain }) => [kind, chain.length])).toEqual([["sleep", 2]]);
  });
});

/** Lines in which a row decorates `started`, is given it, or is given it among others. */
function starting(signature: Signature, inside: string): readonly (readonly string[])[] {
  const isMarked = signature.parameters?.some((each) => each.isMarked) ?? false;
  const use = useOf(signature, inside);
  const made = use.made;
  const plain = {
    ...signature,
    parameters: signature.parameters?.filter((each) => !each.isMarked),
  };
  const decorator = useOf(plain, "other()");
  const def = ["def started(*args, **kwargs):", "    pass"];
  const given = [...use.imports, ...def, ...made, use.code];
  if (isMarked) return [given];
  const name = decorator.code.replace(/\(.*$/su, "");
  return [
    [...decorator.imports, ...decorator.made, `@${decorator.code}`, ...def],
    [...decorator.imports, ...decorator.made, `@${name}`, ...def],
    [...decorator.imports, ...decorator.made, `@${name}()`, ...def],
  ];
}

describe.each(filesWith("entry-points"))("$path", ({ text }) => {
  test.each(rowsOf(text, "entry-points"))("starts what it is given as $concept: $text", (row) => {
    const programs = starting(parseSignature(row.text), "started");
    const kinds = programs.flatMap((program) =>
      run(program).functions.flatMap(({ definition, entries }) =>
        definition.name === "started" ? [...entries] : [],
      ),
    );
    const handed = run(starting(parseSignature(row.text), "started()")[0] ?? []);
    kinds.push(...handed.edges.flatMap(({ entry }) => (entry ? [entry] : [])));

    expect(kinds).toContain(row.concept);
  });
});

/** Programs that register `started`, or a class of it, by a row of routes. */
function registering(signature: Signature): readonly (readonly string[])[] {
  const parameters = (signature.parameters ?? []).map(({ name }) => name);
  const path = '"/books"';
  const programs: (readonly string[])[] = [];
  const owner = useOf({ ...signature, parameters: [] }, "x");
  const name = owner.code.replace(/\(\)$/u, "");
  const head = [...owner.imports, ...owner.made];
  const def = ["def started(request=None, *args, **kwargs):", "    pass"];
  const type = ["class Started:", "    def get(self, *args):", "        pass"];
  for (const arguments_ of [`(${path})`, "()", `(${path}, ["GET"])`, "", `([${path}])`])
    programs.push(
      [...head, `@${name}${arguments_}`, ...def],
      [...head, `@${name}${arguments_}`, ...type],
    );
  for (const at of parameters.keys()) {
    for (const given of ["started", "Started", "Started()", `[(${path}, Started)]`]) {
      const list = parameters.slice(0, at).map(() => path);
      programs.push([...head, ...def, ...type, `${name}(${[...list, given].join(", ")})`]);
    }
  }
  return programs;
}

describe.each(filesWith("routes"))("$path", ({ text }) => {
  test.each(rowsOf(text, "routes"))("makes an entry point of $concept: $text", (row) => {
    const styles = registering(parseSignature(row.text)).flatMap((program) =>
      run(program).functions.flatMap(({ route }) => (route ? [route.style] : [])),
    );

    expect(styles).toContain(row.concept);
  });
});

describe.each(filesWith("views"))("$path", ({ text }) => {
  test.each(rowsOf(text, "views"))("answers requests of $concept: $text", (row) => {
    const { path } = parseSignature(row.text);
    const owner = path.slice(0, path.lastIndexOf("."));
    const name = path.slice(path.lastIndexOf(".") + 1);
    const method = name.endsWith("_") ? `${name}books` : name;
    const program = [
      `import ${owner.split(".").slice(0, -1).join(".")}`,
      `class Mine(${owner}):`,
      `    def ${method}(self, *args, **kwargs):`,
      "        pass",
    ];

    expect(run(program).functions.map(({ route }) => route?.style)).toContain(row.concept);
  });
});
