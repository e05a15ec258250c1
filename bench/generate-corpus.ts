// A shop of as many files as asked for: models, queries and views that import each other across files,
// a third of them with a fault. The same number gives the same files.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes `count` files below `folder`, fifty to an application. */
export function generateCorpus(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, "shop", `app_${Math.floor(index / 50)}`, `${nameOf(index)}.py`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(index));
  }
}

const kinds = ["models", "queries", "views"] as const;

function nameOf(index: number): string {
  return `${kinds[index % 3]}_${index}`;
}

/** Each kind leans on the file before it; the first of an application stands alone. */
function textOf(index: number): string {
  const before = index % 50 === 0 ? undefined : `from .${nameOf(index - 1)} import *\n`;
  const functions = Array.from({ length: 8 }, (_, part) => bodyOf(index, part));
  return `import json\nimport os\nimport sqlite3\nfrom flask import Blueprint, request\n${before ?? ""}\n\n${functions.join("\n\n")}`;
}

function bodyOf(index: number, part: number): string {
  const name = `${index}_${part}`;
  switch (index % 3) {
    case 0:
      return `class Order_${name}:\n    table = "orders_${name}"\n\n    def __init__(self, number, lines=None):\n        self.number = number\n        self.lines = lines or []\n\n    def total(self):\n        amount = 0\n        for line in self.lines:\n            if line.get("price") is not None:\n                amount += line["price"] * line.get("count", 1)\n        return amount\n`;
    case 1:
      return `def find_${name}(number, limit=50):\n    connection = sqlite3.connect(os.environ.get("DB", "shop.db"))\n    query = "SELECT * FROM orders_${name} WHERE number = ?"\n    try:\n        rows = connection.execute(query, (number,)).fetchall()\n    finally:\n        connection.close()\n    return [json.loads(row[1]) for row in rows[:limit]]\n`;
    default:
      return `pages_${name} = Blueprint("pages_${name}", __name__)\n\n\n@pages_${name}.get("/orders/${name}")\ndef show_${name}():\n    number = request.args.get("number", "")\n    if not number.isdigit():\n        return {"error": "no number"}\n    connection = sqlite3.connect("shop.db")\n    rows = connection.execute(${
        part === 0
          ? 'f"SELECT * FROM orders WHERE city = \'{request.args["city"]}\'"'
          : '"SELECT * FROM orders WHERE number = ?", (number,)'
      }).fetchall()\n    return {"orders": rows, "count": len(rows)}\n`;
  }
}
