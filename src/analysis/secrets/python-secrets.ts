// Secrets in Python code that only their use tells: what reaches a place for secrets, what stands in for one,
// and what a name and the look of its value say together.

import type { CallEvent, ConstantEvent } from "../../flow/frame.ts";
import { codeOf, type Module, type Span } from "../../python/module.ts";
import { argumentOfCall, constantsOf } from "../arguments-of-call.ts";
import { enclosingNodes, everyNode, type SyntaxNode } from "../enclosing.ts";
import { isDevelopmentFile, isTestCode } from "../paths.ts";
import type { Program } from "../program.ts";
import { environmentAt } from "../settings/environment.ts";
import { isOwnName, isRealValue } from "./config-secrets.ts";
import { type CredentialKind, credentialKind, isSigningKeyName } from "./credential-name.ts";
import { isLocalHost } from "./find-tokens.ts";
import type { HardcodedSecret } from "./hardcoded-secret.ts";
import { isCommonWord, isPlaceholder, looksLikePassword, looksRandom } from "./likely-secret.ts";
import { keyCalls, loginCalls } from "./login-calls.ts";
import { type Literal, type NamedLiteral, namedLiterals } from "./named-literals.ts";

export function* pythonSecrets(program: Program): Iterable<HardcodedSecret> {
  for (const event of program.constants) yield* arrived(program, event);
  for (const call of program.calls) {
    yield* loginOf(program, call);
    const event = keyEvent(call);
    if (event) yield* arrived(program, event);
  }
  for (const module of program.modules) {
    if (!isReviewed(module)) continue;
    for (const named of namedLiterals(module)) {
      const secret = namedSecret(module, named);
      if (secret && !isForTests(module, named.literal)) yield secret;
    }
  }
}

function isReviewed({ path }: Module): boolean {
  return !isTestCode(path) && !isDevelopmentFile(path);
}

/** A constant at a place for secrets; told where it is written down. */
function* arrived(program: Program, event: ConstantEvent): Iterable<HardcodedSecret> {
  const { call, argument, path } = event;
  if (!isReviewed(call.module) || openPaths.test(path) || isForTests(call.module, call)) return;
  const texts = event.constants.map((constant) =>
    typeof constant === "object" && constant !== null ? constant.bytes : constant,
  );
  // A password that may also be absent is a parameter's default, or a choice nobody has made yet.
  for (const text of texts) {
    if (typeof text !== "string" || text.length < 3 || isPlaceholder(text)) continue;
    const isSigning = signingPaths.test(path);
    if (!isSigning && (isCommonWord(text) || talksToOwnMachine(event))) continue;
    if (isSigning && isWordOfProtocol(path, text)) continue;
    const place = writtenAt(program, argument, text);
    if (!place || !isReviewed(place.module) || isForTests(place.module, place)) continue;
    yield {
      ...inner(place),
      what: `\`${shortCode(codeOf(event.callee))}\``,
      use: "argument",
      severity: "high",
      confidence: "high",
    };
  }
}

// An initialization vector is a matter of its own, and hashing a constant keeps nothing secret.
const openPaths =
  /\.modes\.|^hashlib\.|^argon2\.|^passlib\.|^bcrypt\.|hashers\.|generate_password_hash/u;
const signingPaths =
  /^jwt\.|^jose\.|^itsdangerous\.|secret_key|^flask\.Config|Fernet|SessionMiddleware|^hmac\.|AES|ChaCha|__set__/u;

/** `hmac.new(b"WebAppData", token)`: a name that a protocol fixes, in the place of a key. */
function isWordOfProtocol(path: string, text: string): boolean {
  return path.startsWith("hmac.") && !looksRandom(text) && !looksLikePassword(text);
}

function talksToOwnMachine({ given }: ConstantEvent): boolean {
  const named = ["host", "hostname", "server", "dsn", "address", "url"].map((name) =>
    given.keywords.get(name),
  );
  return [...named, given.positional[0]].some((argument) =>
    argument?.value.constants?.every(
      (host) => typeof host === "string" && /^[\w.:-]+$/u.test(host) && isLocalHost(host),
    ),
  );
}

/** A key that a signature is checked with, as if it had arrived at a sink. */
function keyEvent(call: CallEvent): ConstantEvent | undefined {
  const path = call.paths.find((each) => keyCalls.has(each));
  const position = path === undefined ? undefined : keyCalls.get(path);
  if (path === undefined || position === undefined) return undefined;
  const argument = call.arguments.keywords.get("key") ?? call.arguments.positional[position];
  if (!argument?.value.constants) return undefined;
  return {
    concept: "secret",
    path,
    constants: argument.value.constants,
    call: call.span,
    callee: call.calleeSpan,
    argument: argument.span,
    given: call.arguments,
    definition: call.definition,
  };
}

/** `requests.get(url, auth=("user", "password"))` to another host than this one. */
function* loginOf(program: Program, call: CallEvent): Iterable<HardcodedSecret> {
  if (!call.paths.some((path) => loginCalls.includes(path)) || !isReviewed(call.module)) return;
  const isLogin = call.paths.some((path) => path.endsWith("BasicAuth"));
  const pair = argumentOfCall(call, "auth");
  const password = isLogin ? argumentOfCall(call, "password", 1) : pair?.elements?.[1];
  const [text] = password?.constants?.length === 1 ? password.constants : [];
  if (typeof text !== "string" || !isRealValue(text)) return;
  const address = argumentOfCall(call, "url", 0) ?? argumentOfCall(call, "url", 1);
  const [url] = constantsOf(address);
  const host = /^https?:\/\/([^/:?#]+)/u.exec(
    typeof url === "string" ? url : (address?.prefix ?? ""),
  );
  if (host?.[1] !== undefined && isLocalHost(host[1])) return;
  if (isForTests(call.module, call.span)) return;
  const place = writtenAt(program, call.span, text);
  if (!place) return;
  yield {
    ...inner(place),
    what: `\`${shortCode(codeOf(call.calleeSpan))}\``,
    use: "login",
    severity: "medium",
    confidence: "high",
  };
}

/** The literal that a constant comes from: in the argument, else in the same file, else in another. */
function writtenAt(program: Program, argument: Span, text: string): Span | undefined {
  const modules = [argument.module, ...program.modules.filter((each) => each !== argument.module)];
  for (const module of modules) {
    if (module !== argument.module && !module.text.includes(text)) continue;
    const literals = everyNode(module).filter((node) => isLiteral(node) && node.value === text);
    const own = literals.find(
      ({ start, end }) =>
        module === argument.module && argument.start <= start && end <= argument.end,
    );
    const before = literals.findLast(({ start }) => start < argument.start) ?? literals[0];
    const found = own ?? (module === argument.module ? before : literals[0]);
    if (found) return { module, start: found.start, end: found.end };
  }
  return undefined;
}

function isLiteral(node: SyntaxNode): node is Literal {
  return node.kind === "string" || node.kind === "bytes";
}

function namedSecret(module: Module, named: NamedLiteral): HardcodedSecret | undefined {
  const { name, literal, use } = named;
  const kind = credentialKind(name);
  if (!kind || isOwnName(name, literal.value)) return undefined;
  const span = { module, start: literal.start, end: literal.end };
  if (!isSecretValue(literal.value, kind, named, span) || isBesideLocalHost(span)) return undefined;
  return {
    ...inner(span),
    what: `\`${shortCode(name)}\``,
    use,
    severity: use === "default" || use === "compared" ? "medium" : "high",
    confidence: looksRandom(literal.value) || use === "fallback" ? "high" : "medium",
  };
}

/** `{"host": "localhost", "password": ...}`, `connect(host="db", password=...)`: nobody else gets there. */
function isBesideLocalHost(span: Span): boolean {
  const holder = enclosingNodes(span).findLast(({ kind }) => kind === "call" || kind === "dict");
  const beside =
    holder?.kind === "call"
      ? holder.arguments.map(({ name, value }) => ({ name, value }))
      : holder?.kind === "dict"
        ? holder.entries.map(({ key, value }) => ({
            name: key?.kind === "string" ? key.value : undefined,
            value,
          }))
        : [];
  return beside.some(
    ({ name, value }) =>
      /^(?:db_?)?(?:host|hostname|server|address|url|uri)$/iu.test(name ?? "") &&
      value.kind === "string" &&
      isLocalHost(/^\w+:\/\/(?:[^@/]*@)?([^/:?#]+)/u.exec(value.value)?.[1] ?? value.value),
  );
}

function isSecretValue(
  value: string,
  kind: CredentialKind,
  { name, use }: NamedLiteral,
  span: Span,
): boolean {
  if (/^(?:CERTIFICATE|-----BEGIN)/u.test(value)) return false;
  const isMixed = looksRandom(value) || looksLikePassword(value);
  switch (use) {
    case "fallback":
      // What replaces a missing secret is one, however plain; a known word is what the program checks for.
      if (isRefusedElsewhere(span, value)) return false;
      return isMixed || (isFromEnvironment(span) && isRealValue(value));
    case "compared":
      if (isOnlyRefused(span)) return false;
      return looksRandom(value) || ((kind === "password" || kind === "key") && isMixed);
    default:
      if (kind === "password") return isMixed;
      return looksRandom(value) || (isSigningKeyName(name) && looksLikePassword(value));
  }
}

/** The fallback stands in a call or expression that asks the environment. */
function isFromEnvironment(span: Span): boolean {
  const around = enclosingNodes(span).findLast(
    (node) => node.kind === "call" || (node.kind === "logical" && node.operator === "or"),
  );
  if (!around) return false;
  const code = codeOf({ module: span.module, start: around.start, end: around.end });
  return /\benviron\b|\bgetenv\s*\(|^(?:env|config)(?:\.\w+)?\(/u.test(code);
}

/** The program knows its own default and stops where nobody replaced it. */
function isRefusedElsewhere({ module, start }: Span, value: string): boolean {
  const names = new Set<string>();
  for (const node of everyNode(module)) {
    if (node.kind === "assign" && node.start <= start && start < node.end)
      for (const target of node.targets) if (target.kind === "name") names.add(target.id);
    if (node.kind !== "compare") continue;
    const parts = [node.left, ...node.comparators];
    const holdsValue = parts.some((part) => part.kind === "string" && part.value === value);
    if (holdsValue && parts.every(({ start: at }) => at !== start)) return true;
  }
  return false;
}

/** `if password == "letmein1": raise ValueError(...)`: a rule for passwords, or a default that must be replaced. */
function isOnlyRefused(span: Span): boolean {
  const branch = enclosingNodes(span).findLast((node) => node.kind === "if");
  const compare = enclosingNodes(span).findLast((node) => node.kind === "compare");
  if (branch?.kind !== "if" || compare?.kind !== "compare" || compare.operators[0] !== "==")
    return false;
  const body = branch.branches.find(
    ({ test }) => test.start <= span.start && span.end <= test.end,
  )?.body;
  const last = body?.at(-1);
  if (last?.kind !== "expression") return last?.kind === "raise";
  return /^(?:sys\.|os\._?)?(?:exit|abort|warn)\(|^(?:log|logger|logging|warnings)\.\w+\(/u.test(
    codeOf({ ...last, module: span.module }),
  );
}

/** Code for tests and developers' own machines, and lists of names: told by what stands around it. */
function isForTests(module: Module, { start, end }: { start: number; end: number }): boolean {
  const span = { module, start, end };
  if (environmentAt(span) === "development") return true;
  return enclosingNodes(span).some((node) => {
    if (node.kind === "function") return /^_?(?:fake|mock|dummy|seed)(?:_|$)/u.test(node.name);
    if (node.kind !== "class") return false;
    return (
      /^(?:Mock|Fake|Dummy)|(?:TestCase|Factory)$/u.test(node.name) ||
      node.arguments.some(({ value }) => /enum|choices|TestCase/iu.test(lastName(value)))
    );
  });
}

function lastName(expression: {
  readonly kind: string;
  readonly name?: string;
  readonly id?: string;
}) {
  return expression.name ?? expression.id ?? "";
}

/** A literal's place without its prefix and quotes. */
function inner({ module, start, end }: Span): Pick<HardcodedSecret, "module" | "start" | "end"> {
  const code = module.text.slice(start, end);
  const opening = /^[a-z]{0,2}("""|'''|"|')/iu.exec(code);
  const closing = opening?.[1]?.length ?? 0;
  const from = start + (opening?.[0].length ?? 0);
  return { module, start: from, end: Math.max(from, end - closing) };
}

function shortCode(code: string): string {
  const line = code.replace(/\s+/gu, " ").replaceAll("`", "'");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
