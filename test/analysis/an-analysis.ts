// The real engine on small programs, for tests of what an analysis says.

import type { Analysis } from "../../src/analysis/analyze.ts";
import { loadEngine } from "../../src/load-engine.ts";

const engine = await loadEngine();

/** Analyses files given by path; a text alone is `app.py`. */
export function analysisOf(files: string | Readonly<Record<string, string>>): Analysis {
  const texts = typeof files === "string" ? { "app.py": files } : files;
  return engine.analyze(Object.entries(texts).map(([path, text]) => ({ path, text })));
}
