// What the command line is given from above: the engine and the App, loaded only when asked for.

import type { Engine } from "../analysis/analyze.ts";

export interface Doors {
  /** Pyward's own version: `0.1.0`. */
  readonly version: string;
  loadEngine(): Promise<Engine>;
  /** Starts the App; ends when it is stopped. Throws UserMistake for settings that are wrong. */
  serve(): Promise<void>;
}
