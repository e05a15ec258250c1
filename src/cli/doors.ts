// What the command line is given from above: the engine and the App, loaded only when asked for.

import type { Engine } from "../analysis/analyze.ts";

export interface Workshop {
  /** Names the engine with its rules and models: another one finds other things. */
  engineId(): string;
  /** The person's own folder; `undefined` where there is none. */
  readonly cacheFolder: string | undefined;
  /** The module that analyses on another thread. */
  readonly thread: URL;
}

export interface Doors {
  /** Pyward's own version: `0.1.0`. */
  readonly version: string;
  loadEngine(): Promise<Engine>;
  /** What analyses are kept and shared out with; without it, neither. */
  readonly workshop?: Workshop;
  /** Starts the App; ends when it is stopped. Throws UserMistake for settings that are wrong. */
  serve(): Promise<void>;
}
