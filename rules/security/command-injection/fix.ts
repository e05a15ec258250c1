// A command line for a shell as a list of arguments, where it holds nothing that only a shell understands.

import {
  argumentAt,
  type CallExpression,
  codeOf,
  type Expression,
  type Fault,
  type Fix,
  fixOf,
  fixWith,
  importOf,
  type Module,
  readHere,
  removeArgument,
  templateOf,
  writtenAt,
} from "#rule";

const runners = new Set(
  ["run", "call", "check_call", "check_output", "Popen"].map((name) => `subprocess.${name}`),
);

export function fixOfCommand(fault: Fault): Fix | undefined {
  const { at, node } = fault;
  const flows = fault.flows.filter(({ concept }) => concept === "shell");
  const paths = new Set(flows.map(({ path }) => path));
  const [path] = paths;
  const [given] = node?.kind === "call" ? node.arguments : [];
  if (path === undefined || paths.size !== 1 || node?.kind !== "call" || !given) return undefined;
  if (given.name !== undefined || given.spread !== "") return undefined;
  const { module } = at;
  const written = writtenAt(module, node, given.value);
  const list = written && argumentList(module, written.expression);
  if (!list || !readHere(list.values, written)) return undefined;
  const { start, end } = written.expression;
  const edit = { start, end, text: list.code };
  if (path === "os.system") return fixOfSystem(fault, node, edit);
  const shell = argumentAt(node, "shell");
  const isShell = shell?.value.kind === "singleton" && shell.value.value === true;
  if (!runners.has(path) || !shell || !isShell) return undefined;
  return fixOf(edit, removeArgument(module, node, shell));
}

/** Only where nobody asks for the exit status, which is another number here. */
function fixOfSystem(
  { at, program }: Fault,
  call: CallExpression,
  edit: { readonly start: number; readonly end: number; readonly text: string },
): Fix | undefined {
  const { module } = at;
  const isStatement = /^[ \t]*$/u.test(
    module.text.slice(module.text.lastIndexOf("\n", call.start) + 1, call.start),
  );
  const imported = importOf(module, "subprocess");
  if (!program || !isStatement || !imported || call.arguments.length !== 1) return undefined;
  const { start, end } = call.callee;
  return fixWith(
    imported,
    { start, end, text: `${imported.name}.run` },
    { ...edit, text: `${edit.text}, check=False` },
  );
}

/** What a shell reads as something else than itself. */
const shellSigns = /[|&;<>()$`\\*?[\]#~!{}%\n\t]|=/u;

interface ArgumentList {
  readonly code: string;
  readonly values: readonly Expression[];
}

function argumentList(module: Module, expression: Expression): ArgumentList | undefined {
  const template = templateOf(module, expression);
  const words: string[][] = [];
  const values: Expression[] = [];
  let word: string[] | undefined;
  let quote: string | undefined;
  for (const piece of template?.pieces ?? []) {
    if (piece.kind === "hole") {
      if (!["name", "attribute", "subscript"].includes(piece.value.kind)) return undefined;
      values.push(piece.value);
      word ??= [];
      word.push(`{${codeOf({ module, start: piece.value.start, end: piece.value.end })}}`);
      continue;
    }
    for (const char of module.text.slice(piece.start, piece.end)) {
      const isQuote = char === "'" || char === '"';
      if (isQuote && (quote === undefined || quote === char)) {
        quote = quote === undefined ? char : undefined;
        word ??= [];
      } else if (char === " " && quote === undefined) {
        if (word) words.push(word);
        word = undefined;
      } else if (isQuote || shellSigns.test(char)) {
        return undefined;
      } else {
        word ??= [];
        word.push(char);
      }
    }
  }
  if (quote !== undefined) return undefined;
  if (word) words.push(word);
  // The program itself must stand there: nobody sure of it is known otherwise.
  const [program] = words;
  if (!program || program.some((part) => part.length > 1)) return undefined;
  const codes = words.map(codeOfWord);
  if (codes.some((code) => code === undefined)) return undefined;
  return { code: `[${codes.join(", ")}]`, values };
}

/** `"-r"`, `path`, or `f"--out={path}"`. */
function codeOfWord(parts: readonly string[]): string | undefined {
  const holes = parts.filter((part) => part.length > 1);
  const [only] = parts;
  if (holes.length === 0) return `"${parts.join("")}"`;
  if (parts.length === 1 && only) return only.slice(1, -1);
  const code = parts.join("");
  if (!code.includes('"')) return `f"${code}"`;
  return code.includes("'") ? undefined : `f'${code}'`;
}
