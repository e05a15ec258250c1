// A password is hashed by something made to be quick, or not at all: whoever gets the table has the passwords.

import {
  calledName,
  codeOf,
  defineRule,
  enclosingNodes,
  everyNode,
  isForDevelopment,
  isTestCode,
  lackOf,
  type Module,
  type Passage,
  passwordName,
  passwordNameOf,
  plainPasswords,
  quoteCode,
  runsInProduction,
  type Span,
  slowHashCalls,
  taintRule,
} from "#rule";

const advice = "Use `argon2`, `bcrypt`, or your framework's own hasher";

const fastHashes = taintRule({
  from: ["http-input", "password", "sensitive"],
  into: ["fast-hash"],
  message: ({ source, sink }) =>
    `${source} is a password, and ${sink} is made to be quick: a graphics card tries billions of guesses a second. ${advice}.`,
  isHarmless: (passage) =>
    !runsInProduction(passage.flow.call) ||
    isTestCode(passage.flow.call.module.path) ||
    passage.flow.label.hops > 0 ||
    !isPassword(passage) ||
    isHashedAgain(passage.flow.call),
});

export default defineRule({
  watches: slowHashCalls,
  *check(context) {
    const { program, finding } = context;
    yield* fastHashes.check(context);
    for (const call of program.calls) {
      const lack = lackOf(call);
      if (lack === undefined || isTestCode(call.module.path) || !runsInProduction(call.span))
        continue;
      if (isProtocol(call.span)) continue;
      yield finding(
        call.span,
        `${quoteCode(codeOf(call.calleeSpan))} is given ${lack}, so that a stolen hash is guessed quickly. Take at least 12 for bcrypt, 600000 iterations for PBKDF2, or \`argon2\`.`,
        { severity: "medium" },
      );
    }
    for (const { span, use } of plainPasswords(program)) yield finding(span, plainWords[use]);
    for (const module of program.modules) {
      const span = weakHasher(module);
      if (span)
        yield finding(
          span,
          `Django hashes every new password with the first of \`PASSWORD_HASHERS\`, and this one is made to be quick. Put \`Argon2PasswordHasher\` or \`PBKDF2PasswordHasher\` first; old hashes are still read by the others.`,
        );
    }
  },
});

const plainWords = {
  compared: `The password is kept as it was typed, and compared with \`==\`: whoever reads the table has every password. Keep a hash and verify with it. ${advice}.`,
  kept: `The password is stored as it was typed: whoever reads the table, or a backup of it, has every password. Store a hash. ${advice}.`,
  asked: `The database looks for the password as it was typed, so it is stored that way. Find the user by name and verify a hash. ${advice}.`,
} as const;

/** Typed at a prompt that hides it, or called so where it comes in. */
function isPassword({ concept, source, passed }: Passage): boolean {
  if (concept === "password") return true;
  if (passwordNameOf(source) !== undefined) return true;
  // Of a whole body the part that is read on the way says what it is.
  return (
    !/["']/u.test(source) &&
    passed.some((part) => part.kind === "attribute" && passwordName(part) !== undefined)
  );
}

/**
 * Code around it that makes up for the quick hash: a slow one that gets its result, an old hash that is exchanged, the
 * lookup of leaked passwords by five letters, and protocols that ask for just this hash.
 */
function isHashedAgain(call: Span): boolean {
  const around = enclosingNodes(call).findLast((node) => node.kind === "function");
  if (!around) return false;
  return (
    isProtocol(call) ||
    everyNode({ body: [around] }).some((node) => {
      if (node.kind === "slice")
        return [node.lower, node.upper].some(
          (bound) => bound?.kind === "number" && bound.value === 5,
        );
      return node.kind === "call" && slowHashers.test(calledName(node));
    })
  );
}

const slowHashers =
  /^(?:hashpw|checkpw|pbkdf2_hmac|scrypt|argon2\w*|PBKDF2HMAC|Scrypt|Argon2id|make_password|set_password|generate_password_hash|hash_password|needs_update|needs_rehash|verify_and_update|upgrade_\w+|rehash\w*|migrate_\w*)$/u;

/** Digest authentication, SCRAM, WPA, NTLM, MySQL and PostgreSQL logins fix the hash and its rounds. */
function isProtocol(span: Span): boolean {
  const around = enclosingNodes(span).find((node) => node.kind === "function");
  const code = around ? codeOf({ module: span.module, start: around.start, end: around.end }) : "";
  return /realm|nonce|scram|ssid|\bwpa|ntlm|native_password|pwnedpasswords|hibp|\bcnonce|legacy/iu.test(
    code,
  );
}

/** The first entry of a `PASSWORD_HASHERS` that production may run with. */
function weakHasher(module: Module): Span | undefined {
  if (isTestCode(module.path) || isForDevelopment(module.path)) return undefined;
  for (const node of module.body) {
    if (node.kind !== "assign") continue;
    const isHashers = node.targets.some(
      ({ kind, ...target }) =>
        kind === "name" && "id" in target && target.id === "PASSWORD_HASHERS",
    );
    if (!isHashers || (node.value.kind !== "list" && node.value.kind !== "tuple")) continue;
    const [first] = node.value.elements;
    const isWeak =
      first?.kind === "string" &&
      /\.(?:Unsalted)?(?:MD5|SHA1|Crypt)PasswordHasher$/u.test(first.value);
    if (first && isWeak) return { module, start: first.start, end: first.end };
  }
  return undefined;
}
