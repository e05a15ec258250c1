// Which frameworks and libraries a rule's page speaks of, so that one can search by them.

import type { RulePage } from "../analysis/rulebook.ts";

interface Framework {
  /** As its makers write it. */
  readonly name: string;
  /** What one imports. */
  readonly packages: readonly string[];
  /** Whether visitors' requests come in through it. */
  readonly isWeb?: boolean;
}

const frameworks: readonly Framework[] = [
  { name: "aiohttp", packages: ["aiohttp"], isWeb: true },
  { name: "Celery", packages: ["celery"] },
  { name: "Django", packages: ["django"], isWeb: true },
  { name: "Django REST framework", packages: ["rest_framework"], isWeb: true },
  { name: "FastAPI", packages: ["fastapi"], isWeb: true },
  { name: "Flask", packages: ["flask"], isWeb: true },
  { name: "HTTPX", packages: ["httpx"] },
  { name: "Jinja", packages: ["jinja2"] },
  { name: "lxml", packages: ["lxml"] },
  { name: "psycopg", packages: ["psycopg", "psycopg2"] },
  { name: "pydantic", packages: ["pydantic", "pydantic_settings"] },
  { name: "PyMongo", packages: ["pymongo", "motor"] },
  { name: "Pyramid", packages: ["pyramid"], isWeb: true },
  { name: "Quart", packages: ["quart"], isWeb: true },
  { name: "Redis", packages: ["redis"] },
  { name: "Requests", packages: ["requests"] },
  { name: "Sanic", packages: ["sanic"], isWeb: true },
  { name: "SQLAlchemy", packages: ["sqlalchemy"] },
  { name: "Starlette", packages: ["starlette"], isWeb: true },
  { name: "Tornado", packages: ["tornado"], isWeb: true },
];

const imported = /^\s*(?:from|import)\s+(\w+)/gmu;

/**
 * In the order of the alphabet: those that the text names or an example imports. What an example
 * shows for one web framework holds for all, unless the page tells what to do by framework.
 */
export function frameworksOf({ body, bad, good }: RulePage): readonly string[] {
  const text = body.replace(/^## Read more$[\s\S]*/mu, "");
  const packages = new Set(
    [...bad, ...good].flatMap(({ text }) => [...text.matchAll(imported)].map((match) => match[1])),
  );
  const isShown = (one: Framework): boolean => one.packages.some((name) => packages.has(name));
  const isForEveryWeb =
    !/^\| Framework \|/mu.test(text) && frameworks.some((one) => one.isWeb && isShown(one));
  return frameworks
    .filter((one) => isShown(one) || isNamed(one.name, text) || (one.isWeb && isForEveryWeb))
    .map(({ name }) => name);
}

function isNamed(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "iu").test(text);
}
