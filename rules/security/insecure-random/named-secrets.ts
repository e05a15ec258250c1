// Texts put together of random numbers, and large numbers, that their own code calls a token, a password or a
// session: by what they are assigned to, or what the function around is there to make.

import {
  argumentOfCall,
  type CallEvent,
  calledName,
  constantsOf,
  type Expression,
  enclosingNodes,
  everyNode,
  isTestPath,
  type Program,
  type Span,
  type SyntaxNode,
} from "#rule";

/** Where a value becomes a cookie or an entry of the session, under a name. */
const keepers = [
  ...["flask.Response", "werkzeug.wrappers.Response", "django.http.HttpResponse"],
  ...["starlette.responses.Response", "aiohttp.web.Response", "tornado.web.RequestHandler"],
].map((type) => `${type}.set_cookie`);
const sessions = ["flask.session.__setitem__"];
export const keeping: readonly string[] = [...keepers, ...sessions];

const functions = [
  "random",
  "randint",
  "randrange",
  "getrandbits",
  "randbytes",
  "choice",
  "choices",
  "sample",
  "uniform",
];

export const generators: readonly string[] = functions
  .flatMap((name) => [
    `random.${name}`,
    `random.Random.${name}`,
    ...(["choice", "randint", "random"].includes(name) ? [`numpy.random.${name}`] : []),
  ])
  .concat("uuid.uuid1");

/** A call of a generator, and the name of the secret that is made of it. */
export interface NamedSecret {
  readonly span: Span;
  readonly name: string;
}

/** The calls of `random` that make something called a secret; each place once. */
export function* namedSecrets(program: Program): Iterable<NamedSecret> {
  const told = new Set<string>();
  for (const call of program.calls) {
    const path = call.paths.find((each) => generators.includes(each));
    const key = `${call.module.path}:${call.span.start}`;
    if (path === undefined || isTestPath(call.module.path) || told.has(key)) continue;
    const nodes = enclosingNodes(call.span);
    if (isOnlyLength(nodes)) continue;
    const name = isReplaced(nodes) ? undefined : (secretName(nodes) ?? nameAtCaller(program, call));
    if (name === undefined || !isMade(nodes, path)) continue;
    told.add(key);
    yield { span: call.span, name };
  }
}

/** Cookies and entries of a session that say who somebody is, made of such numbers; each place once. */
export function* keptSecrets(program: Program): Iterable<NamedSecret> {
  for (const call of program.calls) {
    if (!call.paths.some((path) => keeping.includes(path)) || isTestPath(call.module.path))
      continue;
    const [key, value] = ["key", "value"].map((name, at) => argumentOfCall(call, name, at));
    const [name] = constantsOf(key);
    const isWeak = value?.labels.some(
      ({ source, hops }) => source.concept === "weak-random" && hops === 0,
    );
    if (isWeak && typeof name === "string" && secret.test(name) && !isOther(name))
      yield { span: call.span, name };
  }
}

/** `os.urandom(random.randint(20, 30))`: the number says how long it is, not what it is. */
function isOnlyLength(nodes: readonly SyntaxNode[]): boolean {
  return nodes
    .slice(0, -1)
    .some((node) => node.kind === "call" && lengthTakers.has(calledName(node)));
}

const lengthTakers: ReadonlySet<string> = new Set([
  ...["urandom", "token_bytes", "token_hex", "token_urlsafe", "range"],
]);

/** `token = letters(20)`, of a function that gives back what it makes of such numbers. */
function nameAtCaller(program: Program, { span, definition }: CallEvent): string | undefined {
  if (!definition || !isGivenBack(enclosingNodes(span))) return undefined;
  for (const edge of program.edges) {
    if (edge.callee !== definition || isTestPath(edge.span.module.path)) continue;
    const nodes = enclosingNodes(edge.span);
    const name = isReplaced(nodes) ? undefined : secretName(nodes);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Whether it stands in what its function returns, or in what a variable is given that the function returns. */
function isGivenBack(nodes: readonly SyntaxNode[]): boolean {
  const definition = nodes.findLast((node) => node.kind === "function");
  if (!definition) return false;
  const inside = nodes.slice(nodes.indexOf(definition) + 1);
  if (inside.some(({ kind }) => kind === "return")) return true;
  const names = inside.flatMap(namesGiven);
  // A salt need not be secret, whatever it is given back with.
  if (names.some((name) => /salt/iu.test(name))) return false;
  return everyNode({ body: [definition] }).some(
    (node) =>
      node.kind === "return" &&
      node.value !== undefined &&
      everyNode({ body: [node] }).some((each) => each.kind === "name" && names.includes(each.id)),
  );
}

/** `password = f"{random...}"`, and further down `password = secrets...`. */
function isReplaced(nodes: readonly SyntaxNode[]): boolean {
  const assigned = nodes.findLast((node) => node.kind === "assign");
  const definition = nodes.findLast((node) => node.kind === "function");
  const [target] = assigned?.targets ?? [];
  if (!assigned || !definition || target?.kind !== "name") return false;
  return definition.body.some(
    (later) =>
      later.kind === "assign" &&
      later.start > assigned.end &&
      later.targets.some((each) => each.kind === "name" && each.id === target.id) &&
      later.value.kind === "call" &&
      !later.value.arguments.some(({ value }) => value.kind === "name" && value.id === target.id),
  );
}

/** What a value is called where it goes, or what the function that returns it makes. */
function secretName(nodes: readonly SyntaxNode[]): string | undefined {
  const definition = nodes.findLast((node) => node.kind === "function");
  const made =
    definition &&
    /^_*(?:(?:generate|make|create|new|gen|get|random|build|issue)_)?(\w+)$/u.exec(
      definition.name,
    )?.[1];
  const from = definition ? nodes.indexOf(definition) : -1;
  const names = nodes.slice(from + 1).flatMap(namesGiven);
  const later = definition ? names.flatMap((name) => namesLater(definition, name)) : [];
  const own = [...names, ...later].find((name) => secret.test(name) && !isOther(name));
  if (own !== undefined) return own;
  // Between the function's name and its result there may be any number of variables.
  const isPassedOn = nodes.some(
    ({ kind }) =>
      kind === "return" || kind === "assign" || kind === "augmented" || kind === "yield",
  );
  // `make_password` makes one, `encrypt_password` does not.
  const isMaker = definition !== undefined && !otherVerbs.test(definition.name);
  return isPassedOn && isMaker && made !== undefined && secret.test(made) && !isOther(made)
    ? made
    : undefined;
}

/** `user.reset_code = code`, `Invite(token=str(code))`: what a variable is called where it goes from there. */
function namesLater(
  definition: Extract<SyntaxNode, { kind: "function" }>,
  variable: string,
): readonly string[] {
  const isIt = (value: Expression): boolean =>
    (value.kind === "name" && value.id === variable) ||
    (value.kind === "call" &&
      ["str", "hex"].includes(calledName(value)) &&
      value.arguments.some((each) => isIt(each.value))) ||
    (value.kind === "formatted" &&
      value.parts.some((part) => typeof part !== "string" && isIt(part.value)));
  return everyNode({ body: [definition] }).flatMap((node) => {
    if (node.kind === "assign" && isIt(node.value))
      return node.targets.filter(({ kind }) => kind !== "name").flatMap(nameOf);
    if (node.kind !== "call") return [];
    return node.arguments.flatMap(({ name, value }) =>
      name !== undefined && isIt(value) ? [name] : [],
    );
  });
}

/** `encrypt_password`, `send_token`: the secret goes in, and something else comes out. */
const otherVerbs =
  /^_*(?:encrypt|hash|check|verify|validate|compare|set|save|store|send|change|update|clear|delete|revoke|mask|use|read|load|parse|decode|encode|sign|is|has)_/iu;

function namesGiven(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case "assign":
      return node.targets.flatMap(nameOf);
    case "annotated":
      return nameOf(node.target);
    case "augmented":
      return nameOf(node.target);
    case "call": {
      // `set_cookie("session", ...)`, `User(token=...)`.
      const [first] = node.arguments;
      const isCookie = node.callee.kind === "attribute" && node.callee.name === "set_cookie";
      const cookie = isCookie && first?.value.kind === "string" ? [first.value.value] : [];
      return cookie;
    }
    default:
      return [];
  }
}

function nameOf(target: Expression): readonly string[] {
  if (target.kind === "name") return [target.id];
  if (target.kind === "attribute") return [target.name];
  return target.kind === "subscript" && target.index.kind === "string" ? [target.index.value] : [];
}

// The whole word at the end: `reset_token`, not `token_count`.
const secret =
  /(?:^|_|-)(?:token|password|passwd|passphrase|secret|otp|passcode|api_?key|secret_?key|session_?id|session|sid|nonce|csrf|jwt|remember_?me\d*|(?:invite|invitation|pairing|backup|verification|reset|activation|confirmation|auth|recovery|login|security|access|sms|email)_code|(?:reset|activation|confirmation|verification|signing|encryption|private|license)_key|pin)$/iu;

/** Tokens of texts and of games. */
function isOther(name: string): boolean {
  return /next|mask|pad|sample|vocab|test|fake|dummy|example|db_session|game/iu.test(name);
}

/**
 * Whether something new is made of the numbers: texts joined, shown or hashed, many bits at once. One of a list
 * is only picked: `random.choice(tokens)`.
 */
function isMade(nodes: readonly SyntaxNode[], path: string): boolean {
  const call = nodes.at(-1);
  const isJoined = nodes.some(
    (node) =>
      node.kind === "comprehension" ||
      node.kind === "for" ||
      node.kind === "while" ||
      (node.kind === "call" && node.callee.kind === "attribute" && node.callee.name === "join"),
  );
  if (!/\.(?:choice|choices|sample)$/u.test(path)) return true;
  const isWeighted =
    call?.kind === "call" && call.arguments.some((each) => each.name === "weights");
  return isJoined && !isWeighted;
}
