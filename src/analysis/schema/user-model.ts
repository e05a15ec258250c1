// The model of users that a Django project chose: `settings.AUTH_USER_MODEL`, `get_user_model()`.
// https://docs.djangoproject.com/en/stable/topics/auth/customizing/#substituting-a-custom-user-model

import type { ClassDefinition } from "../../flow/values/value.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";

const known = new WeakMap<Program, ClassDefinition | undefined>();

/** `undefined` where it is Django's own, or not to be told. */
export function userModelOf(program: Program): ClassDefinition | undefined {
  if (!known.has(program)) known.set(program, findUserModel(program));
  return known.get(program);
}

function findUserModel(program: Program): ClassDefinition | undefined {
  const own = program.modules.filter(({ path }) => !isTestPath(path));
  const named = new Set(
    own.flatMap(({ text }) => {
      if (!text.includes("AUTH_USER_MODEL")) return [];
      const found = /^\s*AUTH_USER_MODEL\s*(?::[^=\n]*)?=\s*["']\w+\.(?<name>\w+)["']/mu.exec(text);
      return found?.groups?.name ?? [];
    }),
  );
  const users = [...program.classes.values()].filter(
    ({ statement, module, bases }) =>
      !isTestPath(module.path) &&
      (named.size > 0
        ? named.has(statement.name) && isModelFile(module.path)
        : bases.some(({ references }) =>
            references.some((each) => each.kind === "api" && isUserBase(each.path)),
          )),
  );
  return users.length === 1 ? users[0] : undefined;
}

function isModelFile(path: string): boolean {
  return /(?:^|\/)models?(?:\/|\.py$)|(?:^|\/)[^/]*models?\.py$/u.test(path);
}

function isUserBase(path: string): boolean {
  return /^django\.contrib\.auth\.(?:\w+\.)*Abstract(?:Base)?User$/u.test(path);
}
