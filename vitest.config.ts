// How the tests run: everything under test/, in parallel files, with no network.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/prepare-store.ts"],
    exclude: ["test/browser/**"],
    // Half of the tests wait for processes of their own; vitest alone would leave a core idle.
    maxWorkers: 3,
    // A limit for what hangs, generous enough for a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The cache does not see that package.json maps "#rule" to another file.
    fsModuleCache: false,
  },
});
