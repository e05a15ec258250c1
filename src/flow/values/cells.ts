// Names that a function changes for another one: `nonlocal` and `global`. They live on the heap, where
// calls and branches carry them along; every other name lives in its frame's variables.

import type { Frame } from "../frame.ts";
import { type Heap, type HeapObject, newSymbol, type Value } from "./value.ts";

const key = "cell";

/** The value of a cell; `undefined` where nothing was put into it. */
export function readCell(heap: Heap | undefined, cell: number | undefined): Value | undefined {
  return cell === undefined ? undefined : heap?.get(cell)?.entries.get(key);
}

function writeCell(heap: Heap, cell: number, value: Value): void {
  const object: HeapObject = {
    kind: "instance",
    items: undefined,
    entries: new Map([[key, value]]),
    rest: undefined,
    isClosed: true,
  };
  heap.set(cell, object);
}

/** The cell of a name, made when first asked for; it begins with the value the name has. */
export function cellOf(
  cells: Map<string, number>,
  name: string,
  heap: Heap,
  value: Value | undefined,
): number {
  const known = cells.get(name);
  if (known !== undefined) return known;
  const made = newSymbol();
  cells.set(name, made);
  if (value) writeCell(heap, made, value);
  return made;
}

/** Gives a value to a name where the name belongs: to the frame, to a frame around it, to the module. */
export function bind(frame: Frame, name: string, value: Value): void {
  const { state, definition } = frame;
  if (!state) return;
  if (!definition || frame.comprehended.has(name)) {
    state.variables.set(name, value);
    return;
  }
  if (definition.locals.has(name)) {
    if (!definition.cells.has(name)) state.variables.set(name, value);
    else writeCell(state.heap, cellOf(frame.cells, name, state.heap, undefined), value);
    return;
  }
  const outer = frame.closure?.cell(name, state.heap);
  if (outer !== undefined) writeCell(state.heap, outer, value);
  else {
    const cells = frame.machine.cellsOf(frame.module);
    writeCell(state.heap, cellOf(cells, name, state.heap, undefined), value);
  }
}
