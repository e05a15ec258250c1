// What runs on the review thread: the engine, and nothing that could reach the network.

import { serveReviews } from "./jobs/serve-reviews.ts";
import { loadEngine } from "./load-engine.ts";

await serveReviews(loadEngine);
