// A temporary file whose name others can foretell: they make it first, as a link to what they want overwritten.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  constantsOf,
  defineRule,
  type Expression,
  enclosingNodes,
  everyNode,
  expressionAt,
  faultyCalls,
  type Value,
} from "#rule";

/** Calls that write a file, where its path is, and where its mode, if it has one. */
const writers: ReadonlyMap<
  string,
  { readonly name: string; readonly position: number; readonly mode?: number }
> = new Map([
  ["open", { name: "file", position: 0, mode: 1 }],
  ["codecs.open", { name: "filename", position: 0, mode: 1 }],
  ["gzip.open", { name: "filename", position: 0, mode: 1 }],
  ["zipfile.ZipFile", { name: "file", position: 0, mode: 1 }],
  ["tarfile.open", { name: "name", position: 0, mode: 1 }],
  ["aiofiles.open", { name: "file", position: 0, mode: 1 }],
  ["os.mkfifo", { name: "path", position: 0 }],
  ["shutil.copy", { name: "dst", position: 1 }],
  ["shutil.copy2", { name: "dst", position: 1 }],
  ["shutil.copyfile", { name: "dst", position: 1 }],
  ["urllib.request.urlretrieve", { name: "filename", position: 1 }],
  ["logging.FileHandler", { name: "filename", position: 0 }],
  ["logging.handlers.RotatingFileHandler", { name: "filename", position: 0 }],
]);
const methods = ["write_text", "write_bytes", "touch", "open"].map(
  (name) => `pathlib.Path.${name}`,
);
const shared = /^\/(?:var\/)?tmp\/|^\/dev\/shm\//u;

export default defineRule({
  watches: ["tempfile.mktemp", "os.open", "pathlib.Path", ...writers.keys(), ...methods],
  *check({ program, finding }) {
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
    for (const module of program.modules) {
      for (const node of everyNode(module)) {
        if (node.kind !== "attribute" || node.name !== "name" || node.object.kind !== "call")
          continue;
        const { callee } = node.object;
        const called =
          callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
        if (
          called !== "NamedTemporaryFile" ||
          node.object.arguments.some(({ name }) => name === "delete")
        )
          continue;
        const at = { module, start: node.start, end: node.end };
        yield finding(
          at,
          "The file is gone as soon as this line has run, and whoever makes one of its name first owns what is written. Keep the file itself: `with tempfile.NamedTemporaryFile() as file:`.",
        );
      }
    }
  },
});

function faultOf(call: CallEvent): string | undefined {
  if (call.paths.includes("tempfile.mktemp"))
    return "Between the choice of this name and the file's making, another account can make the file. Use `tempfile.mkstemp()` or `tempfile.NamedTemporaryFile()`.";
  return writesShared(call)
    ? "This name is known to every account of the machine: one that makes it first, as a link, has another file overwritten. Use `tempfile.NamedTemporaryFile()` or `tempfile.mkdtemp()`."
    : undefined;
}

function writesShared(call: CallEvent): boolean {
  if (call.paths.includes("os.open")) return opensWithoutCare(call);
  if (methods.some((path) => call.paths.includes(path))) {
    const opens = call.paths.includes("pathlib.Path.open");
    if (opens && !writes(argumentOfCall(call, "mode", 0))) return false;
    return isForetold(call, receiverOf(call), undefined);
  }
  const shape = call.paths.map((path) => writers.get(path)).find((each) => each !== undefined);
  if (!shape) return false;
  if (shape.mode !== undefined && !writes(argumentOfCall(call, "mode", shape.mode))) return false;
  const given =
    call.arguments.keywords.get(shape.name) ?? call.arguments.positional[shape.position];
  return given !== undefined && isForetold(call, expressionAt(given.span), given.value);
}

/** `w`, `a` and `r+` follow a link that is there; `x` does not. */
function writes(mode: Value | undefined): boolean {
  const known = constantsOf(mode);
  return (
    known.length > 0 &&
    known.every((text) => typeof text === "string" && /^(?:[wa]|r.?\+)/u.test(text))
  );
}

function opensWithoutCare(call: CallEvent): boolean {
  const flags = call.arguments.positional[1]?.span;
  const code = flags ? codeOf(flags) : "";
  const [path] = call.arguments.positional;
  if (!/O_CREAT/u.test(code) || /O_EXCL|O_NOFOLLOW|O_TMPFILE/u.test(code) || !path) return false;
  return isForetold(call, expressionAt(path.span), path.value);
}

function isForetold(
  call: CallEvent,
  path: Expression | undefined,
  value: Value | undefined,
): boolean {
  const known = constantsOf(value);
  if (known.length > 0) return known.every((text) => typeof text === "string" && shared.test(text));
  return path !== undefined && isForetoldText(call, path, 0);
}

/** A name below a shared folder, made of nothing but what others know too. */
function isForetoldText(call: CallEvent, path: Expression, depth: number): boolean {
  if (depth > 6) return false;
  const code = codeOf({ ...call.span, start: path.start, end: path.end });
  switch (path.kind) {
    case "string":
      return shared.test(path.value);
    case "formatted": {
      const [first] = path.parts;
      return (
        typeof first === "string" &&
        shared.test(first) &&
        path.parts.every((part) => typeof part === "string" || isKnownToOthers(call, part.value))
      );
    }
    case "call": {
      const name =
        path.callee.kind === "attribute"
          ? path.callee.name
          : path.callee.kind === "name"
            ? path.callee.id
            : "";
      const [first, ...rest] = path.arguments;
      if (!first) return false;
      if (name === "Path" && rest.length === 0) return isForetoldText(call, first.value, depth + 1);
      const isFolder =
        /^(?:tempfile\.)?gettempdir\(\)$|^["'](?:\/tmp|\/var\/tmp|\/dev\/shm)\/?["']$/u.test(
          codeOf({ ...call.span, start: first.value.start, end: first.value.end }),
        );
      return (
        (name === "join" || name === "Path") &&
        isFolder &&
        rest.length > 0 &&
        rest.every(({ value }) => isKnownToOthers(call, value))
      );
    }
    case "binary": {
      if (!["/", "+"].includes(path.operator) || !isKnownToOthers(call, path.right)) return false;
      const left = codeOf({ ...call.span, start: path.left.start, end: path.left.end });
      return (
        /^(?:Path\(|pathlib\.Path\()?(?:(?:tempfile\.)?gettempdir\(\)|["'](?:\/tmp|\/var\/tmp)\/?["'])\)?$/u.test(
          left,
        ) || isForetoldText(call, path.left, depth + 1)
      );
    }
    case "name": {
      const given = assignedTo(call, path.id);
      return given !== undefined && code === path.id && isForetoldText(call, given, depth + 1);
    }
    default:
      return false;
  }
}

function isKnownToOthers(call: CallEvent, part: Expression): boolean {
  if (part.kind === "string" || part.kind === "number") return true;
  const code = codeOf({ ...call.span, start: part.start, end: part.end });
  if (part.kind === "formatted")
    return part.parts.every(
      (each) => typeof each === "string" || isKnownToOthers(call, each.value),
    );
  return /^(?:str\(|int\()?(?:os\.)?(?:getpid|getuid|getlogin)\(\)\)?$|^(?:str\(|int\()?time\.time\(\)\)?$|^getpass\.getuser\(\)$/u.test(
    code,
  );
}

/** The one value that a name is given in the function, or the file, that the call stands in. */
function assignedTo(call: CallEvent, name: string): Expression | undefined {
  const around = enclosingNodes(call.span).findLast(({ kind }) => kind === "function");
  const scopes = [...(around?.kind === "function" ? [around.body] : []), call.module.body];
  for (const body of scopes) {
    const given = [...everyNode({ body })].flatMap((node) =>
      node.kind === "assign" &&
      node.targets.some((target) => target.kind === "name" && target.id === name)
        ? [node.value]
        : [],
    );
    if (given.length > 0) return given.length === 1 ? given[0] : undefined;
  }
  return undefined;
}

function receiverOf(call: CallEvent): Expression | undefined {
  const whole = expressionAt(call.span);
  const callee = whole?.kind === "call" ? whole.callee : undefined;
  return callee?.kind === "attribute" ? callee.object : undefined;
}
