// Django's settings modules, told by what stands in them: each with the modules it takes over with
// `from .base import *`. https://docs.djangoproject.com/en/stable/topics/settings/

import { blocksOf } from "../../flow/language/definitions.ts";
import type { Module } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import { environmentAt, isForDevelopment } from "./environment.ts";
import type { Setting, Settings } from "./setting.ts";

/** Names that hardly anybody gives to something else; two of them make a settings module. */
const telling =
  /^(?:INSTALLED_APPS|MIDDLEWARE|MIDDLEWARE_CLASSES|ROOT_URLCONF|WSGI_APPLICATION|ASGI_APPLICATION|AUTH_PASSWORD_VALIDATORS|ALLOWED_HOSTS|DATABASES|TEMPLATES|STATIC_URL|CSRF_\w+|SECURE_\w+|SESSION_\w+|DEFAULT_AUTO_FIELD|AUTH_USER_MODEL|LANGUAGE_CODE|USE_TZ|REST_FRAMEWORK|CORS_\w+|X_FRAME_OPTIONS|STATIC_ROOT|MEDIA_ROOT|CACHES|EMAIL_BACKEND)$/u;

/** The settings modules that an application may run with in production. */
export function djangoSettings(program: Program): readonly Settings[] {
  const modules = settingsModules(program);
  const production = [...modules].filter((module) => !isForDevelopment(module.path));
  const takenOver = new Set(production.flatMap((module) => starImports(program, module)));
  return production
    .filter((module) => !takenOver.has(module))
    .map((module) => ({
      framework: "django",
      title: module.path,
      get: (name) => settingIn(program, module, name),
    }));
}

function settingsModules(program: Program): ReadonlySet<Module> {
  const found = new Set<Module>();
  for (const module of program.modules) {
    if (isSettingsModule(module)) found.add(module);
  }
  // What a settings module takes over wholly is a part of it, and so is what takes one over.
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const module of program.modules) {
      const imported = starImports(program, module);
      if (found.has(module)) for (const part of imported) found.add(part);
      else if (imported.some((part) => found.has(part)) && isNamedSettings(module))
        found.add(module);
    }
  }
  return found;
}

function isSettingsModule(module: Module): boolean {
  const names = new Set(
    assignments(module.body).flatMap(({ name }) => (telling.test(name) ? [name] : [])),
  );
  const isBySelf = names.has("INSTALLED_APPS") || names.has("ROOT_URLCONF");
  return names.size >= 2 || (isNamedSettings(module) && names.size > 0) || isBySelf;
}

function isNamedSettings(module: Module): boolean {
  return /(?:^|[/_-])settings?\d*(?:[/_.-]|$)/u.test(module.path);
}

function starImports(program: Program, module: Module): readonly Module[] {
  return module.body.flatMap((statement) => {
    if (statement.kind !== "import-from" || statement.names[0]?.name !== "*") return [];
    const found = program.project.resolve(module, statement.module, statement.level);
    return found && found !== module ? [found] : [];
  });
}

/** The value is that of the whole; it is told of where it was written last. */
function settingIn(program: Program, module: Module, name: string): Setting | undefined {
  const value = program.globalOf(module, name);
  const written = value && lastAssignment(program, module, name, new Set());
  if (!written || isForDevelopment(written.module.path)) return undefined;
  const span = { module: written.module, start: written.start, end: written.end };
  if (environmentAt(span) !== "production") return undefined;
  const { expression } = written;
  return { framework: "django", name, value, expression, span, objects: program.objects };
}

interface Assignment {
  readonly name: string;
  readonly expression: Expression | undefined;
  readonly start: number;
  readonly end: number;
}

function lastAssignment(
  program: Program,
  module: Module,
  name: string,
  asked: ReadonlySet<Module>,
): (Assignment & { readonly module: Module }) | undefined {
  const own = assignments(module.body).filter(
    (assignment) =>
      assignment.name === name && environmentAt({ module, ...assignment }) !== "development",
  );
  const last = own.at(-1);
  if (last) return { ...last, module };
  if (asked.has(module)) return undefined;
  const seen = new Set([...asked, module]);
  return starImports(program, module)
    .map((part) => lastAssignment(program, part, name, seen))
    .findLast((each) => each !== undefined);
}

/** The names a file's own level binds, also within its `if`s and `try`s. */
function assignments(body: readonly Statement[]): readonly Assignment[] {
  return topLevel(body).flatMap((statement) => {
    const { start, end } = statement;
    if (statement.kind === "assign") {
      return statement.targets.flatMap((target) =>
        target.kind === "name"
          ? [{ name: target.id, expression: statement.value, start, end }]
          : [],
      );
    }
    const isBound = statement.kind === "annotated" || statement.kind === "augmented";
    if (!isBound || statement.target.kind !== "name" || !statement.value) return [];
    const expression = statement.kind === "annotated" ? statement.value : undefined;
    return [{ name: statement.target.id, expression, start, end }];
  });
}

/** The statements of a file that stand in no function and no class. */
function topLevel(body: readonly Statement[]): readonly Statement[] {
  return body.flatMap((statement) =>
    statement.kind === "function" || statement.kind === "class"
      ? []
      : [statement, ...blocksOf(statement).flatMap(topLevel)],
  );
}
