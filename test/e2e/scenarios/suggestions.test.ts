// 1.3 and 2.11, suggestions: only what is sure to mend the fault, on lines that a click replaces whole.

import { expect } from "vitest";
import { loadEngine } from "../../../src/load-engine.ts";
import type { ThreadView } from "../../github-emulator/view.ts";
import { scenarios, viewOf } from "./scenario.ts";

const engine = await loadEngine();

const shop = `import sqlite3

import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/books")
def books():
    title = request.args["title"]
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute(f"SELECT * FROM book WHERE title = '{title}'")
    return {"books": cursor.fetchall()}


@app.get("/rates")
def rates():
    return requests.get("https://rates.example.org", verify=False).json()
`;

/** Does what a person does who presses "Commit suggestion" in a thread. */
function suggestionIn(thread: ThreadView) {
  const body = thread.comments[0]?.body ?? "";
  const [, suggested] = /^```suggestion\n([\s\S]*?)\n```$/mu.exec(body) ?? [];
  const { line } = thread;
  if (suggested === undefined || line === undefined) return undefined;
  const start = thread.startLine ?? line;
  return { start, end: line, lines: suggested.split("\n") };
}

scenarios(
  (scenario) => {
    scenario(
      "2.11 wrong suggestions: each, once committed, is clean, and none is offered twice",
      async (stage) => {
        const pull = await stage.open({ "README.md": "# Shop\n" }, { "shop.py": shop });
        const offers = pull.view.threads.map(suggestionIn);
        const given = offers.filter((offer) => offer !== undefined);
        expect(given.length).toBeGreaterThanOrEqual(2);
        // From the bottom up, so that lines keep their numbers; no two want the same line.
        const sorted = given.toSorted((a, b) => b.start - a.start);
        for (const [index, { end }] of sorted.slice(1).entries()) {
          expect(end).toBeLessThan(sorted[index]?.start ?? 0);
        }
        const lines = shop.split("\n");
        for (const { start, end, lines: after } of sorted) {
          lines.splice(start - 1, end - start + 1, ...after);
        }
        stage.count();

        const { check } = await stage.push(pull, { "shop.py": lines.join("\n") });

        expect(check.conclusion).toBe("success");
        const { threads, said, below } = await stage.page(pull);
        expect({ said, below }).toEqual({ said: 0, below: [] });
        expect(threads.every((thread) => thread.includes("fixed"))).toBe(true);
        const { threads: shown } = await viewOf(stage.world, pull.repository, pull.number);
        for (const { comments } of shown) expect(comments[0]?.body).not.toContain("suggestion\n");
      },
    );

    scenario("1.3 suggestions: two faults of one line are mended by one", async (stage) => {
      const pull = await stage.open({ "README.md": "# Shop\n" }, { "shop.py": shop });

      const body = pull.view.threads.find(({ line }) => line === 19)?.comments[0]?.body ?? "";
      expect(body).toContain(
        '```suggestion\n    return requests.get("https://rates.example.org", timeout=10).json()\n```',
      );
      expect(body.match(/```suggestion/gu)).toHaveLength(1);
      expect((await stage.page(pull)).said).toBe(1);
    });
  },
  { engine },
);
