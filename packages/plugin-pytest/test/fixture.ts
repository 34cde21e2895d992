import { readFileSync } from "node:fs";

/** A file that pytest 9.2.0, pytest-cov 7.1.0 and coverage.py 7.17.3 left in the recorded project. */
export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/pytest-9.2.0/${name}`, import.meta.url), "utf8");
}
