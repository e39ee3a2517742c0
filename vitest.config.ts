import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/search-output.ts", "test/support/mongod.ts"],
    setupFiles: ["test/support/note-secrets.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many files wait for what takes its time. Two cores run the database as well.
    maxWorkers: 3,
    // Loading the program anew for each file took a minute. What a process has once, a test looks at in one of its own.
    isolate: false,
  },
});
