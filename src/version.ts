import { existsSync, readFileSync } from "node:fs";

// Two folders up from the built program, one from the sources.
const file = ["../../package.json", "../package.json"]
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

/** The version of Roster. */
export const version: string = JSON.parse(readFileSync(file as URL, "utf8")).version;
