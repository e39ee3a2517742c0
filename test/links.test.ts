import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const documents = ["", "docs", "gen"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

const withoutCode = (markdown: string): string => markdown.replaceAll(/^ *```[^]*?^ *```/gm, "");
const anchorsOf = (file: string): Set<string> =>
  new Set(
    [...withoutCode(readFileSync(file, "utf8")).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

describe("links", () => {
  it.each(documents)("of %s lead somewhere", (document) => {
    const links = [...withoutCode(readFileSync(join(root, document), "utf8")).matchAll(/\]\(([^)\s]+)\)/g)];
    const broken = links.flatMap(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? join(root, document) : resolve(root, dirname(document), path);
      const found = existsSync(file) && (anchor === undefined || anchorsOf(file).has(anchor));
      return found ? [] : [link];
    });
    expect(broken).toEqual([]);
  });
});
