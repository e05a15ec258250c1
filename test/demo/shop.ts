// The bundled pull request: a small shop's history as folders, and what Pyward has to say of it.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Path -> content of the files that a commit adds or changes. */
export type CommitFiles = Readonly<Record<string, string>>;

export interface Expected {
  readonly rule: string;
  readonly path: string;
  /** The line's own text, without its indentation. */
  readonly code: string;
}

const folder = fileURLToPath(new URL("shop/", import.meta.url));

export const shop = {
  repository: "paper-and-ink",
  owner: "acme",
  author: "mia",
  title: "Search, reviews, order history, and baskets that survive",
  body: "Customers can search products and write reviews. A basket is kept in a cookie, and can be filled from a shopping list.",
  base: { message: "A shop with customers, products and orders", files: readCommit("1-base") },
  change: {
    message: "Add search, reviews, order history and baskets",
    files: readCommit("2-change"),
  },
  fix: { message: "Follow the review", files: readCommit("3-fix") },
} as const;

/**
 * What the change introduces, and all of it: each fault has a guarded twin beside it (a bound
 * parameter and a column from an allow-list, `yaml.safe_load`, a call handed to a thread, an
 * indexed column), of which nothing may be said.
 */
export const expected: readonly Expected[] = [
  {
    rule: "design/missing-index",
    path: "shop/models.py",
    code: 'product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))',
  },
  {
    rule: "security/unsafe-deserialization",
    path: "shop/routes/baskets.py",
    code: "basket = pickle.loads(base64.b64decode(saved))",
  },
  {
    rule: "design/sync-database-in-async",
    path: "shop/routes/orders.py",
    code: "return db.scalars(past).all()",
  },
  {
    rule: "security/sql-injection",
    path: "shop/routes/products.py",
    code: "return db.execute(text(query)).mappings().all()",
  },
];

function readCommit(name: string): CommitFiles {
  const root = join(folder, name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}
