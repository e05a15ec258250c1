// What a call does beside returning: it makes the thread wait. Effects rise from the call that blocks to whoever
// calls it; what runs later (a coroutine, a generator nobody goes through) has none yet.

import type { Span } from "../../python/module.ts";
import type { CallArguments, Effect, Frame } from "../frame.ts";
import type { ApiModel } from "../models.ts";
import type { FunctionDefinition, Value } from "../values/value.ts";
import { conditionHolds } from "./arguments.ts";

/** Effects of one frame; more tell nothing new. */
const maxEffects = 60;
/** Calls from a function down to the one that blocks. */
const maxChain = 6;

/** Notes that a library's call blocks, if it does with these arguments. */
export function noteBlocking(
  frame: Frame,
  model: ApiModel,
  path: string,
  given: CallArguments,
  span: Span,
  callee: Span,
): void {
  const { blocks } = model;
  if (blocks && conditionHolds(frame, blocks.signature, given))
    add(frame, { kind: blocks.kind, path, chain: [span], callee });
}

/**
 * Notes what going through a value (or measuring or indexing it) does: a lazy query asks the database now, and a
 * generator runs.
 */
export function noteImplicit(
  frame: Frame,
  value: Value,
  method: "__iter__" | "__len__" | "__getitem__" | "__bool__",
  span: Span,
): void {
  for (const type of value.types) {
    const path = `${type}.${method}`;
    const kind = frame.machine.models.find(path)?.blocks?.kind;
    if (kind) add(frame, { kind, path, chain: [span], callee: span });
  }
  if (method !== "__iter__") return;
  for (const id of value.objects)
    for (const effect of frame.machine.recorder.effectsOfGenerator(id)) add(frame, effect);
}

/** What a called function does is done by its caller; an `async` one does it in its own name, whoever gave it what it works with. */
export function bubble(
  frame: Frame,
  definition: FunctionDefinition,
  effects: readonly Effect[],
  result: Value,
  span: Span,
  callee: Span,
): void {
  if (effects.length === 0) return;
  if (definition.isAsync) {
    frame.machine.recorder.noteOwnEffects(frame, definition, effects);
    return;
  }
  const risen = effects.flatMap((effect) =>
    effect.chain.length < maxChain ? [{ ...effect, chain: [span, ...effect.chain], callee }] : [],
  );
  if (!definition.isGenerator) for (const effect of risen) add(frame, effect);
  else for (const id of result.objects) frame.machine.recorder.noteGenerator(id, risen);
}

function add(frame: Frame, effect: Effect): void {
  const isKnown = frame.effects.some((known) => isSameEffect(known, effect));
  if (!isKnown && frame.effects.length < maxEffects) frame.effects.push(effect);
}

/** The same API, by way of the same call. */
export function isSameEffect(one: Effect, other: Effect): boolean {
  const [at] = one.chain;
  const [there] = other.chain;
  return one.path === other.path && at?.start === there?.start && at?.module === there?.module;
}
