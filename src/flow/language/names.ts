// What a bare name means where it stands: local, captured, global, built in.
// https://docs.python.org/3/reference/executionmodel.html#resolution-of-names

import type { Frame } from "../frame.ts";
import { readCell } from "../values/cells.ts";
import { constantValue, makeValue, type Value } from "../values/value.ts";

/** The value of a name, or `undefined` where it has none that is known. */
export function lookUpName(frame: Frame, name: string): Value | undefined {
  const { definition, state } = frame;
  if (!definition || frame.comprehended.has(name)) {
    const local = state?.variables.get(name);
    if (local) return local;
  }
  if (definition?.locals.has(name)) {
    const cell = definition.cells.has(name) ? frame.cells.get(name) : undefined;
    return readCell(state?.heap, cell) ?? state?.variables.get(name);
  }
  const captured = frame.closure?.lookUp(name, state?.heap);
  if (captured) return captured;
  const changed = readCell(state?.heap, frame.machine.cellsOf(frame.module).get(name));
  if (changed) return changed;
  const global = frame.machine.global(frame.module, name);
  if (global) return global;
  // A file may be imported, and it may be what was started.
  if (name === "__name__") return constantValue(frame.module.name, "__main__");
  if (name === "__debug__") return constantValue(true);
  return builtinNames.has(name)
    ? makeValue({ references: [{ kind: "api", path: name, receiver: undefined }] })
    : undefined;
}

// https://docs.python.org/3/library/functions.html and the built-in exceptions that are called by name.
const builtinNames = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex
  delattr dict dir divmod enumerate eval exec execfile filter float format frozenset getattr globals hasattr hash
  help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open
  ord pow print property range raw_input repr reversed round set setattr slice sorted staticmethod str sum super
  tuple type unicode vars zip __import__ exit quit
  BaseException Exception ArithmeticError AssertionError AttributeError EOFError FileExistsError FileNotFoundError
  ImportError IndexError KeyError KeyboardInterrupt LookupError NotImplementedError OSError OverflowError
  PermissionError RuntimeError StopIteration SyntaxError SystemExit TimeoutError TypeError UnicodeDecodeError
  ValueError ZeroDivisionError`.split(/\s+/u),
);
