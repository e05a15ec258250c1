// The tests that look at pages in a real browser; see test/browser/open-browser.ts for which.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/prepare-store.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A browser is heavy: one file at a time.
    fileParallelism: false,
    // The cache does not see that package.json maps "#rule" to another file.
    fsModuleCache: false,
  },
});
