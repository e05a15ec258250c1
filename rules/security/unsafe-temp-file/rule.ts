// A temporary file whose name others can foretell: they make it first, as a link to what they want overwritten.

import {
  argumentOfCall,
  type CallEvent,
  calledName,
  codeOf,
  constantsOf,
  defineRule,
  type Expression,
  enclosingNodes,
  everyNode,
  expressionAt,
  faultyCalls,
  isTestPath,
  type Value,
} from "#rule";
import { fixOfName } from "./fix.ts";

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
  fix: fixOfName,
  watches: ["tempfile.mktemp", "os.open", "pathlib.Path", ...writers.keys(), ...methods],
  *check({ program, finding }) {
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
    for (const module of program.modules) {
      if (!module.text.includes("NamedTemporaryFile") || isTestPath(module.path)) continue;
      for (const node of everyNode(module)) {
        if (node.kind !== "attribute" || node.name !== "name" || node.object.kind !== "call")
          continue;
        const called = calledName(node.object);
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
  switch (path.kind) {
    case "string":
      return shared.test(path.value);
    case "formatted": {
      const [first, second] = path.parts;
      const begins =
        typeof first === "string"
          ? shared.test(first)
          : first !== undefined &&
            isSharedFolder(call, first.value, depth) &&
            typeof second === "string" &&
            second.startsWith("/");
      const rest = typeof first === "string" ? path.parts : path.parts.slice(1);
      return (
        begins &&
        rest.every((part) => typeof part === "string" || isKnownToOthers(call, part.value))
      );
    }
    case "call": {
      const name = calledName(path);
      const [first, ...rest] = path.arguments;
      if (!first) return false;
      if (name === "Path" && rest.length === 0) return isForetoldText(call, first.value, depth + 1);
      return (
        (name === "join" || name === "Path") &&
        isSharedFolder(call, first.value, depth) &&
        rest.length > 0 &&
        rest.every(({ value }) => isKnownToOthers(call, value))
      );
    }
    case "binary":
      return (
        ["/", "+"].includes(path.operator) &&
        isKnownToOthers(call, path.right) &&
        (isSharedFolder(call, path.left, depth) || isForetoldText(call, path.left, depth + 1))
      );
    case "name": {
      const given = assignedTo(call, path.id);
      return given !== undefined && isForetoldText(call, given, depth + 1);
    }
    default:
      return false;
  }
}

/** A constant, or what every account can look up: a process's number, the time, a login name. */
function isKnownToOthers(call: CallEvent, part: Expression): boolean {
  if (part.kind === "string" || part.kind === "number") return true;
  if (part.kind === "formatted")
    return part.parts.every(
      (each) => typeof each === "string" || isKnownToOthers(call, each.value),
    );
  if (part.kind === "binary")
    return isKnownToOthers(call, part.left) && isKnownToOthers(call, part.right);
  if (part.kind !== "call") return false;
  const name = calledName(part);
  const [first] = part.arguments;
  if (["str", "int", "round"].includes(name) && first) return isKnownToOthers(call, first.value);
  return ["getpid", "getppid", "getuid", "getlogin", "getuser", "time"].includes(name) && !first;
}

/** `tempfile.gettempdir()`, `"/tmp"`, or a name or path made of one. */
function isSharedFolder(call: CallEvent, folder: Expression, depth: number): boolean {
  if (depth > 6) return false;
  if (folder.kind === "string") return /^\/(?:tmp|var\/tmp|dev\/shm)\/?$/u.test(folder.value);
  if (folder.kind === "call") {
    const [first, ...rest] = folder.arguments;
    if (calledName(folder) === "gettempdir") return true;
    const isPath = calledName(folder) === "Path" && first !== undefined && rest.length === 0;
    return isPath && isSharedFolder(call, first.value, depth + 1);
  }
  const given = folder.kind === "name" ? assignedTo(call, folder.id) : undefined;
  return given !== undefined && isSharedFolder(call, given, depth + 1);
}

/** The one value that a name is given in the function, or the file, that the call stands in. */
function assignedTo(call: CallEvent, name: string): Expression | undefined {
  const around = enclosingNodes(call.span).findLast(({ kind }) => kind === "function");
  const scopes = [...(around?.kind === "function" ? [around.body] : []), call.module.body];
  for (const body of scopes) {
    const given = everyNode({ body }).flatMap((node) =>
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
