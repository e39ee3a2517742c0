import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/search-output.ts", "test/support/mongod.ts"],
    setupFiles: ["test/support/note-secrets.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores run the database as well.
    maxWorkers: 2,
  },
});
