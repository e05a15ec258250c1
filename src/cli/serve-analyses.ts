// The other end of `analyse-on-threads.ts`: analyses one program after the other.

import { parentPort } from "node:worker_threads";
import type { Engine } from "../analysis/analyze.ts";
import type { AnalysisAnswer, AnalysisQuestion } from "./analyse-on-threads.ts";

/** Answers on this thread with the engine, once that is made. */
export function serveAnalyses(makeEngine: () => Promise<Engine>): void {
  const port = parentPort;
  if (port === null) throw new Error("this module runs on a thread only");
  const engine = makeEngine();
  port.on("message", async ({ part, models }: AnalysisQuestion) => {
    const say = (answer: AnalysisAnswer): void => port.postMessage(answer);
    try {
      const made = await engine;
      const asked = models.length === 0 ? made : (made.withModels?.(models) ?? made);
      const { findings, problems } = asked.analyze(part);
      say({ kind: "analysis", analysis: { findings, problems } });
    } catch {
      say({ kind: "error" });
    }
  });
}
