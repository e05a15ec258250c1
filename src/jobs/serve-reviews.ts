// The other end of the review thread: waits for questions and answers them, one at a time.

import { type MessagePort, parentPort } from "node:worker_threads";
import type { Engine } from "../analysis/analyze.ts";
import { review } from "../review/review.ts";
import type { ReviewAnswer, ReviewQuestion } from "./review-thread.ts";
import { withoutWords } from "./without-words.ts";

/** Answers on this thread with the engine, once that is made. */
export async function serveReviews(makeEngine: () => Promise<Engine>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("this module runs on a thread only");
  const engine = makeEngine();
  port.on("message", async (message: ReviewQuestion | "are you ready?") => {
    try {
      answer(port, message, await engine);
    } catch (error) {
      post(port, { kind: "error", error: withoutWords(error) });
    }
  });
  await engine.catch(() => {});
}

function answer(
  port: MessagePort,
  message: ReviewQuestion | "are you ready?",
  engine: Engine,
): void {
  if (message === "are you ready?") {
    post(port, { kind: "ready" });
    return;
  }
  const [change, project, config] = message.asked;
  post(port, { kind: "review", review: review(change, project, engine, config) });
}

function post(port: MessagePort, message: ReviewAnswer): void {
  port.postMessage(message);
}
