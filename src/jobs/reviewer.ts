// Who analyses: the one function through which a review is asked for, wherever it runs.

import type { Engine } from "../analysis/analyze.ts";
import type { ChangeSet, Project } from "../review/change-set.ts";
import type { Config } from "../review/config.ts";
import { type Review, review } from "../review/review.ts";
import { AnalysisFailed, withoutWords } from "./without-words.ts";

export interface Reviewer {
  /** Rejects with `OutOfTime` where the analysis takes too long. */
  review(change: ChangeSet, project: Project, config: Config): Promise<Review>;
  close(): Promise<void>;
}

/** The analysis was ended because it took longer than it may. Trying again would not help. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Reviews on this thread: for tests, and where an engine is a value that no thread can be handed. */
export function reviewHere(engine: Engine): Reviewer {
  return {
    review: async (change, project, config) => {
      try {
        return review(change, project, engine, config);
      } catch (error) {
        throw new AnalysisFailed(withoutWords(error));
      }
    },
    close: async () => {},
  };
}
