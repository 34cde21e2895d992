import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Settings that take others from elsewhere, or by which git reads a repository in another way. */
const MORE = /\[\s*(?:include|includeif|extensions)\b/i;

/** The text of the repository's own settings; undefined where it is not all that git reads of them, and where it cannot be read. */
export function plainConfig(commonDir: string): string | undefined {
  try {
    const text = readFileSync(join(commonDir, "config"), "utf8");
    return MORE.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
