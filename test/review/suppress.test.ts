// The answers that authors write into the code.

import { expect, test } from "vitest";
import { readLayout } from "../../src/review/python-comments.ts";
import { answerFindings, findIgnore, readIgnores } from "../../src/review/suppress.ts";
import { aFinding } from "../makers.ts";
import { random } from "../random.ts";

/** The reason found for a finding on these lines of a text; `undefined` where none answers. */
function reasonFor(text: string, line: number, endLine = line): string | undefined {
  return findIgnore(readIgnores(text), aFinding({ line, endLine }))?.reason;
}

test("a comment on the line answers, by the rule's last word", () => {
  expect(reasonFor("run(q)  # pyward: ignore[sql-injection] only constants", 1)).toBe(
    "only constants",
  );
});

test("a rule can be named in full, and among others", () => {
  const text = "run(q)  # pyward: ignore[unsafe-yaml, security/SQL-injection]: constants";

  expect(reasonFor(text, 1)).toBe("constants");
});

test("the words may follow another tool's", () => {
  expect(reasonFor("run(q)  # noqa: S608  # pyward: ignore[sql-injection] fixed", 1)).toBe("fixed");
});

test("each of two answers in one comment has its own reason", () => {
  const text = "run(q)  # pyward: ignore[other] a # pyward: ignore[sql-injection] b";

  expect(reasonFor(text, 1)).toBe("b");
});

test("a reason may be missing", () => {
  expect(reasonFor("run(q)  # pyward: ignore[sql-injection]", 1)).toBe("");
});

test.each([
  ["without a rule", "run(q)  # pyward: ignore"],
  ["with no rule between the brackets", "run(q)  # pyward: ignore[]"],
  ["for another rule", "run(q)  # pyward: ignore[injection]"],
  ["for everything", "run(q)  # pyward: ignore[*]"],
  ["in a string", 'run("# pyward: ignore[sql-injection]")'],
  ["in an f-string", 'run(f"{a} # pyward: ignore[sql-injection]")'],
  ["in a string within an f-string", 'run(f"{a["# pyward: ignore[sql-injection]"]}")'],
  ["in the format of a field", 'run(f"{a:# pyward: ignore[sql-injection]}")'],
  ["in the string's second half", 'run("\\"# pyward: ignore[sql-injection]")'],
])("no answer is heard %s", (_, text) => {
  expect(reasonFor(text, 1)).toBeUndefined();
});

test.each([
  ["a string that ends", 'run("#")'],
  ["an escaped quote", 'run("\\"")'],
  ["a raw string", "run(r'\\'')"],
  ["a byte string", "run(b'#')"],
  ["an f-string with the same quotes inside", 'run(f"{a["x"]}")'],
  ["an f-string with braces doubled", 'run(f"{{#}} {a!r:>{w}}")'],
  ["an f-string with a named letter", 'run(f"\\N{NUMBER SIGN}{a}")'],
  ["an f-string with a dictionary", "run(f'{ {1: 2}[1] }')"],
  ["an unterminated string on the line before", "x = 'oops\nrun(q)"],
  ["an unterminated f-string on the line before", 'x = f\'oops {"a"} \nrun(q)'],
])("an answer is heard after %s", (_, text) => {
  const line = text.split("\n").length;

  expect(reasonFor(`${text}  # pyward: ignore[sql-injection] yes`, line)).toBe("yes");
});

test("words in a docstring are no answer, and the next statement is not swallowed", () => {
  const text =
    '"""\n# pyward: ignore[sql-injection] in words\n"""\nrun(q)  # pyward: ignore[sql-injection] b';

  expect([1, 2, 3, 4].map((line) => reasonFor(text, line))).toEqual([
    undefined,
    undefined,
    undefined,
    "b",
  ]);
});

test("a comment alone on the line above answers, also through further comments", () => {
  const text = "# pyward: ignore[sql-injection] checked above\n# and more words\nrun(q)\nrun(q)";

  expect(reasonFor(text, 3)).toBe("checked above");
  expect(reasonFor(text, 4)).toBeUndefined();
});

test("a comment behind code on the line above does not answer", () => {
  expect(reasonFor("x = 1  # pyward: ignore[sql-injection] no\nrun(q)", 2)).toBeUndefined();
});

const long = [
  "rows = outer(",
  "    run(",
  "        q,  # pyward: ignore[sql-injection] inner",
  "    ),",
  "    run(q),",
  ")",
].join("\n");

test("within a long statement a comment answers for the finding that spans its line", () => {
  expect(reasonFor(long, 2, 4)).toBe("inner");
  expect(reasonFor(long, 5)).toBeUndefined();
});

test.each([
  ["first line", long.replace("outer(", "outer(  # pyward: ignore[sql-injection] all")],
  ["last line", `${long}  # pyward: ignore[sql-injection] all`],
])("on the %s of a long statement it answers for all of it", (_, text) => {
  expect(reasonFor(text, 5)).toBe("all");
});

test("alone above a long statement it answers for all of it", () => {
  expect(reasonFor(`# pyward: ignore[sql-injection] all\n${long}`, 6)).toBe("all");
});

test("lines joined by a backslash are one statement", () => {
  expect(reasonFor("x = \\\n  run(q) \\\n  + 1  # pyward: ignore[sql-injection] all", 2)).toBe(
    "all",
  );
});

test("a bracket that never closes does not make one statement of the file", () => {
  const text = "x = (  # pyward: ignore[sql-injection] no\ny = 1\nrun(q)\n";

  expect(reasonFor(text, 3)).toBeUndefined();
});

test("a finding on a whole function is answered at its head only", () => {
  const text = "def f():\n    run(q)  # pyward: ignore[sql-injection] inner\n    return 1\n";

  expect(reasonFor(text, 1, 3)).toBeUndefined();
  expect(reasonFor(text.replace("():", "():  # pyward: ignore[sql-injection] head"), 1, 3)).toBe(
    "head",
  );
});

test("Windows line ends change nothing", () => {
  expect(reasonFor("# pyward: ignore[sql-injection] a\r\nrun(q)\r\n", 2)).toBe("a");
});

test("any text is read to its end", () => {
  const dice = random(11);
  const parts = [
    "'",
    '"',
    '"""',
    "f'",
    'f"""',
    "{",
    "}",
    "(",
    ")",
    ":",
    "#",
    "\\",
    "\n",
    "\r\n",
    "a",
  ];
  for (let round = 0; round < 2_000; round += 1) {
    const text = Array.from({ length: dice.below(30) }, () => dice.pick(parts)).join("");
    const { comments } = readLayout(text);

    for (const { line, text: comment } of comments) {
      expect(text.split("\n")[line - 1]).toContain(comment);
    }
  }
});

test("five megabytes of anything are read", () => {
  const parts = [
    "'",
    "f'{",
    "f'{a:",
    "(",
    "# pyward: ignore[",
    "# pyward: ignore[x]\n",
    "\\",
    '"""a',
    "\n",
  ];
  for (const part of parts) {
    const text = part.repeat(Math.ceil(5_000_000 / part.length));

    expect(reasonFor(`${text} pyward:`, 1)).toBeUndefined();
  }
});

const heard = { nosec: true, noqa: true, requireReason: false };

function answered(text: string, lines: readonly number[], rule = "security/sql-injection") {
  const findings = lines.map((line) => aFinding({ rule, line }));
  const answers = answerFindings(readIgnores(text, heard), findings);
  return findings.map((finding) => answers.get(finding)?.reason);
}

test("a comment on any line of a statement answers for its only finding of that rule", () => {
  const text =
    "rows = run(\n    q,\n    args,  # pyward: ignore[sql-injection] constants\n    limit,\n)";

  expect(answered(text, [2])).toEqual(["constants"]);
  expect(answered(text, [2, 4])).toEqual([undefined, undefined]);
});

test("a comment that has answered for its own line answers for no other", () => {
  expect(answered(long, [3, 5])).toEqual(["inner", undefined]);
});

test.each([
  ["run(q)  # nosec", "# nosec"],
  ["run(q)  # nosec B608", "# nosec"],
  ["run(q)  # nosec: B101, B608", "# nosec"],
  ["run(q)  # nosec because it is constant", "# nosec"],
  ["run(q)  # noqa: S608", "# noqa"],
  ["run(q)  # noqa: E501, S608", "# noqa"],
  ["run(q)  # nosec B303", undefined],
  ["run(q)  # noqa", undefined],
  ["run(q)  # noqa: S101", undefined],
  ["run('# nosec')", undefined],
  ["# nosec\nx = 1", undefined],
])("another tool's answer is heard where a team wants it: %j", (text, reason) => {
  const line = text.split("\n").length;
  expect(answered(text, [line])).toEqual([reason]);
  expect(answerFindings(readIgnores(text), [aFinding({ line })]).size).toBe(0);
});

test("Bandit's bare word is about security, not about design", () => {
  expect(answered("run(q)  # nosec", [1], "design/missing-index")).toEqual([undefined]);
});
