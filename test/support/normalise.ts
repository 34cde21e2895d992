import type { TestRepository } from "./repository.ts";

/** Puts words in the place of what differs from run to run and from machine to machine; everything else stays. */
export function normalise(text: string, { root, home }: Pick<TestRepository, "root" | "home">): string {
  return text
    .replaceAll(root, "<root>")
    .replaceAll(home, "<home>")
    .replace(/symbiotic \d+\.\d+\.\d+/g, "symbiotic <version>")
    .replace(/\b\d{8}-\d{6}-[0-9a-f]{4}\b/g, "<run>")
    .replace(/(\()\d+(?:\.\d+)?(?:ms|s)( saved)/g, "$1<time>$2")
    .replace(/(?<= {2}) *\d+(?:\.\d+)?(?:ms|s)\b/g, (found) => "<time>".padStart(found.length))
    .replace(/(?<=· )\d+(?:\.\d+)?(?:ms|s)\b/g, "<time>")
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])(?:[0-9a-f]{40}|[0-9a-f]{7})\b/g, "<sha>")
    .trimEnd();
}
