// `eval` as `ast.literal_eval`, where it is given a text as it came: then only data can have been meant.

import { codeOf, type Fault, type Fix, fixWith, importOf } from "#rule";

export function fixOfEvaluation({ at, node, flows }: Fault): Fix | undefined {
  const evaluated = flows.filter(({ concept }) => concept === "code");
  const isEval =
    evaluated.length > 0 && evaluated.every(({ path }) => /^(?:builtins\.)?eval$/u.test(path));
  if (!isEval || node?.kind !== "call" || node.arguments.length !== 1) return undefined;
  const { callee } = node;
  const [given] = node.arguments;
  const isAsItCame =
    given?.spread === "" && ["name", "attribute", "subscript", "call"].includes(given.value.kind);
  // `literal_eval` takes no bytes.
  const isBytes =
    given !== undefined &&
    evaluated.some(({ label }) => bytes.test(codeOf(label.source.span))) &&
    !/\bdecode\(/u.test(
      codeOf({ module: at.module, start: given.value.start, end: given.value.end }),
    );
  if (isBytes) return undefined;
  const imported = importOf(at.module, "ast");
  if (callee.kind !== "name" || callee.id !== "eval" || !isAsItCame || !imported) return undefined;
  return fixWith(imported, {
    start: callee.start,
    end: callee.end,
    text: `${imported.name}.literal_eval`,
  });
}

const bytes = /\.(?:data|body|content|stream|get_data|read|recv)\b/u;
