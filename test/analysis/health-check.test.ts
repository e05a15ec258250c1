// Where a deployment asks whether a service lives, and whether anybody answers there.

import { expect, test } from "vitest";
import { analysisOf } from "./an-analysis.ts";

const app = `from flask import Flask

app = Flask(__name__)


@app.get("/healthz")
def healthz():
    return "ok"
`;

const found = (files: Readonly<Record<string, string>>) =>
  analysisOf({ "app.py": app, ...files })
    .findings.filter(({ rule }) => rule === "design/missing-health-check")
    .map(({ place, message }) => `${place.path}:${place.startLine} ${message.split(" ")[0]}`);

const image = (path: string, from = "python:3.13") =>
  `FROM ${from}\nHEALTHCHECK --interval=30s \\\n  CMD curl -f http://localhost:8000${path} || exit 1\nCMD ["gunicorn", "app:app"]\n`;

const pod = (path: string, run = "gunicorn app:app") =>
  `kind: Deployment\nspec:\n  containers:\n    - command: ${run}\n      readinessProbe:\n        httpGet:\n          port: 8000\n          path: ${path}\n`;

test.each([
  ["an image", { Dockerfile: image("/health/ready") }, ["Dockerfile:3 `/health/ready`"]],
  ["a deployment", { "k8s/shop.yaml": pod("/alive") }, ["k8s/shop.yaml:8 `/alive`"]],
  ["an image that asks the right one", { Dockerfile: image("/api/healthz") }, []],
  ["a deployment that asks the right one", { "k8s/shop.yaml": pod("/healthz") }, []],
  ["an image without Python", { "web/Dockerfile": image("/nginx-up", "nginx:1.29") }, []],
  ["somebody else's container", { "k8s/db.yaml": pod("/minio/live", "minio server") }, []],
  ["a values file", { "chart/values.yaml": "httpGet:\n  path: /alive\nrun: gunicorn\n" }, []],
])("%s", (_what, files, announced) => {
  expect(found(files)).toEqual(announced);
});

test("a program of one way in needs no other, and one that is deployed nowhere is not asked", () => {
  const routes = Array.from(
    { length: 6 },
    (_, at) => `@app.get("/books/${at}")\ndef book_${at}():\n    return "${at}"\n`,
  ).join("\n\n");
  const shop = `from flask import Flask\n\napp = Flask(__name__)\n\n\n${routes}`;

  expect(found({ "app.py": shop, Procfile: "web: gunicorn app:app\n" })).toEqual([
    "app.py:3 `Procfile`",
  ]);
  expect(found({ "app.py": shop })).toEqual([]);
  expect(found({ "app.py": shop, "gunicorn.conf.py": "workers = 4\n" })).toEqual([
    "app.py:3 `gunicorn.conf.py`",
  ]);
  expect(
    found({ "app.py": app.replace("healthz", "books"), Procfile: "web: gunicorn app:app\n" }),
  ).toEqual([]);
});
