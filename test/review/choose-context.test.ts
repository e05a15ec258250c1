// Which files a change is understood by: near ones first, and never more than there is room for.

import { expect, test } from "vitest";
import { readImports } from "../../src/python/read-imports.ts";
import { type ContextLimits, chooseContext } from "../../src/review/choose-context.ts";
import { aChange, aChangedFile } from "../makers.ts";

/** More files than are read without asking what they have to do with the change. */
const crowd = Object.fromEntries(
  Array.from({ length: 200 }, (_, index) => [`far/m${index}.py`, "x = 1\n"]),
);

function choose(
  changed: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
  limits?: ContextLimits,
) {
  const change = aChange(
    Object.entries(changed).map(([path, headText]) => aChangedFile({ path, headText })),
  );
  const candidates = Object.entries(others).map(([path, text]) => {
    return { path, text, imports: readImports(text) };
  });
  const { files, left } = chooseContext(change, candidates, limits);
  return { files: files.map(({ path }) => path), left };
}

test("a small project is read whole, beside what changes itself", () => {
  const chosen = choose({ "a.py": "" }, { "a.py": "old", "b.py": "", "deep/c.py": "" });

  expect(chosen).toEqual({ files: ["b.py", "deep/c.py"], left: [] });
});

test("what tells of the database goes along, however large the project is", () => {
  const chosen = choose(
    { "src/shop/models.py": "" },
    {
      ...crowd,
      "compose.yml": "",
      "pyproject.toml": "",
      "requirements/base.txt": "",
      "poetry.lock": "",
      "mkdocs.yml": "",
      "src/shop/migrations/0001.sql": "",
      "tests/rows.sql": "",
      "dump.sql": "x".repeat(100_000),
    },
  );

  expect(chosen.files).toEqual([
    "compose.yml",
    "pyproject.toml",
    "requirements/base.txt",
    "src/shop/migrations/0001.sql",
  ]);
});

test("a change of SQL alone is understood by the code around it", () => {
  const chosen = choose({ "migrations/0002.sql": "" }, { "app/models.py": "", "app/views.py": "" });

  expect(chosen.files).toEqual(["app/models.py", "app/views.py"]);
});

test("of a large one, imports are followed as the engine resolves them", () => {
  const chosen = choose(
    {
      "src/shop/views.py":
        "from .db import session\nfrom shop import (\n  mail,  # why\n  tax as t\n)\n",
    },
    {
      ...crowd,
      "src/shop/__init__.py": "",
      "src/shop/db.py": "import os\nfrom shop.engine import engine\n",
      "src/shop/engine.py": "",
      "src/shop/mail.py": "",
      "src/shop/tax.py": "",
      "src/shop/unused.py": "",
      "far/os.py": "",
    },
  );

  expect(chosen.files).toEqual([
    "src/shop/__init__.py",
    "src/shop/db.py",
    "src/shop/engine.py",
    "src/shop/mail.py",
    "src/shop/tax.py",
  ]);
});

test("who calls a changed helper is found through two files, and what those import", () => {
  const chosen = choose(
    { "app/text.py": "" },
    {
      ...crowd,
      "app/service.py": "import app.text\n",
      "app/routes.py": "from app import service, forms\n",
      "app/forms.py": "",
      "tests/test_text.py": "from app import text\n",
    },
  );

  expect(chosen.files).toEqual(["app/forms.py", "app/routes.py", "app/service.py"]);
});

test("migrations beside a changed one, and what tells of the database, are seen", () => {
  const chosen = choose(
    { "alembic/versions/b2_index.py": "" },
    {
      ...crowd,
      "alembic/versions/a1_begin.py": "",
      "app/models/user.py": "",
      "app/settings.py": "",
      "other/migrations/0001_initial.py": "",
    },
  );

  expect(chosen.files).toEqual([
    "alembic/versions/a1_begin.py",
    "app/models/user.py",
    "app/settings.py",
  ]);
});

test("a removed file is looked for by those who still import it", () => {
  const change = aChange([
    aChangedFile({ path: "app/gone.py", status: "removed", headText: undefined, baseText: "" }),
  ]);
  const text = "from app.gone import x\n";
  const candidates = [...Object.entries({ ...crowd, "app/still.py": text })].map(
    ([path, text]) => ({ path, text, imports: readImports(text) }),
  );

  expect(chooseContext(change, candidates).files.map(({ path }) => path)).toEqual(["app/still.py"]);
});

test("where room is short the nearest come first, and the others are named", () => {
  const others = {
    ...crowd,
    "app/a.py": "import app.api.text\n",
    "app/api/b.py": "import app.api.text\n",
    "lib/c.py": "import app.api.text\n",
  };

  const chosen = choose({ "app/api/text.py": "" }, others, { files: 2, characters: 1_000 });

  expect(chosen).toEqual({ files: ["app/a.py", "app/api/b.py"], left: ["lib/c.py"] });
});

test("a change without Python needs nothing", () => {
  expect(choose({ "README.md": "" }, { "a.py": "" })).toEqual({ files: [], left: [] });
});

test.each([
  "from a import (".repeat(20_000),
  `${"from ".repeat(10)}${" ".repeat(200_000)}`,
  "from a import (\n".repeat(20_000),
  `import ${"a, ".repeat(100_000)}`,
])("hostile texts are read in no time (%#)", (text) => {
  expect(readImports(text).length).toBeLessThan(100_001);
});
