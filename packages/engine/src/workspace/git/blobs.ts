import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { GitOptions } from "./git.ts";

/** Runs git where the contents lie. */
export type AskGit = (args: readonly string[], options?: GitOptions) => Result<Buffer, Diagnostic>;

const NEWLINE = "\n".charCodeAt(0);

/** The contents with these ids, of one process of git; those that a partial clone did not fetch are left out, and not fetched now. */
export function blobsOf(git: AskGit, ids: readonly string[]): Result<ReadonlyMap<string, Buffer>, Diagnostic> {
  const contents = new Map<string, Buffer>();
  if (ids.length === 0) return ok(contents);
  const answer = git(["cat-file", "--batch"], { input: Buffer.from(`${[...new Set(ids)].join("\n")}\n`) });
  if (!answer.ok) return answer;
  for (let at = 0; at < answer.value.length; ) {
    const end = answer.value.indexOf(NEWLINE, at);
    // `<id> blob <size>`, then the contents and a line break; or `<id> missing`, and nothing.
    const [id = "", , size] = answer.value.toString("latin1", at, end).split(" ");
    const length = size === undefined ? -1 : Number(size);
    if (length >= 0) contents.set(id, answer.value.subarray(end + 1, end + 1 + length));
    at = end + length + 2;
  }
  return ok(contents);
}
