// What runs on the threads of a large scan: the engine, and nothing else.

import { serveAnalyses } from "./cli/serve-analyses.ts";
import { loadEngine } from "./load-engine.ts";

serveAnalyses(loadEngine);
