// A password, a token or a whole request is written to a log, where more people read it than may, and for longer.

import {
  calledName,
  codeOf,
  enclosingNodes,
  isSensitiveName,
  isTestPath,
  type Passage,
  taintRule,
} from "#rule";

export default taintRule({
  from: ["http-input", "environment", "password", "sensitive", "weak-random"],
  into: ["log-entry", "console"],
  isHarmless: (passage) =>
    isTestPath(passage.flow.call.module.path) ||
    // Code that is not known may well have made something else of it.
    passage.flow.label.hops > 0 ||
    !isSecret(passage) ||
    passage.passed.some(hides),
  message: ({ source, sink, concept }) =>
    `${source} ends up in ${concept === "console" ? "what" : "the log that"} ${sink} ${concept === "console" ? "prints" : "writes"}, where everybody who reads logs can use it. Leave it out, or write only that it is there.`,
});

function isSecret(passage: Passage): boolean {
  const { concept, source, flow } = passage;
  if (concept === "password") return true;
  // A token that was just made: what its variable is called says what it is for.
  if (
    concept === "weak-random" ||
    (concept === "sensitive" && /\)$/u.test(source) && !/\.(?:get|pop)\(/u.test(source))
  )
    return flow.concept !== "console" && namesOnTheWay(passage).some(isSensitiveName);
  if (isWhole(passage)) return true;
  const key = [...source.matchAll(/[[(]\s*b?["']([^"']+)["']/gu)].at(-1)?.[1];
  const name = key ?? /(\w+)\s*(?:\(\))?$/u.exec(source)?.[1];
  if (name !== undefined && isSensitiveName(name)) return true;
  // `password = request.form["p"]`: the field says nothing, what the program calls it does.
  return isSensitiveName(nameOfRead(passage) ?? "");
}

/** `password` of `password = request.form["p"]`. */
function nameOfRead({ flow, source }: Passage): string | undefined {
  let first = flow.label.steps;
  while (first?.previous) first = first.previous;
  const [, name, read] =
    /^\s*(\w+)\s*=\s*(?:await\s+)?(.+)$/su.exec(first ? codeOf(first.span) : "") ?? [];
  return read?.trim() === source ? name : undefined;
}

/** `token` of `token = secrets.token_urlsafe()`, and the names that it was given later. */
function namesOnTheWay({ flow }: Passage): readonly string[] {
  const names: string[] = [];
  for (let step = flow.label.steps; step; step = step.previous) {
    const name = /^\s*(?:self\.)?(\w+)\s*(?::[^=]+)?=/u.exec(codeOf(step.span))?.[1];
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** All headers, cookies or fields of a request, or the whole environment: secrets are among them. */
function isWhole({ source, passed, flow }: Passage): boolean {
  // Whoever goes through it takes parts of it.
  const around = enclosingNodes(flow.label.source.span);
  if (around.some(({ kind }) => kind === "comprehension")) return false;
  if (/\bfor\b.*\bin\b/su.test(codeOf(flow.argument))) return false;
  const isAll =
    /(?:\.(?:headers|META|POST|cookies|COOKIES|form|body|raw_headers)|\.(?:body|get_data|post|form)\(\)|\bos\.environ)$/u.test(
      source,
    );
  return (
    (isAll || isLoginBody(source, flow.call)) &&
    !passed.some(
      (expression) =>
        (expression.kind === "subscript" && !codesOfWhole.has(expression.index.kind)) ||
        (expression.kind === "call" && partReaders.has(calledName(expression))),
    )
  );
}

/** The whole body, where the function around speaks of what people log in or pay with. */
function isLoginBody(source: string, call: Passage["flow"]["call"]): boolean {
  if (!/(?:\.(?:json|data|json_body|media)|\.(?:get_json|json|get_media)\(\))$/u.test(source))
    return false;
  const around = enclosingNodes(call).findLast((node) => node.kind === "function");
  const code = around ? call.module.text.slice(around.start, around.end) : "";
  return /passw|log_?in|sign_?up|sign_?in|regist|credential|payment|checkout|\bcard/iu.test(code);
}

const codesOfWhole: ReadonlySet<string> = new Set(["slice"]);
const partReaders: ReadonlySet<string> = new Set([
  ...["get", "getlist", "getone", "pop", "items", "keys", "len", "sorted", "type", "setdefault"],
  ...["loads", "parse", "validate", "construct_event"],
]);

/** Cut, masked, hashed or counted: what is left tells nothing. */
function hides(expression: Passage["passed"][number]): boolean {
  if (expression.kind === "subscript") return expression.index.kind === "slice";
  if (expression.kind !== "call") return false;
  const name = calledName(expression);
  return hiding.test(name) || name === "replace" || name === "sub" || name === "len";
}

// Words that only ever make Pyward silent.
const hiding =
  /mask|redact|hash|digest|^sha\d|md5|obfuscat|saniti[sz]|scrub|censor|fingerprint|shorten|truncat|encrypt|anonymi[sz]|strip_secret|filter|hide|^bool$|clean/iu;
