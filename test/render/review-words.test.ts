// What stands on GitHub: comments, the review's own words, the check.

import { expect, test } from "vitest";
import { readTemplates } from "../../src/read-templates.ts";
import { createReviewWords } from "../../src/render/review-words.ts";
import { compileTemplates } from "../../src/render/templates.ts";
import type { Anchor } from "../../src/review/anchor.ts";
import { defaultConfig } from "../../src/review/config.ts";
import { type Decision, readDecision } from "../../src/review/decision.ts";
import { readMarker } from "../../src/review/marker.ts";
import type { Closing } from "../../src/review/plan-closing.ts";
import {
  anEarlierComment,
  aPlace,
  aPlan,
  aProblem,
  aReview,
  aReviewed,
  aRulebook,
  aRulePage,
  links,
} from "../makers.ts";
import { random } from "../random.ts";
import { blocksOf, codeSpansOf, expectHarmless, hostileText, textOf } from "./hostile.ts";

const templates = compileTemplates(await readTemplates());
const words = createReviewWords(templates, aRulebook());

const here = {
  kind: "lines",
  exact: true,
  path: "app.py",
  startLine: 12,
  line: 12,
} as const satisfies Anchor;
const ours = { linksTo: ["https://pyward.example/", "https://github.example/acme/shop/blob/abc/"] };

const step = (line: number, code: string, path = "app.py") => ({
  place: aPlace({ path, line }),
  code,
  words: "becomes part of the text",
});

const withPath = aReviewed({
  line: 12,
  trace: [
    step(9, 'title = request.args["title"]'),
    step(31, "build_query(title)", "shop/queries.py"),
    step(12, "db.execute(query)"),
  ],
});

test("a comment says what can happen, the path, and the way out", () => {
  expect(words.comment({ reviewed: withPath, anchor: here }, links)).toMatchSnapshot();
});

const suggestion = {
  path: "app.py",
  change: {
    startLine: 12,
    endLine: 12,
    before: ["    db.execute(query)"],
    after: ["    db.execute(query, (title,))  # ``` and @octocat"],
  },
  imports: [],
  edits: [],
};

test("a fix on lines of the change is a suggestion that can be committed", () => {
  const reviewed = { ...withPath, suggestion };

  expect(
    words.comment({ reviewed, anchor: here, offer: suggestion.change }, links),
  ).toMatchSnapshot();
});

test("a fix that needs an import is a diff to read", () => {
  const added = { startLine: 1, endLine: 0, before: [], after: ["import secrets"] };
  const reviewed = { ...withPath, suggestion: { ...suggestion, imports: [added] } };

  expect(words.comment({ reviewed, anchor: here }, links)).toMatchSnapshot();
});

test("a finding that stands elsewhere says so first", () => {
  const anchor: Anchor = { ...here, exact: false, path: "views.py" };

  expect(words.comment({ reviewed: withPath, anchor }, links)).toMatchSnapshot();
});

test("in the same file the line is enough, and a matter of design is not called dangerous", () => {
  const reviewed = aReviewed({ rule: "design/missing-index", line: 12, trace: [] });

  const comment = words.comment({ reviewed, anchor: { kind: "file", path: "app.py" } }, links);

  expect(textOf(comment)).toContain("This change concerns line 12:");
});

test("a long path is told by its beginning and its end", () => {
  const trace = Array.from({ length: 12 }, (_, index) => step(index + 1, `step_${index + 1}()`));

  const comment = words.comment({ reviewed: aReviewed({ trace }), anchor: here }, links);

  expect(codeSpansOf(comment).filter((code) => code.startsWith("step_"))).toEqual([
    "step_1()",
    "step_2()",
    "step_3()",
    "step_10()",
    "step_11()",
    "step_12()",
  ]);
  expect(textOf(comment)).toContain("6 more");
});

test("the ignore comment names the rule in full where its last word is not its own", () => {
  const pages = [aRulePage(), aRulePage({ name: "design/sql-injection" })];
  const reviewed = aReviewed({ rule: "design/sql-injection" });

  const comment = createReviewWords(templates, aRulebook(pages)).comment(
    { reviewed, anchor: here },
    links,
  );

  expect(codeSpansOf(comment)).toContain("# pyward: ignore[design/sql-injection] why");
});

test("a comment begins with the marker by which it is known again", () => {
  const reviewed = aReviewed({ fingerprint: "0123456789abcdef" });

  expect(readMarker(words.comment({ reviewed, anchor: here }, links))).toEqual({
    fingerprint: "0123456789abcdef",
    rule: "security/sql-injection",
    standing: "open",
  });
});

test("the words above the comments are a sentence or two", () => {
  const one = { reviewed: withPath, anchor: here };
  const before = { reviewed: withPath, earlier: anEarlierComment() };
  const title = "3 new findings, 1 must be fixed";
  const body = (given: Parameters<typeof aPlan>[0]) =>
    words.body(aPlan({ title, ...given }), aReview(), links);

  expect(body({ say: [one] })).toBe("3 new findings, 1 must be fixed.");
  expect(body({ say: [one], summaryOnly: [withPath, withPath] })).toBe(
    "3 new findings, 1 must be fixed. 2 findings are told in the check's summary only.",
  );
  expect(body({ say: [one], leave: [before, before] })).toBe(
    "1 more finding since the last review; 2 told before are still there.",
  );
});

test("the check tells the new findings, the counts and what was looked at", () => {
  const mild = aReviewed({
    rule: "design/missing-index",
    severity: "medium",
    line: 40,
    path: "models.py",
  });
  const review = aReview({
    existing: [aReviewed(), aReviewed()],
    suppressed: [
      { ...aReviewed({ line: 3 }), reason: "test data" },
      { ...aReviewed({ line: 5 }), reason: "" },
    ],
    problems: [
      aProblem(),
      aProblem({
        path: "old.py",
        kind: "syntax-error",
        line: 7,
        message: "The file does not parse: `print x`.",
      }),
    ],
    coverage: { changedFiles: 14, pythonFiles: 9, contextFiles: 61 },
  });
  const plan = aPlan({
    told: [withPath, mild],
    blocking: 1,
    title: "2 new findings, 1 must be fixed",
  });

  expect(words.check(review, plan, links, { seconds: 0.42 })).toMatchSnapshot();
});

test.each([
  ["nothing to say", aReview(), "1 Python file changed."],
  [
    "context and time",
    aReview({ coverage: { changedFiles: 3, pythonFiles: 2, contextFiles: 61 } }),
    "2 Python files changed, 61 read for context.",
  ],
  [
    "old findings",
    aReview({ existing: [aReviewed()] }),
    "1 finding was here before.\n\n1 Python file changed.",
  ],
  [
    "no Python",
    aReview({ coverage: { changedFiles: 3, pythonFiles: 0, contextFiles: 0 } }),
    "3 files changed, no Python file to read.",
  ],
])("a check with %s is short", (_, review, summary) => {
  expect(words.check(review, aPlan(), links)).toEqual({
    title: "No new findings",
    summary,
    annotations: [],
  });
});

test("annotations are failures where they block, and five hundred at most", () => {
  const told = Array.from({ length: 800 }, (_, index) =>
    aReviewed({ line: index + 1, severity: index < 2 ? "high" : index < 4 ? "medium" : "low" }),
  );

  const { annotations } = words.check(aReview(), aPlan({ told, blocking: 2 }), links);

  expect(annotations).toHaveLength(500);
  expect(annotations.slice(0, 5).map(({ level }) => level)).toEqual([
    "failure",
    "failure",
    "warning",
    "warning",
    "notice",
  ]);
});

test("the words that do not depend on a review", () => {
  expect({
    inProgress: words.inProgress(),
    failed: words.apology(),
    outOfTime: words.apology("out-of-time"),
    superseded: words.superseded("abc1234def"),
    help: words.help(),
    nearly: words.unknownCommand({ name: "unknown", word: "revew", meant: "review" }),
    unknown: words.unknownCommand({ name: "unknown", word: "@octocat`", meant: undefined }),
    refusal: words.refusal("review", defaultConfig.commands),
    notAllowed: words.refusal("ignore", defaultConfig.commands),
  }).toMatchSnapshot();
});

test("hostile code, names and reasons change nothing but the words shown", () => {
  const dice = random(2);
  const calm = everything(() => "calm");
  for (let round = 0; round < 400; round += 1) {
    const hostile = everything(() => `a${hostileText(dice)}`);

    expectHarmless(withoutMarker(hostile.comment), ours);
    expect(blocksOf(hostile.comment)).toEqual(blocksOf(calm.comment));
    for (const name of ["several", "back", "ended"] as const) {
      const shown = withoutMarkers(hostile[name]);
      expectHarmless(shown, ours);
      expect(blocksOf(shown)).toEqual(blocksOf(withoutMarkers(calm[name])));
    }
    for (const name of ["ignored", "fixed", "inCode", "note", "withdrawn"] as const) {
      const shown = withoutMarkers(hostile[name]);
      expectHarmless(shown, ours);
      expect(blocksOf(shown)).toEqual(blocksOf(withoutMarkers(calm[name])));
      expect(readDecision(hostile[name])?.by).toBe(readDecision(calm[name]) && hostile.by);
    }
    expectHarmless(hostile.check.summary, ours);
    expect(blocksOf(hostile.check.summary)).toEqual(blocksOf(calm.check.summary));
    for (const { title, message } of hostile.check.annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
  }
});

test("GitHub's limits hold for the longest names and the most findings", () => {
  const path = `${"é@|".repeat(1_300)}.py`;
  const message = "`@|` @ $ < ".repeat(10_000);
  const trace = Array.from({ length: 300 }, () => step(1, "@|`".repeat(5_000), path));
  const told = Array.from({ length: 3_000 }, () => aReviewed({ path, message, trace }));
  const problems = told.map(() => aProblem({ path, message }));
  const suppressed = told.map((reviewed) => ({ ...reviewed, reason: message }));
  const [reviewed] = told;
  if (reviewed === undefined) throw new Error("a finding is needed");

  const comment = words.comment({ reviewed, anchor: { ...here, exact: false } }, links);
  const { summary, annotations } = words.check(
    aReview({ problems, suppressed }),
    aPlan({ told, title: "3000 new findings" }),
    links,
  );

  expect(comment.length).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
  expect(summary).toMatch(/…and \d+ more\./u);
  for (const annotation of annotations) {
    expect(Buffer.byteLength(annotation.message)).toBeLessThanOrEqual(64 * 1024);
  }
});

test("many short findings are cut between rows", () => {
  const told = Array.from({ length: 2_000 }, (_, index) => aReviewed({ line: index + 1 }));

  const { summary } = words.check(aReview(), aPlan({ told }), links);
  const rows = summary.split("\n").filter((line) => line.startsWith("| high |"));

  expect(rows.every((row) => row.endsWith(" |"))).toBe(true);
  expect(summary).toContain(`…and ${2_000 - rows.length} more.`);
});

/** A comment and a check in which every text that is not ours comes from `write`. */
function everything(write: () => string) {
  const reviewed = aReviewed({
    path: `${write()}/x.py`,
    message: `\`${write().replaceAll("`", "'")}\` is ${write()}.`,
    trace: [
      step(1, write()),
      step(2, write(), `${write()}/y.py`),
      { ...step(3, ""), words: write() },
    ],
  });
  const named = createReviewWords(templates, aRulebook([aRulePage({ title: write() })]));
  const review = aReview({
    suppressed: [{ ...reviewed, reason: write() }],
    problems: [aProblem({ path: write(), message: write() })],
  });
  const decision: Decision = {
    subject: { kind: "finding", fingerprint: "0".repeat(16), rule: "security/x", path: write() },
    number: 1,
    by: write(),
    at: "2026-01-02T03:04:05Z",
    reason: write(),
  };
  const comment = named.comment({ reviewed, anchor: { ...here, exact: false } }, links);
  const close = (body: string, closing: Closing) =>
    named.closedComment({ earlier: anEarlierComment({ body }), closing, endsThread: true }, "abc");
  const ignored = close(comment, { kind: "ignored", decision });
  const leave = [
    { reviewed, earlier: anEarlierComment({ isResolved: true, resolvedBy: write() }) },
  ];
  const plan = aPlan({ told: [reviewed], leave, ignored: [{ reviewed, decision }] });
  // A tab is itself in code.
  const offer = { ...suggestion.change, after: [`x = ${write().replaceAll("\t", " ")}`] };
  const other = aReviewed({ path: write(), line: 13, message: write() });
  const told = { reviewed, anchor: here, also: [other] };
  const several = named.comment({ ...told, offer }, links);
  return {
    by: decision.by,
    several,
    back: named.reopened({ ...told, earlier: anEarlierComment({ path: write() }) }, "abc", links),
    ended: close(several, { kind: "fixed" }),
    comment,
    ignored,
    fixed: close(ignored, { kind: "fixed" }),
    inCode: close(comment, { kind: "ignored-in-code", reason: write() }),
    note: named.note(decision),
    withdrawn: named.withdrawn(decision, write()),
    check: named.check(review, plan, links),
  };
}

/** As it is without what is ours: hidden lines stand first; what looks like one further down was written by others. */
function withoutMarkers(comment: string): string {
  const shown = comment.replace(/^(?:<!-- pyward:[^\n]* -->\n){1,2}/u, "");
  // One line is struck through, by us and as a whole.
  return shown.replace(/^~~(.+)~~$/mu, "$1");
}

function withoutMarker(comment: string): string {
  return comment.slice(comment.indexOf("\n") + 1);
}

test("a closed comment keeps what it said, under a headline that is struck through", () => {
  const body = words.comment({ reviewed: withPath, anchor: here }, links);
  const closed = { earlier: anEarlierComment({ body }), endsThread: true };

  const fixed = words.closedComment({ ...closed, closing: { kind: "fixed" } }, "abc1234def");

  expect(fixed).toMatchSnapshot();
  expect(readMarker(fixed)?.standing).toBe("fixed");
});

test("a closed comment offers nothing to commit any more, whatever the suggestion holds", () => {
  const after = ['text = """', "```suggestion", "", "````", "b"];
  const offer = { ...suggestion.change, after };
  const closed = (body: string) =>
    words.closedComment(
      { earlier: anEarlierComment({ body }), endsThread: true, closing: { kind: "fixed" } },
      "abc1234def",
    );

  const body = words.comment({ reviewed: withPath, anchor: here, offer }, links);

  expect(body).toContain("`````suggestion\n");
  expect(closed(body)).toBe(closed(words.comment({ reviewed: withPath, anchor: here }, links)));
});

test("a comment that is closed twice has one reason, the last one", () => {
  const body = words.comment({ reviewed: withPath, anchor: here }, links);
  const ignored: Closing = { kind: "ignored-in-code", reason: "test data" };
  const close = (given: string, closing: Closing) =>
    words.closedComment(
      { earlier: anEarlierComment({ body: given }), closing, endsThread: true },
      "abc1234def",
    );

  const twice = close(close(body, ignored), { kind: "fixed" });

  expect(twice).toBe(close(body, { kind: "fixed" }));
});

test("a comment that came back says in which commit", () => {
  const earlier = anEarlierComment({ fingerprint: "f".repeat(16) });

  const back = words.reopened({ reviewed: withPath, anchor: here, earlier }, "abc1234def", links);

  expect(textOf(back)).toContain("Back in abc1234.");
  expect(readMarker(back)?.fingerprint).toBe("f".repeat(16));
});

test("a decision is read from our hidden lines only, and comes back as it was", () => {
  const decision: Decision = {
    subject: { kind: "rule", rule: "security/sql-injection" },
    ...{ number: 1, by: "octocat", at: "2026-01-02T03:04:05Z", reason: "--> <!-- ✓ @acme" },
  };

  expect(readDecision(words.note(decision))).toEqual(decision);
  expect(readDecision(`text\n${words.note(decision)}`)).toBeUndefined();
  expect(readDecision(words.withdrawn(decision, "mona"))).toBeUndefined();
});
