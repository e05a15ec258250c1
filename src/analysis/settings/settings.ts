// The settings of the applications in a project, as they are where the applications really run.
// Missed: settings read from files, and frameworks that have none of their own (FastAPI).

import { isOnly } from "../arguments-of-call.ts";
import type { Program } from "../program.ts";
import { djangoSettings } from "./django-settings.ts";
import { isForProduction } from "./environment.ts";
import { flaskSettings } from "./flask-settings.ts";
import type { Setting, Settings } from "./setting.ts";

const known = new WeakMap<Program, readonly Settings[]>();

/** One for each way to run an application; a rule that asks must watch `flaskSettingPaths`. */
export function settingsOf(program: Program): readonly Settings[] {
  const before = known.get(program);
  if (before) return before;
  const found = [...djangoSettings(program), ...flaskSettings(program)];
  known.set(program, found);
  return found;
}

/** The settings of these names, each with all that is set beside it. */
export function* settingsNamed(
  program: Program,
  ...names: readonly string[]
): Iterable<{ readonly setting: Setting; readonly settings: Settings }> {
  for (const settings of settingsOf(program)) {
    for (const name of names) {
      const setting = settings.get(name);
      if (setting) yield { setting, settings };
    }
  }
}

/**
 * A developer's settings under another name: the debug mode is on, and is told of by itself. Settings that are
 * called production's are none, whatever they say.
 */
export function isForDebugging(settings: Settings): boolean {
  return isOnly(settings.get("DEBUG")?.value, true) && !isForProduction(settings.title);
}
