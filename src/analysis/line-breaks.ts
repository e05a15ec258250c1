// Whether a value can still hold a line break after what it passed: for logs and headers, where one starts
// a new entry.

import type { Expression } from "../python/syntax.ts";
import { calledName, type Passage } from "./passage.ts";

/** `true` where the value cannot hold a line break, or something on its way may well have removed it. */
export function hasNoLineBreaks(passage: Passage): boolean {
  return (
    isWithoutByNature(passage) || isUndecoded(passage) || passage.passed.some(removesLineBreaks)
  );
}

/**
 * Servers refuse line breaks in header values, file names of uploads hold none, and these parts of a URL
 * come as they were sent, with `%0A` for a line break.
 */
function isWithoutByNature({ concept, source, passed }: Passage): boolean {
  const isDecoded = passed.some(
    (expression) =>
      expression.kind === "call" && /^unquote(?:_plus)?$/u.test(calledName(expression)),
  );
  if (concept === "http-header" || concept === "http-upload") return !isDecoded;
  return /\.(?:url|base_url|host_url|query_string|method|raw_path|path_qs|rel_url|build_absolute_uri\(.*\)|get_full_path\(.*\))$/su.test(
    source,
  );
}

/** The path of `http.server` comes as it was sent, until somebody decodes it. */
function isUndecoded({ source, passed }: Passage): boolean {
  return (
    source === "self.path" &&
    !passed.some((expression) => expression.kind === "call" && decoders.has(calledName(expression)))
  );
}

const decoders: ReadonlySet<string> = new Set(["unquote", "unquote_plus", "parse_qs", "parse_qsl"]);

function removesLineBreaks(expression: Expression): boolean {
  if (expression.kind === "formatted") {
    return expression.parts.some(
      (part) => typeof part !== "string" && (part.conversion === "r" || part.conversion === "a"),
    );
  }
  if (expression.kind === "binary") {
    const { operator, left } = expression;
    return operator === "%" && left.kind === "string" && /%[#0\- +]*\d*[ra]/u.test(left.value);
  }
  if (expression.kind !== "call") return false;
  const [first, second] = expression.arguments.map((argument) => argument.value);
  switch (calledName(expression)) {
    case "repr":
    case "ascii":
    case "splitlines":
    case "isprintable":
      return true;
    case "translate":
      return true;
    case "split":
      return !first || isLineBreak(first);
    case "replace":
      return isLineBreak(first);
    case "sub":
    case "subn":
      return isBreakPattern(first) || isBreakPattern(second);
    case "encode":
      return first?.kind === "string" && /escape/u.test(first.value);
    default:
      return false;
  }
}

function isLineBreak(expression: Expression | undefined): boolean {
  return expression?.kind === "string" && /[\r\n]/u.test(expression.value);
}

/** `[\r\n]+`, `\s+`, `[^a-z ]`, `\W`: a pattern that takes line breaks away. */
function isBreakPattern(expression: Expression | undefined): boolean {
  return (
    expression?.kind === "string" && /[\r\n]|\\[nrsWvDx]|\[\^|\[:cntrl:\]/u.test(expression.value)
  );
}
