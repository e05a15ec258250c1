// A file is made writable for every account of the machine, or a secret readable.

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
  itemsOf,
} from "#rule";
import { fixOfMode } from "./fix.ts";

/** Where a mode is given: its parameter's name and position, and where the path is. */
const modes: ReadonlyMap<string, { readonly position: number; readonly path?: number }> = new Map([
  ["os.chmod", { position: 1, path: 0 }],
  ["os.lchmod", { position: 1, path: 0 }],
  ["os.fchmod", { position: 1 }],
  ["os.open", { position: 2, path: 0 }],
  ["os.mkfifo", { position: 1, path: 0 }],
  ["os.mknod", { position: 1, path: 0 }],
  ["pathlib.Path.chmod", { position: 0 }],
  ["pathlib.Path.lchmod", { position: 0 }],
  ["paramiko.SFTPClient.chmod", { position: 1, path: 0 }],
]);
const commands = [
  ...["run", "call", "check_call", "check_output", "Popen"].map((name) => `subprocess.${name}`),
  "os.system",
];

const others = { read: 0o004, write: 0o002 };
const sticky = 0o1000;
const secrets =
  /\.(?:pem|key|p12|pfx|jks|env|kdbx)$|(?:^|[/._-])(?:id_(?:rsa|dsa|ecdsa|ed25519)|secrets?|credentials?|passwords?|passwd|tokens?|private|shadow|htpasswd|netrc|pgpass)(?:$|[/._-])/iu;

export default defineRule({
  fix: fixOfMode,
  watches: [...modes.keys(), ...commands, "os.umask"],
  *check({ program, finding }) {
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
  },
});

function faultOf(call: CallEvent): string | undefined {
  if (call.paths.includes("os.umask")) return faultOfMask(call);
  if (call.paths.some((path) => commands.includes(path))) return faultOfCommand(call);
  const shape = call.paths.map((path) => modes.get(path)).find((each) => each !== undefined);
  if (!shape) return undefined;
  const bits = bitsOf(call, shape.position);
  if (bits === undefined || (bits & sticky) !== 0) return undefined;
  if ((bits & others.write) !== 0) return openToAll;
  const path =
    shape.path === undefined
      ? call.arguments.receiver?.value
      : call.arguments.positional[shape.path]?.value;
  const isSecret = namesOf(call, path, shape.path).some((name) => secrets.test(name));
  return isSecret && (bits & others.read) !== 0
    ? "Every account of the machine may read this secret. Give it to its owner alone: `0o600`."
    : undefined;
}

const openToAll =
  "Every account and every program of the machine may change this, whatever it then does. Take what its owner needs: `0o600`, or `0o700` for a folder.";

function faultOfMask(call: CallEvent): string | undefined {
  const known = constantsOf(argumentOfCall(call, "mask", 0));
  const isOpen =
    known.length > 0 &&
    known.every((mask) => typeof mask === "number" && (mask & others.write) === 0);
  if (!isOpen) return undefined;
  // For a moment only: the old mask is put back.
  const around = enclosingNodes(call.span).findLast((node) => node.kind === "function");
  const masks = everyNode({ body: around?.body ?? [] }).filter(
    (node) => node.kind === "call" && calledName(node) === "umask",
  );
  return masks.length > 1
    ? undefined
    : "From here on every account of the machine may change the files that this program makes. Use `os.umask(0o077)`.";
}

function faultOfCommand(call: CallEvent): string | undefined {
  const value = call.arguments.positional[0]?.value ?? argumentOfCall(call, "args");
  const words =
    itemsOf(call.objects, value)?.map((item) => String(constantsOf(item)[0] ?? "")) ??
    constantsOf(value).flatMap((text) => (typeof text === "string" ? text.split(/\s+/u) : []));
  const all = words.length > 0 ? words : (value?.prefix ?? "").split(/\s+/u);
  const at = all.findIndex((word) => /(?:^|\/)chmod$/u.test(word));
  const mode = at < 0 ? undefined : all.slice(at + 1).find((word) => !word.startsWith("-"));
  return mode !== undefined &&
    /^(?:0?[0-7]{2}[2367]|[au]*o?[ao]\+[rx]*w[rx]*|\+rwx|o[+=][rx]*w[rx]*)$/u.test(mode)
    ? openToAll
    : undefined;
}

/** The bits that are surely set: of a constant all, of `old | stat.S_IWOTH` those that are named. */
function bitsOf(call: CallEvent, position: number): number | undefined {
  const value = argumentOfCall(call, "mode", position);
  const known = constantsOf(value);
  if (known.length > 0) {
    const numbers = known.filter((mode) => typeof mode === "number");
    return numbers.length === known.length ? numbers.reduce((all, mode) => all & mode) : undefined;
  }
  const given = call.arguments.keywords.get("mode") ?? call.arguments.positional[position];
  const expression = given && expressionAt(given.span);
  return expression && namedBits(expression);
}

function namedBits(expression: Expression): number | undefined {
  if (expression.kind === "number") return expression.value;
  if (expression.kind === "binary" && expression.operator === "|") {
    const sides = [namedBits(expression.left), namedBits(expression.right)];
    return (sides[0] ?? 0) | (sides[1] ?? 0);
  }
  const name =
    expression.kind === "attribute"
      ? expression.name
      : expression.kind === "name"
        ? expression.id
        : "";
  return statBits.get(name);
}

// https://docs.python.org/3/library/stat.html
const statBits: ReadonlyMap<string, number> = new Map([
  ["S_ISVTX", 0o1000],
  ["S_IRWXU", 0o700],
  ["S_IRUSR", 0o400],
  ["S_IWUSR", 0o200],
  ["S_IXUSR", 0o100],
  ["S_IRWXG", 0o070],
  ["S_IRGRP", 0o040],
  ["S_IWGRP", 0o020],
  ["S_IXGRP", 0o010],
  ["S_IRWXO", 0o007],
  ["S_IROTH", 0o004],
  ["S_IWOTH", 0o002],
  ["S_IXOTH", 0o001],
]);

/** The names a path goes by: its text where it is known, else the words in the code. */
function namesOf(
  call: CallEvent,
  path: Parameters<typeof constantsOf>[0],
  position: number | undefined,
): readonly string[] {
  const texts = constantsOf(path).flatMap((text) => (typeof text === "string" ? [text] : []));
  if (texts.length > 0) return texts;
  const span = position === undefined ? call.calleeSpan : call.arguments.positional[position]?.span;
  return [...(span ? codeOf(span) : "").matchAll(/["']([^"']+)["']/gu)].map(
    ([, text]) => text ?? "",
  );
}
