import { expect, test } from "vitest";
import { readDiffRows } from "./diff-rows.ts";
import { rewriteFileLink } from "./file-page.ts";
import { aCheck, aFile, aThread, aView } from "./makers.ts";
import { renderPullRequest } from "./pull-request-page.ts";

const around = { canFix: false, rewriteLink: (link: string) => link };

test("rows carry the numbers of both sides, and a thread stands at its line", () => {
  const thread = aThread({ line: 3 });
  const rows = readDiffRows(aFile(), [thread]);

  expect(rows.map(({ kind, oldLine, newLine }) => [kind, oldLine, newLine])).toEqual([
    ["hunk", "", ""],
    ["context", 1, 1],
    ["removed", 2, ""],
    ["added", "", 2],
    ["added", "", 3],
    ["context", 3, 4],
  ]);
  expect(rows.filter((row) => row.threads.includes(thread)).map((row) => row.newLine)).toEqual([3]);
});

test("the note about a missing last line break is no row", () => {
  const rows = readDiffRows(
    aFile({ patch: "@@ -0,0 +1 @@\n+x\n\\ No newline at end of file" }),
    [],
  );

  expect(rows).toHaveLength(2);
});

test("a thread whose comment was hidden says as what", () => {
  const thread = aThread();
  const comments = thread.comments.map((comment) => ({ ...comment, minimized: "resolved" }));
  const html = renderPullRequest(
    aView({ files: [aFile()], threads: [{ ...thread, comments }] }),
    around,
  );

  expect(html).toContain("Comment on line 3 · marked as resolved");
});

test("a thread that is outdated, or on the file, is shown above the diff", () => {
  const html = renderPullRequest(
    aView({
      files: [aFile()],
      threads: [
        aThread({ id: "T1", line: undefined, isOutdated: true, isResolved: true, body: "gone" }),
        aThread({ id: "T2", subject: "file", line: undefined, body: "whole" }),
      ],
    }),
    around,
  );

  expect(html).toContain("Comment on line 3 · outdated · resolved");
  expect(html).toContain("Comment on the file");
  expect(html.indexOf("gone")).toBeLessThan(html.indexOf('<div class="scroll"'));
});

test("what stands in a pull request is text on the page", () => {
  const html = renderPullRequest(
    aView({
      title: "<script>1</script>",
      body: "<script>2</script>",
      files: [aFile({ path: "<b>.py", patch: "@@ -0,0 +1 @@\n+<script>3</script>" })],
      checkRuns: [aCheck({ title: "<script>4</script>", summary: "<script>5</script>" })],
      threads: [aThread({ path: "<b>.py", line: 1, body: "<script>6</script>" })],
    }),
    around,
  );

  expect(html).not.toContain("<script");
  expect(html).not.toContain("<b>.py");
});

test("a link to lines on GitHub leads to the file in the demo", () => {
  const repository = "http://github.test/acme/shop";

  expect(rewriteFileLink(`${repository}/blob/abc/a%20b/c.py#L9-L12`, repository)).toBe(
    "/file?commit=abc&path=a+b%2Fc.py#L9",
  );
  expect(rewriteFileLink("https://docs.python.org/3/", repository)).toBe(
    "https://docs.python.org/3/",
  );
});
