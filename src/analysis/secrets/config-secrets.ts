// Secrets in configuration files: named values that look like what their names say.

import type { Module } from "../../python/module.ts";
import { isDevelopmentFile, isTestCode } from "../paths.ts";
import { configEntries } from "./config-entries.ts";
import { credentialKind, wordsOf } from "./credential-name.ts";
import type { HardcodedSecret } from "./hardcoded-secret.ts";
import {
  isCommonWord,
  isIdentifier,
  isPlaceholder,
  looksLikePassword,
  looksRandom,
} from "./likely-secret.ts";

/** `.env`, `prod.env`, `.env.production`: values there are in use as they stand. */
export function isEnvironmentFile(path: string): boolean {
  return (
    /(?:^|\/)(?:[^/]*\.)?env(?:\.[^/]*)?$/iu.test(path) &&
    !/\.(?:py|ya?ml|json|md|sh|ts|js)$/iu.test(path)
  );
}

export function* configSecrets(module: Module): Iterable<HardcodedSecret> {
  const { path } = module;
  if (isTestCode(path) || isSampleFile(path)) return;
  const isInUse = isEnvironmentFile(path) && !isDevelopmentFile(path);
  for (const { name, value, start, end } of configEntries(module.text)) {
    const kind = credentialKind(name);
    if (!kind || isOwnName(name, value)) continue;
    const isReal = isInUse
      ? isRealValue(value)
      : kind === "password"
        ? looksLikePassword(value) || looksRandom(value)
        : looksRandom(value);
    if (!isReal || isReference(value)) continue;
    yield {
      module,
      start,
      end,
      what: `\`${name}\``,
      use: "given",
      severity: isDevelopmentFile(path) ? "medium" : "high",
      confidence: isInUse || looksRandom(value) ? "high" : "medium",
    };
  }
}

/** `.env.example`, `config.sample.yml`: there to be copied and filled in. */
export function isSampleFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /(?:^|[._-])(?:example|examples|sample|samples|template|tmpl|tpl|dist|default|defaults|skel(?:eton)?|schema)(?=[._-]|$)/iu.test(
    name,
  );
}

/** Somebody's own text, where the place leaves no doubt that it is a secret. */
export function isRealValue(value: string): boolean {
  if (isPlaceholder(value) || isCommonWord(value) || value.length < 6) return false;
  return !/^[/~.]|^\w+:\/\/|^[\d.]+$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/u.test(value);
}

/** `DB_PASSWORD=password`, `token: token`, `SECRET_KEY: secret-key`. */
export function isOwnName(name: string, value: string): boolean {
  const own = wordsOf(name).join("");
  const said = wordsOf(value).join("");
  return said !== "" && (own === said || own.endsWith(said));
}

/** Points to where the secret is kept: a variable, a call, a file, a key of another store. */
function isReference(value: string): boolean {
  return (
    /^[$%@!&*]|^(?:secrets|env|vars|var|local|data|module|self|os|process|config|settings)[.[]|\(|^\/|\.(?:pem|key|txt|json)$/iu.test(
      value,
    ) ||
    (isIdentifier(value) && !/\d/u.test(value) && value.includes("."))
  );
}
