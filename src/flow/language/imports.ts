// Imports: a name of another file of the project is that file's value; any other is an API path.

import type { ImportFromStatement, ImportStatement } from "../../python/syntax.ts";
import { type Frame, spanOf } from "../frame.ts";
import { makeValue, type Value } from "../values/value.ts";

/** `import a.b`, `import a.b as c`. */
export function importModules(frame: Frame, statement: ImportStatement): void {
  for (const { name, alias } of statement.names) {
    const bound = alias ?? name.split(".")[0] ?? name;
    // Without an alias the name bound is the first package; its parts are read as attributes.
    const target = alias ? name : bound;
    frame.state?.variables.set(bound, moduleValue(frame, target, 0));
  }
}

/** `from a.b import c as d`, `from . import c`, `from a import *`. */
export function importFrom(frame: Frame, statement: ImportFromStatement): void {
  const { project } = frame.machine;
  const module = project.resolve(frame.module, statement.module, statement.level);
  for (const { name, alias } of statement.names) {
    if (name === "*") {
      if (module && module !== frame.module) {
        for (const [key, value] of frame.machine.globals(module)) {
          if (!key.startsWith("_")) frame.state?.variables.set(key, value);
        }
      }
      continue;
    }
    frame.state?.variables.set(alias ?? name, importedValue(frame, statement, name));
  }
}

/** What `from module import name` gives. */
export function importedValue(frame: Frame, statement: ImportFromStatement, name: string): Value {
  const { project, models } = frame.machine;
  const module = project.resolve(frame.module, statement.module, statement.level);
  if (module && module !== frame.module) {
    const value = frame.machine.global(module, name);
    if (value) return value;
  }
  const dotted = statement.module === "" ? name : `${statement.module}.${name}`;
  const submodule = project.resolve(frame.module, dotted, statement.level);
  if (submodule) return makeValue({ references: [{ kind: "module", module: submodule }] });
  // A relative import of a file that is not at hand says nothing.
  if (statement.level > 0 || module) return makeValue({});
  const path = models.canonical(dotted);
  // `from os import environ` brings in what comes from outside, as reading it from its module does.
  if (models.find(path)?.readSource !== undefined && statement.module !== "")
    return frame.machine.readAttribute(
      frame,
      makeValue({ references: [{ kind: "api", path: statement.module, receiver: undefined }] }),
      name,
      spanOf(frame, statement),
    );
  return readApi(frame, path);
}

function moduleValue(frame: Frame, name: string, level: number): Value {
  const module = frame.machine.project.resolve(frame.module, name, level);
  if (module) return makeValue({ references: [{ kind: "module", module }] });
  return makeValue({ references: [{ kind: "api", path: name, receiver: undefined }] });
}

/** What an API path stands for when it is read: an object of a known type, or itself. */
export function readApi(frame: Frame, path: string): Value {
  const model = frame.machine.models.find(path);
  if (model?.sharedAs !== undefined)
    return makeValue({
      types: [model.sharedAs],
      objects: [frame.machine.sharedObject(model.sharedAs)],
    });
  if (model?.readReturns) return ofType(frame, model.readReturns);
  if (path === "typing.TYPE_CHECKING") return makeValue({ constants: [false] });
  return makeValue({ references: [{ kind: "api", path, receiver: undefined }] });
}

/** An object of a library's class; where a program has one such object, that one. */
export function ofType(frame: Frame, type: string): Value {
  const isShared = frame.machine.models.find(type)?.isSharedClass;
  return makeValue({ types: [type], objects: isShared ? [frame.machine.sharedObject(type)] : [] });
}
