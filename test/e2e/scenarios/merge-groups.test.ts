// 1.1 and 2.6, merge groups: two changes, each of which is fine, may be dangerous together.

import { expect } from "vitest";
import { loadEngine } from "../../../src/load-engine.ts";
import { groupRun, scenarios } from "./scenario.ts";

const engine = await loadEngine();

const books = (query: string) => `import sqlite3


def find_books(title):
    return sqlite3.connect("shop.db").execute(${query})
`;
const safe = books('"SELECT * FROM book WHERE title = ?", (title,)');
const unsafe = books(`"SELECT * FROM book WHERE title = '" + title + "'"`);

const views = `from flask import Flask, request

from shop.books import find_books

app = Flask(__name__)


@app.get("/books")
def show_books():
    return list(find_books(request.args["title"]))
`;

scenarios(
  (scenario) => {
    scenario(
      "2.6 merge queues: what only the group brings together fails its check, and nothing is said",
      async (stage) => {
        const before = { "shop/__init__.py": "", "shop/books.py": safe };
        const pull = await stage.open(before, { "shop/views.py": views });
        await stage.land(pull, { "shop/books.py": unsafe });

        const group = await stage.world.github.queueForMerge({ ...pull, by: "acme" });

        const run = await groupRun(stage, pull, group.headSha);
        expect(run?.conclusion).toBe("failure");
        expect(run?.annotations).toMatchObject([{ path: "shop/books.py", start_line: 5 }]);
        expect(await stage.page(pull)).toEqual({
          ...{ checks: ["success: No new findings"], threads: [], below: [], said: 0 },
        });
      },
    );
  },
  { engine },
);
