import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** A folder of a test file's own: there before its first test, gone after its last. */
export const useFolder = (): { readonly path: string } => {
  const folder = { path: "" };
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), "roster-test-"));
  });
  afterAll(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
};
