// Which names stand for something that nobody else may read, and the label of a value that has such a name
// and of which nothing else is known. A name alone decides nothing: numbers, constants and functions get none.

import type { Module, Span } from "../../python/module.ts";
import { labelledValue, type Value } from "../values/value.ts";

/** Words that a secret's name ends with. */
const endings: ReadonlySet<string> = new Set([
  ...["password", "passwd", "passphrase", "passcode", "pwd", "secret", "credentials", "ssn", "cvv"],
  ...["cvc", "iban", "authorization", "jwt", "otp", "apikey", "token", "authtoken", "accesstoken"],
]);

/** The last two words of it. */
const pairs: ReadonlySet<string> = new Set([
  ...["api", "secret", "private", "access", "encryption", "signing", "master", "license"].map(
    (word) => `${word} key`,
  ),
  ...["card number", "credit card", "card cvv", "security code", "social security", "pin code"],
  ...["auth header", "session cookie", "session id", "session key", "auth cookie", "recovery code"],
  ...["connection string", "database url", "account number", "secret access", "x auth"],
]);

/** Words that make something else of what follows: a question, a part of a text, what everybody may see. */
const others: ReadonlySet<string> = new Set([
  ...[
    "has",
    "is",
    "use",
    "uses",
    "require",
    "requires",
    "need",
    "needs",
    "no",
    "num",
    "max",
    "min",
  ],
  ...[
    "show",
    "hide",
    "with",
    "without",
    "check",
    "validate",
    "enable",
    "enabled",
    "allow",
    "reset",
  ],
  ...["forgot", "change", "missing", "invalid", "valid", "wrong", "hashed", "encrypted", "masked"],
  ...["redacted", "hidden", "public", "csrf", "xsrf", "page", "next", "prev", "previous", "cursor"],
  ...[
    "continuation",
    "pad",
    "eos",
    "bos",
    "unk",
    "sep",
    "cls",
    "mask",
    "stop",
    "special",
    "current",
  ],
  ...[
    "get",
    "set",
    "make",
    "create",
    "generate",
    "verify",
    "update",
    "parse",
    "read",
    "load",
    "store",
  ],
  ...[
    "first",
    "last",
    "left",
    "right",
    "start",
    "end",
    "open",
    "close",
    "n",
    "total",
    "count",
    "per",
  ],
  ...["fake", "dummy", "test", "example", "sample", "obfuscated", "safe", "sanitized", "truncated"],
  ...[
    "expected",
    "syntax",
    "sync",
    "lookahead",
    "input",
    "output",
    "cancel",
    "cancellation",
    "word",
  ],
  ...["skip", "pagination", "resume", "design", "theme", "idempotency", "delimiter", "device"],
]);

const known = new Map<string, boolean>();

/** Whether a name (`db_password`, `apiKey`, `X-Api-Key`) stands for a secret itself, not for something about one. */
export function isSensitiveName(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  const isSecret = endings.has(last) || pairs.has(words.slice(-2).join(" "));
  const result = isSecret && !words.slice(0, -1).some((word) => others.has(word));
  if (known.size < 20_000) known.set(name, result);
  return result;
}

/** A value of a sensitive name, with a label that says so if it may be a text and nothing else is known of it. */
export function sensitiveValue(value: Value, name: string, span: Span): Value {
  const isUnknown =
    // Many a field holds `None` until it is set.
    (value.constants === undefined || value.constants.every((each) => each === null)) &&
    value.objects.length === 0 &&
    value.elements === undefined &&
    value.types.every((type) => type === "str" || type === "bytes") &&
    value.references.every(
      (reference) =>
        reference.kind === "member" ||
        (reference.kind === "api" && /\bsettings\.[A-Z_]+$/u.test(reference.path)),
    );
  if (!isUnknown || !isSensitiveName(name) || isAboutText(name, span.module)) return value;
  const label = {
    source: { concept: "sensitive", span },
    via: [value.symbol],
    cleared: 0,
    steps: undefined,
    hops: 0,
  };
  return value.labels.length === 0
    ? { ...labelledValue([label], { types: value.types }), references: value.references }
    : { ...value, labels: [...value.labels, label] };
}

/** In code that takes texts apart a token is a word. */
function isAboutText(name: string, module: Module): boolean {
  if (!/token$/iu.test(name) || wordsOf(name).length > 1) return false;
  return /tokeni[sz]|\blex(?:er|ical)?\b|grammar|vocab|next_token|for token in|token\.(?:type|kind|value|text|pos)\b/iu.test(
    `${module.path}\n${module.text}`,
  );
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== "");
}
