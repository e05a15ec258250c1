// Which frameworks and libraries a rule's page speaks of, so that one can search by them.

import type { RulePage } from "../analysis/rulebook.ts";

/** Names as their makers write them, and the packages one imports. */
const frameworks: readonly (readonly [name: string, packages: readonly string[]])[] = [
  ["aiohttp", ["aiohttp"]],
  ["Celery", ["celery"]],
  ["Django", ["django"]],
  ["Django REST framework", ["rest_framework"]],
  ["FastAPI", ["fastapi"]],
  ["Flask", ["flask"]],
  ["HTTPX", ["httpx"]],
  ["Jinja", ["jinja2"]],
  ["lxml", ["lxml"]],
  ["psycopg", ["psycopg", "psycopg2"]],
  ["pydantic", ["pydantic", "pydantic_settings"]],
  ["PyMongo", ["pymongo", "motor"]],
  ["Pyramid", ["pyramid"]],
  ["Quart", ["quart"]],
  ["Redis", ["redis"]],
  ["Requests", ["requests"]],
  ["Sanic", ["sanic"]],
  ["SQLAlchemy", ["sqlalchemy"]],
  ["Starlette", ["starlette"]],
  ["Tornado", ["tornado"]],
];

const imported = /^\s*(?:from|import)\s+(\w+)/gmu;

/** In the order of the alphabet: those that the text names or an example imports. */
export function frameworksOf({ body, bad, good }: RulePage): readonly string[] {
  const text = body.replace(/^## Read more$[\s\S]*/mu, "").toLowerCase();
  const packages = new Set(
    [...bad, ...good].flatMap(({ text }) => [...text.matchAll(imported)].map((match) => match[1])),
  );
  return frameworks
    .filter(
      ([name, names]) =>
        new RegExp(`(?<![\\w-])${name.toLowerCase()}(?![\\w-])`, "u").test(text) ||
        names.some((one) => packages.has(one)),
    )
    .map(([name]) => name);
}
