// `pyward explain --why`: how its arguments are understood.

import { expect, test } from "vitest";
import { aFolder } from "./git-folder.ts";
import { runPyward } from "./run-pyward.ts";

test.each([
  { args: ["--why", "a.py"], words: '--why: "a.py" is no FILE:LINE, such as shop/views.py:14.' },
  { args: ["--why", "a.py:0"], words: '"a.py:0" is no FILE:LINE' },
  { args: ["--why", "a.py:x"], words: '"a.py:x" is no FILE:LINE' },
  { args: ["--why", "b.py:1"], words: "b.py does not exist." },
  { args: ["--why", "a.txt:1"], words: "a.txt is no Python file" },
  { args: ["--why", "a.py:99"], words: "--why: a.py has 3 lines only." },
  { args: ["--why", "a.py:1", "nowhere"], words: "nowhere does not exist." },
  { args: [], words: "Give a rule, or --why FILE:LINE." },
])("$args is a mistake that is told in one sentence", async ({ args, words }) => {
  using folder = aFolder({ "a.py": "x = 1\ny = 2\n", "a.txt": "x\n" });

  const { code, stdout, stderr } = await runPyward(["explain", ...args], { cwd: folder.path });

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(words);
});
