// What runs on the review thread: the engine, and nothing that could reach the network. It remembers: a
// second review of a pull request asks of the same base, and a check that is run again of the same head.

import { recentAnalyses, remembering } from "./analysis/remembering.ts";
import { keysOf } from "./cli/analysis-cache.ts";
import { engineId } from "./engine-id.ts";
import { serveReviews } from "./jobs/serve-reviews.ts";
import { keptForReviews, loadEngine } from "./load-engine.ts";

await serveReviews(async () =>
  remembering(await loadEngine(keptForReviews), recentAnalyses(100), keysOf(engineId())),
);
