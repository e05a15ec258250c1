// Comparisons of a stored secret with what was given: a setting, a variable of the environment, a field of an
// object whose name says that it is one.

import {
  type Expression,
  enclosingNodes,
  isSensitiveName,
  isTestPath,
  nodesOfKind,
  type Program,
  type Span,
} from "#rule";

type Module = Span["module"];

/** Every `==` and `!=` between a stored secret and a value that is not known. */
export function* secretComparisons(
  program: Program,
): Iterable<{ readonly span: Span; readonly secret: Expression }> {
  for (const module of program.modules) {
    if (isTestPath(module.path) || takesTextsApart(module)) continue;
    for (const node of nodesOfKind(module, "compare")) {
      if (node.operators.length !== 1) continue;
      if (!["==", "!="].includes(node.operators[0] ?? "")) continue;
      const [right] = node.comparators;
      if (!right || !isGiven(program, module, right) || !isGiven(program, module, node.left))
        continue;
      const sides = [node.left, right];
      const secret = sides.find((side) => isStoredSecret(program, module, side));
      if (!secret || nameOf(node.left) === nameOf(right)) continue;
      const span = { module, start: node.start, end: node.end };
      const isAsserted = enclosingNodes(span).some(
        ({ kind }) => kind === "assert" || kind === "comprehension",
      );
      if (!isAsserted) yield { span, secret };
    }
  }
}

/** A value that may be anything; not a constant, a number, a class. */
function isGiven(program: Program, module: Module, expression: Expression): boolean {
  if (!["name", "attribute", "subscript", "call"].includes(expression.kind)) return false;
  if (expression.kind !== "name") return true;
  return program.globalOf(module, expression.id)?.constants === undefined;
}

function isStoredSecret(program: Program, module: Module, expression: Expression): boolean {
  const name = nameOf(expression);
  // Passwords are kept as hashes, and that is another rule's affair.
  if (name === undefined || !isSensitiveName(name) || /passw|pwd|passcode/iu.test(name))
    return false;
  switch (expression.kind) {
    case "attribute":
      return !isMember(expression);
    case "subscript":
    case "call":
      return isOfSettings(module.text.slice(expression.start, expression.end));
    case "name":
      return (
        /^_*[A-Z][A-Z0-9_]*$/u.test(expression.id) &&
        program.globalOf(module, expression.id) !== undefined
      );
    default:
      return false;
  }
}

/** `ObjectType.PRIVATE_KEY` is one of several kinds, unless the class is there to hold settings. */
function isMember({ name, object }: Expression & { readonly kind: "attribute" }): boolean {
  const holder =
    object.kind === "attribute" ? object.name : object.kind === "name" ? object.id : "";
  return (
    /^[A-Z][A-Z0-9_]*$/u.test(name) &&
    /^[A-Z]+[a-z]/u.test(holder) &&
    !/(?:config|configuration|settings|secrets|credentials|keys|environment)$/iu.test(holder)
  );
}

function isOfSettings(code: string): boolean {
  return /\b(?:environ|getenv|config|settings|conf|secrets|env)\b/iu.test(code);
}

/** `SECRET`, `settings.SECRET`, `config["SECRET"]`, `environ.get("SECRET")`. */
function nameOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "name":
      return expression.id;
    case "attribute":
      return expression.name;
    case "subscript":
      return expression.index.kind === "string" ? expression.index.value : undefined;
    case "call": {
      const [first] = expression.arguments;
      return first?.value.kind === "string" ? first.value.value : undefined;
    }
    default:
      return undefined;
  }
}

/** In code that takes texts apart a token is a word. */
function takesTextsApart({ path, text }: Module): boolean {
  return /tokeni[sz]e|\blexer\b|grammar|next_token|token\.(?:type|kind|value|text|pos)\b/iu.test(
    `${path}\n${text}`,
  );
}
