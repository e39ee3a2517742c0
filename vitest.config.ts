import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/mongod.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores run the database as well.
    maxWorkers: 2,
  },
});
