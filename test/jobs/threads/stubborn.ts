// A review thread for tests: a file that holds `FOREVER` keeps it busy for ever, `EXIT` ends it, and
// `ENVIRONMENT` shows what it can see of that.

import { serveReviews } from "../../../src/jobs/serve-reviews.ts";
import { aRulebook } from "../../makers.ts";

await serveReviews(async () => ({
  rulebook: aRulebook(),
  analyze(files) {
    for (const { text } of files) {
      while (text.includes("FOREVER"));
      if (text.includes("EXIT")) process.exit(3);
      if (text.includes("THROW")) throw new Error("this file is too much");
    }
    const shown = files.find(({ text }) => text.includes("ENVIRONMENT"));
    if (shown === undefined) return { findings: [], problems: [] };
    const message = JSON.stringify(process.env);
    return { findings: [], problems: [{ path: shown.path, kind: "too-large", message }] };
  },
}));
