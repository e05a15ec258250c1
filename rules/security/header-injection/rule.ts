// Text from outside becomes a header where line breaks go through, and so can begin headers of its own.

import { type Expression, hasNoLineBreaks, type Passage, taintRule } from "#rule";

export default taintRule({
  // Values of headers hold no line breaks, until somebody decodes them.
  from: ["http-parameter", "http-path", "http-body", "http-cookie", "http-header"],
  into: ["header"],
  isHarmless: (passage) => hasNoLineBreaks(passage) || isInBody(passage),
  message: ({ source, sink, call }) =>
    isMail(call)
      ? `${source} becomes part of the headers of the mail that ${sink} sends, so whoever sends it can add recipients and rewrite the mail. Build it as an \`email.message.EmailMessage\`.`
      : `${source} becomes part of the headers that ${sink} writes, so whoever sends it can add headers, cookies or a page of their own. Refuse line breaks in it.`,
});

function isMail(call: string): boolean {
  return call.endsWith(".sendmail");
}

/** In the text of a mail the headers end at the first empty line; what stands below it does no harm. */
function isInBody({ sink, passed, holdsValue }: Passage): boolean {
  return isMail(sink) && passed.some((expression) => isBelowHeaders(expression, holdsValue));
}

function isBelowHeaders(text: Expression, holdsValue: Passage["holdsValue"]): boolean {
  const pieces = piecesOf(text);
  const end = pieces.findIndex((piece) => typeof piece === "string" && /\n\r?\n/u.test(piece));
  if (end === -1) return false;
  const isValue = (piece: string | Expression) => typeof piece !== "string" && holdsValue(piece);
  const above = pieces.slice(0, end);
  if (above.every((piece) => typeof piece === "string")) return end < pieces.length - 1;
  return !above.some(isValue) && pieces.slice(end).some(isValue);
}

/** A text in pieces: literals and what is put between them, by `+`, in an f-string, by `%` or `format`. */
function piecesOf(text: Expression): readonly (string | Expression)[] {
  switch (text.kind) {
    case "string":
      return [text.value];
    case "formatted":
      return text.parts.map((part) => (typeof part === "string" ? part : part.value));
    case "binary": {
      if (text.operator === "+") return [...piecesOf(text.left), ...piecesOf(text.right)];
      if (text.operator !== "%" || text.left.kind !== "string") return [text];
      const values = text.right.kind === "tuple" ? text.right.elements : [text.right];
      return fill(text.left.value.split(/%[a-z]/u), values);
    }
    case "call": {
      const { callee } = text;
      const isFormat = callee.kind === "attribute" && callee.name === "format";
      if (!isFormat || callee.object.kind !== "string") return [text];
      return fill(
        callee.object.value.split(/\{[^{}]*\}/u),
        text.arguments.map((argument) => argument.value),
      );
    }
    default:
      return [text];
  }
}

function fill(
  literals: readonly string[],
  values: readonly Expression[],
): readonly (string | Expression)[] {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    return value && index < literals.length - 1 ? [literal, value] : [literal];
  });
}
