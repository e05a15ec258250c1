import { expect, test } from "vitest";
import { highlightPython } from "../../src/render/highlight-python.ts";
import { readPythonExample } from "../../src/render/python-example.ts";

test("an announcement becomes a note and leaves the code of its line", () => {
  const [line] = readPythonExample({
    path: "bad.py",
    text: "rows = run(query)  # finding: bind it\n",
  });

  expect(line?.html).toBe("rows = run(query)");
  expect(line?.notes).toEqual([{ kind: "finding", html: "reported: bind it" }]);
  expect(line?.mark).toBe("finding");
});

test("code in a note stands as code", () => {
  const [line] = readPythonExample({ path: "bad.py", text: "run(q)  # finding: `q` is text" });

  expect(line?.notes[0]?.html).toBe("reported: <code>q</code> is text");
});

test("one line may announce two things, and is marked by the graver", () => {
  const [line] = readPythonExample({
    path: "bad.py",
    text: "run(input())  # source # finding: bind it",
  });

  expect(line?.notes.map(({ kind }) => kind)).toEqual(["source", "finding"]);
  expect(line?.mark).toBe("finding");
});

test("the four words within a string or an ordinary comment announce nothing", () => {
  const lines = readPythonExample({
    path: "bad.py",
    text: 'a = "# finding: no"\nb = 1  # the finding: no\nc = 2  # sources are many\n',
  });

  expect(lines.flatMap(({ notes }) => notes)).toEqual([]);
  expect(lines[0]?.html).toContain("# finding: no");
});

test("code stays text: markup in an example or its notes is escaped", () => {
  const [line] = readPythonExample({
    path: "bad.py",
    text: 'x = "<img src=x>"  # finding: <script>alert(1)</script>',
  });

  expect(line?.html).not.toContain("<img");
  expect(line?.notes[0]?.html).toBe("reported: &lt;script&gt;alert(1)&lt;/script&gt;");
});

test("a string over several lines keeps its colour, and every line closes what it opens", () => {
  const lines = highlightPython('def f():\n    """One\n    two\n    """\n    return f"{f()} x"\n');

  expect(lines[2]).toBe('<span class="hljs-string">    two</span>');
  for (const line of lines) {
    expect(line.match(/<span/gu)?.length ?? 0).toBe(line.match(/<\/span>/gu)?.length ?? 0);
  }
});
