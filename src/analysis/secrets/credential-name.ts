// What a name says of the value it stands for: a password, a key, a token, or nothing that must stay secret.

/** The kinds differ in what their values look like: people choose passwords, generators make keys. */
export type CredentialKind = "password" | "key" | "token";

/**
 * Only the last words count: a `token_url` is no token. `undefined` for everything else, and for what
 * is secret by name only: `csrf_token`, `pad_token`, `public_key`, `cache_key`, `test_password`.
 */
export function credentialKind(name: string): CredentialKind | undefined {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || words.length > 8) return undefined;
  const before = words.slice(0, -1);
  if (before.some((word) => unrealWords.has(word))) return undefined;
  const owner = before.at(-1);
  if (passwords.has(last)) return owner !== undefined && asking.has(owner) ? undefined : "password";
  if (last === "pass")
    return before.length > 0 && !asking.has(owner ?? "") ? "password" : undefined;
  if (last === "secret" || last === "secrets") return "key";
  if (last === "apikey" || last === "secretkey" || last === "authkey") return "key";
  if (last === "key") return owner !== undefined && secretKeys.has(owner) ? "key" : undefined;
  if (last === "token" || last === "authtoken" || last === "pat")
    return owner !== undefined && openTokens.has(owner) ? undefined : "token";
  return undefined;
}

/** Whether a name is that of a key which signs or encrypts: any text at all is then in use as one. */
export function isSigningKeyName(name: string): boolean {
  return /(?:^|_)(?:secret_key|jwt_secret(?:_key)?|jwt_key|signing_key|encryption_key|fernet_key|session_secret|app_secret|security_password_salt|token_secret)$/u.test(
    wordsOf(name).join("_"),
  );
}

/** `AWS_SECRET_ACCESS_KEY`, `clientSecret`, `X-Api-Key` and `app.secret.key` alike, in lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/gu, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/gu, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter((word) => word !== "");
}

const passwords = new Set(["password", "passwd", "pwd", "passphrase", "passcode"]);

// `ask_password`, `forgot_password`: a deed or a page, not a password.
const asking = new Set([
  ...["ask", "check", "forgot", "forget", "reset", "change", "verify", "confirm", "validate"],
  ...[
    "need",
    "needs",
    "no",
    "wrong",
    "invalid",
    "missing",
    "bad",
    "weak",
    "incorrect",
    "show",
    "hide",
  ],
  ...["by", "bypass", "use", "has", "require", "requires", "grant", "input", "type", "is", "can"],
]);

const secretKeys = new Set([
  ...["api", "secret", "access", "private", "encryption", "signing", "sign", "auth", "account"],
  ...["master", "jwt", "fernet", "hmac", "crypto", "crypt", "aes", "cipher", "shared", "service"],
  ...[
    "admin",
    "deploy",
    "client",
    "consumer",
    "app",
    "application",
    "license",
    "server",
    "webhook",
  ],
]);

// Language models, parsers, pages and forms have tokens too.
const openTokens = new Set([
  ...[
    "csrf",
    "xsrf",
    "csrfmiddleware",
    "pad",
    "padding",
    "eos",
    "bos",
    "cls",
    "sep",
    "mask",
    "unk",
  ],
  ...[
    "unknown",
    "stop",
    "start",
    "end",
    "begin",
    "special",
    "next",
    "page",
    "continuation",
    "sync",
  ],
  ...[
    "cancel",
    "cancellation",
    "cursor",
    "pagination",
    "design",
    "resume",
    "lexer",
    "first",
    "last",
  ],
  ...["current", "previous", "prev", "prefix", "delimiter", "separator", "image", "text", "word"],
  ...[
    "invalid",
    "missing",
    "expired",
    "bad",
    "wrong",
    "no",
    "get",
    "is",
    "has",
    "type",
    "input",
    "output",
  ],
]);

const unrealWords = new Set([
  ...["test", "tests", "testing", "fake", "dummy", "mock", "mocked", "example", "sample", "demo"],
  ...["invalid", "wrong", "bad", "placeholder", "public", "publishable", "expected", "encrypted"],
  ...["hashed", "masked", "redacted", "error", "err", "msg", "message", "label", "field", "header"],
]);
