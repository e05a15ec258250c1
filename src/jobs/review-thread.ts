// Reviews on a thread of their own, so that webhooks are answered while an analysis runs, and so that
// one that takes too long, or breaks its thread, costs only itself.

import { Worker } from "node:worker_threads";
import { maxYoungGenerationSizeMb } from "../analysis/thread-memory.ts";
import type { Review } from "../review/review.ts";
import { OutOfTime, type Reviewer } from "./reviewer.ts";
import { AnalysisFailed, type WordlessError, withoutWords } from "./without-words.ts";

export interface ReviewThreadOptions {
  /** The module that runs on the thread; see `serveReviews`. */
  readonly entry: URL;
  /** How long one review may take, in milliseconds. */
  readonly timeLimitMs: number;
  /** The thread's heap, in megabytes. */
  readonly memoryLimitMb: number;
}

/** What goes to the thread, and what comes back. */
export interface ReviewQuestion {
  readonly asked: Parameters<Reviewer["review"]>;
}
export type ReviewAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "review"; readonly review: Review }
  | { readonly kind: "error"; readonly error: WordlessError };

/** Starts the thread; reviews are taken one after the other. A thread that ended is started anew. */
export function startReviewThread(options: ReviewThreadOptions): Reviewer {
  let thread: Worker | undefined = begin();
  let line: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function begin(): Worker {
    const begun = start(options);
    begun.once("exit", () => {
      if (thread === begun) thread = undefined;
    });
    return begun;
  }

  async function ask(question: ReviewQuestion): Promise<Review> {
    if (isClosed) throw new Error("the review thread is closed");
    thread ??= begin();
    try {
      return await answerOf(thread, question, options.timeLimitMs);
    } catch (error) {
      if (!(error instanceof AnalysisFailed)) {
        // Out of time or gone: whatever the thread still holds goes with it.
        const broken = thread;
        thread = undefined;
        await broken?.terminate();
      }
      throw error;
    }
  }

  return {
    review(...asked) {
      const answer = line.then(() => ask({ asked }));
      line = answer.catch(() => {});
      return answer;
    },
    async close() {
      isClosed = true;
      await thread?.terminate();
    },
  };
}

function start({ entry, memoryLimitMb }: ReviewThreadOptions): Worker {
  const thread = new Worker(entry, {
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb },
    // The App's key and secrets stand in the environment: code is read where they are not.
    env: {},
  });
  // Who waits for an answer hears it too; between two reviews nobody needs to.
  thread.on("error", () => {});
  thread.unref();
  return thread;
}

/** The time begins when the thread is ready, so that its start is not counted as analysis. */
function answerOf(thread: Worker, question: ReviewQuestion, limitMs: number): Promise<Review> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(
      () => finish(() => reject(new Error("the thread did not start"))),
      60_000,
    );
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      thread.off("message", onMessage);
      thread.off("error", onEnd);
      thread.off("exit", onEnd);
      settle();
    };
    const onEnd = (cause: unknown) =>
      finish(() => {
        const failed = new AnalysisFailed(withoutWords(cause));
        reject(new Error("the review thread ended", { cause: failed }));
      });
    const onMessage = (answer: ReviewAnswer) => {
      if (answer.kind === "ready") {
        clearTimeout(timer);
        timer = setTimeout(
          () => finish(() => reject(new OutOfTime(`longer than ${limitMs} ms`))),
          limitMs,
        );
        thread.postMessage(question);
      } else if (answer.kind === "review") {
        finish(() => resolve(answer.review));
      } else {
        finish(() => reject(new AnalysisFailed(answer.error)));
      }
    };
    thread.on("message", onMessage);
    thread.on("error", onEnd);
    thread.on("exit", onEnd);
    thread.postMessage("are you ready?");
  });
}
