// `pyward` with an engine that finds the word `danger` (see `anEngine`), for tests of everything else.

import { main } from "../../src/cli/main.ts";
import { anEngine } from "../makers.ts";

process.exitCode = await main(process.argv.slice(2), {
  version: "0.1.0",
  loadEngine: async () => {
    if (process.env.TEST_ENGINE === "fails") throw new Error("no engine", { cause: "a test" });
    return anEngine();
  },
  serve: async () => {},
  setUp: async () => {},
  examine: async () => [],
  openJobs: async () => {
    throw new Error("no jobs");
  },
});
