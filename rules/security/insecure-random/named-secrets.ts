// Texts put together of random numbers, and large numbers, that their own code calls a token, a password or a
// session: by what they are assigned to, or what the function around is there to make.

import {
  type Expression,
  enclosingNodes,
  isTestPath,
  type Program,
  type Span,
  type SyntaxNode,
} from "#rule";

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

export const generators: readonly string[] = functions.flatMap((name) => [
  `random.${name}`,
  `random.Random.${name}`,
]);

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
    const name = isReplaced(nodes) ? undefined : secretName(nodes);
    if (name === undefined || !isMade(nodes, path)) continue;
    told.add(key);
    yield { span: call.span, name };
  }
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
  const own = names.find((name) => secret.test(name) && !isOther(name));
  if (own !== undefined) return own;
  // Between the function's name and its result there may be any number of variables.
  const isPassedOn = nodes.some(
    ({ kind }) =>
      kind === "return" || kind === "assign" || kind === "augmented" || kind === "yield",
  );
  return isPassedOn && made !== undefined && secret.test(made) && !isOther(made) ? made : undefined;
}

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
  /(?:^|_|-)(?:token|password|passwd|passphrase|secret|otp|passcode|api_?key|secret_?key|session_?id|session|sid|nonce|csrf|jwt|(?:verification|reset|activation|confirmation|auth|recovery|login|security|access|sms|email)_code|pin)$/iu;

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
