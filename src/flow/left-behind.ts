// What a function leaves for those that run after it: in objects that a request shares, and, where a visitor
// wrote it, in names and objects of a module, which the next request finds there.

import type { Module } from "../python/module.ts";
import { deepLabels, joinAll } from "./data/containers.ts";
import type { Frame, Machine } from "./frame.ts";
import { readCell } from "./values/cells.ts";
import { bake, newState, type State } from "./values/state.ts";
import { cutOut } from "./values/transplant.ts";
import { type HeapObject, joinValues, type Label, type Value } from "./values/value.ts";

/** How often new finds may make the functions of one module run again. */
const mostReturns = 2;

export class LeftBehind {
  readonly #machine: Machine;
  readonly #globals = new Map<Module, Map<string, Value>>();
  /** Objects of modules that this run has put something from outside into. */
  readonly #touched = new Set<number>();
  readonly #filled = new Map<Module, number>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Another function is run. */
  begin(): void {
    this.#touched.clear();
  }

  touch(id: number): void {
    this.#touched.add(id);
  }

  /** Whether functions of a module may find what an earlier request has left. */
  isIn(module: Module): boolean {
    return this.#filled.has(module);
  }

  /** What a request has left in a name of a module, with what stood there before. */
  global(module: Module, name: string): Value | undefined {
    return this.#globals.get(module)?.get(name);
  }

  /**
   * What a function has put into a shared object is there for the functions that run after it. Gives the paths of
   * those in which something stands now where nothing was.
   */
  keepShared(
    frame: Frame,
    shared: Iterable<readonly [path: string, id: number]>,
  ): readonly string[] {
    const { sharedHeap } = this.#machine;
    const news: string[] = [];
    for (const [path, id] of shared) {
      for (const state of statesOf(frame)) {
        const left = state.heap.get(id);
        const known = sharedHeap.get(id);
        if (!left || !known || left === known) continue;
        const entries = new Map(known.entries);
        for (const [name, value] of left.entries) {
          const before = entries.get(name);
          if (before === value) continue;
          if (!before) news.push(path);
          const after = bake(value, state);
          entries.set(name, before ? joinValues(before, after) : after);
          this.#keepObjects(frame, value, state);
        }
        sharedHeap.set(id, { ...known, entries });
      }
    }
    return news;
  }

  /** `app.state.store = Store(...)`: the store outlives the function that made it, with all it holds. */
  #keepObjects(frame: Frame, value: Value, state: State): void {
    for (const [id, object] of cutOut({ ...frame, state }, [value], newState()) ?? []) {
      // Others change it by and by: its constants are not believed, its types are.
      const baked = (inner: Value): Value => ({ ...bake(inner, state), constants: undefined });
      this.#machine.sharedHeap.set(id, {
        ...object,
        items: object.items?.map(baked),
        entries: new Map([...object.entries].map(([key, inner]) => [key, baked(inner)])),
        rest: object.rest && baked(object.rest),
        ...(object.keys ? { keys: baked(object.keys) } : {}),
      });
    }
  }

  /**
   * What a visitor has put into the names and objects of modules. Gives the modules whose functions may not have
   * seen it yet.
   */
  keepVisitors(
    frame: Frame,
    cells: ReadonlyMap<Module, ReadonlyMap<string, number>>,
  ): readonly Module[] {
    const changed = new Set<Module>();
    for (const state of statesOf(frame)) {
      for (const [module, names] of cells)
        for (const [name, cell] of names)
          if (this.#keepGlobal(module, name, readCell(state.heap, cell), state))
            changed.add(module);
      for (const id of this.#touched)
        if (this.#keepObject({ ...frame, state }, id, state) && frame.definition)
          changed.add(frame.definition.module);
    }
    return [...changed].filter((module) => {
      const times = this.#filled.get(module) ?? 0;
      this.#filled.set(module, times + 1);
      return times < mostReturns;
    });
  }

  #keepGlobal(module: Module, name: string, found: Value | undefined, state: State): boolean {
    const left = found && bake(found, state);
    const before = this.#machine.global(module, name);
    if (!left || !bringsNew(left.labels, before?.labels ?? [])) return false;
    const names = this.#globals.get(module) ?? new Map<string, Value>();
    const value = { ...left, constants: undefined, implies: undefined };
    names.set(name, before ? { ...joinValues(before, value), constants: undefined } : value);
    this.#globals.set(module, names);
    return true;
  }

  #keepObject(frame: Frame, id: number, state: State): boolean {
    const { sharedHeap } = this.#machine;
    const left = state.heap.get(id);
    const known = sharedHeap.get(id);
    if (!left || !known || left === known) return false;
    const isNew = (value: Value, before: Value | undefined): boolean =>
      bringsNew(deepLabels(frame, value, 2), before ? deepLabels(frame, before, 2) : []);
    const entries = new Map(known.entries);
    for (const [name, value] of left.entries) {
      const before = entries.get(name);
      const after = bake(value, state);
      if (!isNew(after, before)) continue;
      this.#keepObjects(frame, after, state);
      entries.set(name, before ? joinValues(before, after) : after);
    }
    const others = [...(left.items ?? []), ...(left.rest ? [left.rest] : [])]
      .map((value) => bake(value, state))
      .filter((value) => isNew(value, known.rest));
    for (const value of others) this.#keepObjects(frame, value, state);
    const rest = joinAll([...(known.rest ? [known.rest] : []), ...others]);
    const isChanged =
      others.length > 0 || [...entries].some(([name, value]) => known.entries.get(name) !== value);
    if (isChanged) sharedHeap.set(id, asKept({ ...known, entries, rest }));
    return isChanged;
  }
}

/** What is kept may have been put in or not, by any request. */
function asKept(object: HeapObject): HeapObject {
  const { isFilled: _, whenEmpty: __, ...kept } = object;
  return kept;
}

function statesOf({ state, returns }: Frame): readonly State[] {
  return [state, ...returns.map((returned) => returned.state)].filter((each) => each !== undefined);
}

/** Whether any of the labels is a visitor's and not among those known. */
function bringsNew(labels: readonly Label[], known: readonly Label[]): boolean {
  return labels.some(
    (label) =>
      label.source.concept.startsWith("http-") &&
      !known.some(
        ({ source, cleared }) =>
          source.concept === label.source.concept &&
          source.span.module === label.source.span.module &&
          source.span.start === label.source.span.start &&
          (cleared & ~label.cleared) === 0,
      ),
  );
}
