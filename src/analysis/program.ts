// A program that has been looked at, as rules see it.

import type { CallEdge, CallEvent, ConstantEvent, FlowEvent } from "../flow/frame.ts";
import type { ObservedFunction } from "../flow/interpreter.ts";
import type { ClassDefinition, HeapObject, Value } from "../flow/values/value.ts";
import type { Module } from "../python/module.ts";
import type { PythonProject } from "../python/project.ts";
import type { DependencyChange } from "./dependencies/dependency-change.ts";

export interface Program {
  readonly project: PythonProject;
  readonly modules: readonly Module[];
  /** Configuration files beside Python (see `config-file.ts`): texts without a tree. */
  readonly configs: readonly Module[];
  /** Files of SQL (see `database-file.ts`), in the order of their paths. */
  readonly sqlFiles: readonly Module[];
  /** The files that name what the program is installed with (see `manifest.ts`), whatever else they are. */
  readonly manifests: readonly Module[];
  /** What a change does to that, where somebody was asked; else empty. */
  readonly dependencies: readonly DependencyChange[];
  /** Every function, method and nested function, run by itself. */
  readonly functions: readonly ObservedFunction[];
  /** Calls of the API paths that some rule watches (`Rule.watches`), with their arguments' values. */
  readonly calls: readonly CallEvent[];
  /** Every value from outside that arrived at a sink. */
  readonly flows: readonly FlowEvent[];
  /** Which functions of the project call which. */
  readonly edges: readonly CallEdge[];
  /** Constants that arrived at a sink of a concept some rule watches (`Rule.watchesConstantsIn`). */
  readonly constants: readonly ConstantEvent[];
  /** Classes of the project by path: `app.models.User`. */
  readonly classes: ReadonlyMap<string, ClassDefinition>;
  /** The public name of an API path, after aliases. */
  canonical(path: string): string;
  /** What does the same as an API without blocking, as code: `asyncio.sleep`. */
  asyncTwin(path: string): string | undefined;
  /** What a module's global is worth once the module has run. */
  globalOf(module: Module, name: string): Value | undefined;
  /** The lists, dicts and objects that modules and classes were left with, by their numbers in values. */
  readonly objects: ReadonlyMap<number, HeapObject>;
}
