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
  serve(role: "web" | "worker" | "all"): Promise<void>;
  /** Registers the App on GitHub; ends when that is done. Throws UserMistake where it may not be. */
  setUp(options: SetupOptions): Promise<void>;
  /** Looks at all that the App needs; changes nothing. */
  examine(): Promise<readonly Diagnosis[]>;
  /** Opens the App's store to its operator. Throws UserMistake for settings that are wrong. */
  openJobs(): Promise<JobDesk>;
}

export interface SetupOptions {
  /** Where GitHub will reach the App; else PUBLIC_URL is taken. */
  readonly publicUrl: string | undefined;
  /** The organisation that shall own it; else the person does. */
  readonly organisation: string | undefined;
  /** The `.env` file to write, or a folder for it and the key. */
  readonly save: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Tells the person at the terminal. */
  print(...lines: readonly string[]): void;
}

/** What was found of one thing that the App needs. */
export interface Diagnosis {
  /** `permissions`, `webhook` ... */
  readonly subject: string;
  /** `fault`: something will not work. `note`: worth knowing. */
  readonly state: "ok" | "note" | "fault";
  readonly said: string;
  /** What to do; absent where there is nothing to do. */
  readonly mend?: string;
}

/** What an operator may do with jobs that wait or failed. */
export interface JobDesk {
  list(state: JobState): Promise<readonly ListedJob[]>;
  /** Lets failed jobs be tried again; tells how many were. */
  replay(deliveries: readonly string[]): Promise<number>;
  /** Gives up failed or waiting jobs; tells how many were. */
  drop(deliveries: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

export type JobState = "waiting" | "failed" | "done";

export interface ListedJob {
  readonly delivery: string;
  /** The repository's number and what it is about there: `42#7` is pull request 7. */
  readonly slot: string;
  readonly kind: string;
  readonly state: JobState;
  readonly attempts: number;
  /** ISO 8601. */
  readonly receivedAt: string;
}
