// A service that is deployed, and that nothing can ask whether it works; or a check that asks where nobody answers.

import { defineRule, isTestPath, type Module, type Program, quoteCode, type Span } from "#rule";

/** What makes an application, by API path. */
const applications: readonly string[] = [
  "fastapi.FastAPI",
  "starlette.applications.Starlette",
  "flask.Flask",
  "quart.Quart",
  "sanic.Sanic",
  "litestar.Litestar",
  "aiohttp.web.Application",
];
/** With fewer ways in, every request is a check. */
const fewestRoutes = 5;

/** How such ways in are called, and the libraries that bring one. */
const healthWords =
  /health|heartbeat|(?:live|ready)z\b|\balive\b|liveness|readiness|\/(?:up|live|ready|ping|status|_ah)\b|\bping\b/iu;
const servers = /\b(?:uvicorn|gunicorn|hypercorn|granian|daphne|waitress|uwsgi|mod_wsgi)\b/iu;

export default defineRule({
  watches: applications,
  *check({ program, finding }) {
    const modules = program.modules.filter(({ path }) => !isTestPath(path));
    const routes = program.functions.filter(
      ({ definition, route }) => route !== undefined && !isTestPath(definition.module.path),
    );
    if (routes.length === 0) return;
    const probes = program.configs.flatMap(probesIn);
    for (const { path, span } of probes) {
      if (modules.some(({ text }) => text.includes(lastPart(path)))) continue;
      yield finding(
        span,
        `${quoteCode(path)} is asked whether the service lives, and no route of this program answers there: a service that works would be taken for dead. Add the route, or ask one that is there.`,
      );
    }
    const [made, ...others] = applicationsOf(program);
    const isSmall = routes.length < fewestRoutes;
    if (!made || others.length > 0 || probes.length > 0 || isSmall) return;
    const evidence = deployment(program, modules);
    if (evidence === undefined || modules.some(({ text }) => healthWords.test(text))) return;
    yield finding(
      made,
      `${quoteCode(evidence)} runs this service, and it has no route that says whether it works: what has hung keeps its place among those that answer. Add one, such as ${quoteCode("/healthz")}, that asks the database.`,
    );
  },
});

function applicationsOf({ calls }: Program): readonly Span[] {
  const places = new Map<string, Span>();
  for (const { paths, span } of calls) {
    if (isTestPath(span.module.path) || !paths.some((path) => applications.includes(path)))
      continue;
    places.set(`${span.module.path}:${span.start}`, span);
  }
  return [...places.values()];
}

/** The file that says that and how the program is run somewhere. */
function deployment({ configs }: Program, modules: readonly Module[]): string | undefined {
  const file =
    configs.find(({ path, text }) => isDeployment(path) && servers.test(text)) ??
    modules.find(({ path }) => /(?:^|\/)gunicorn(?:[._]conf|_config)?\.py$/u.test(path));
  return file?.path;
}

function isDeployment(path: string): boolean {
  return /(?:^|\/)(?:[^/]*\.)?(?:docker|container)file(?:\.[^/]*)?$|(?:^|\/)Procfile$|\.ya?ml$/iu.test(
    path,
  );
}

interface Probe {
  /** `/healthz` */
  readonly path: string;
  readonly span: Span;
}

/** `HEALTHCHECK` of an image that runs Python, and the probes of Kubernetes' containers that do. */
function probesIn(config: Module): readonly Probe[] {
  const { path, text } = config;
  const isImage = /(?:^|\/)(?:[^/]*\.)?(?:docker|container)file(?:\.[^/]*)?$/iu.test(path);
  if (isImage) {
    if (!/^\s*FROM\s+[^\n]*python|\bpip\s+install\b/imu.test(text)) return [];
    return found(
      config,
      /^\s*HEALTHCHECK\b(?:[^\n]*\\\n)*[^\n]*?https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::[\w${}]+)?(?<path>\/[\w./-]+)/gimu,
    );
  }
  if (
    !/\.ya?ml$/iu.test(path) ||
    !/^kind:\s*(?:Deployment|StatefulSet|DaemonSet|Pod)\b/mu.test(text)
  )
    return [];
  // A container of somebody else's image has its own ways in.
  if (!servers.test(text)) return [];
  return found(
    config,
    /^[ \t]*httpGet:[ \t]*\n(?:[ \t]+(?!path:)\w+:[^\n]*\n){0,4}?[ \t]+path:[ \t]*["']?(?<path>\/[\w./-]+)/gmu,
  );
}

function found(config: Module, pattern: RegExp): readonly Probe[] {
  return Array.from(config.text.matchAll(pattern)).flatMap((match) => {
    const path = match.groups?.["path"];
    if (path === undefined || lastPart(path) === "") return [];
    const end = match.index + match[0].length;
    return [{ path, span: { module: config, start: end - path.length, end } }];
  });
}

function lastPart(path: string): string {
  return (
    path
      .split("/")
      .filter((part) => part !== "")
      .at(-1) ?? ""
  );
}
