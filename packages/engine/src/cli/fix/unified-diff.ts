import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { lastLine, runGit, type Environment } from "../../workspace/git/git.ts";
import type { EditedFile } from "./tree-contents.ts";

const ARGS = ["diff", "--no-index", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-prefix", "--binary"];

/** What git calls a difference of these files: a patch that `git apply` takes; with colours it is for people alone. */
export function unifiedDiff(
  files: readonly EditedFile[],
  environment: Environment,
  colour: boolean,
): Result<Buffer, Diagnostic> {
  if (files.length === 0) return ok(Buffer.alloc(0));
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-diff-"));
  try {
    for (const { path, before, after } of files) {
      put(join(folder, "a", path), before);
      put(join(folder, "b", path), after);
    }
    const answer = runGit(folder, environment, [...ARGS, `--color=${colour ? "always" : "never"}`, "a", "b"]);
    if (!answer.ok) return answer;
    const { exitCode, stdout, stderr } = answer.value;
    // 1: there are differences.
    if (exitCode === 1) return ok(stdout);
    const why = `git could not compare what was mended: ${lastLine(stderr)}`;
    return fail(errorOf("SYM7005", why, { hint: "nothing was changed; look whether `git diff --no-index` works" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function put(place: string, bytes: Buffer): void {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, bytes);
}
