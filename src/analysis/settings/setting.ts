// A setting of a Django or Flask application: what it is worth where the application really runs.

import type { HeapObject, Value } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";

export type Framework = "django" | "flask";

export interface Setting {
  readonly framework: Framework;
  /** `SESSION_COOKIE_SECURE` */
  readonly name: string;
  readonly value: Value;
  /** What is written for the value, where that is one expression. */
  readonly expression: Expression | undefined;
  /** Where it is decided: an assignment, or a call that sets it. */
  readonly span: Span;
  /** The lists and dicts that the value may hold. */
  readonly objects: ReadonlyMap<number, HeapObject>;
}

/** All settings of one way to run an application: a settings module with what it imports, a class, an app. */
export interface Settings {
  readonly framework: Framework;
  /** What the settings are called: `shop/settings/production.py`, `ProductionConfig`. */
  readonly title: string;
  /**
   * A setting with its last word. `undefined` where it is not set, or only on a developer's machine, or
   * under a condition of which it is not known where it holds.
   */
  get(name: string): Setting | undefined;
}
