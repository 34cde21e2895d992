import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceDocument } from "../../src/issues/issue.ts";

const ROOT = fileURLToPath(new URL("../fixtures/documents", import.meta.url));

/** The documents of the fixtures, by path, as they lie in a repository. */
export function fixtureDocuments(): SourceDocument[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => ({ path: path.replaceAll(sep, "/"), text: readFileSync(join(ROOT, path), "utf8") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
