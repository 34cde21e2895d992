import { type RepoPath, absolutePath } from "../../core/path.ts";
import { sameStat, statOf } from "../../fingerprint/files/file-stat.ts";
import type { RecordOutput } from "../record.ts";
import { isInPlace } from "./is-in-place.ts";
import type { OutputState } from "./output-state.ts";

/** Those of a record's outputs that are not what they were when they were captured or put in place; one that was edited and put back is among them where that can be told. */
export function alteredOutputs(
  root: string,
  outputs: readonly RecordOutput[],
  { captured, files }: OutputState,
): readonly RepoPath[] {
  const isAltered = (output: RecordOutput): boolean => {
    const before = captured.get(output.path);
    if (before === undefined) return !isInPlace(root, output, files);
    const now = statOf(absolutePath(root, output.path));
    return now === undefined || !sameStat(before, now);
  };
  return outputs.filter(isAltered).map(({ path }) => path);
}
