import { chmodSync, symlinkSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Blobs } from "../blobs.ts";
import type { RecordOutput } from "../record.ts";

/** Makes a verified copy of an output in a new file or link, with its mode. Throws what the file system throws. */
export function stageOutput(output: RecordOutput, file: string | Buffer, blobs: Blobs): Result<null, Diagnostic> {
  if (output.mode === "120000") {
    const text = blobs.get(output.blob);
    if (!text.ok) return text;
    symlinkSync(text.value, file);
    return ok(null);
  }
  const copied = blobs.copyTo(output.blob, file);
  if (copied.ok && output.mode === "100755") chmodSync(file, 0o755);
  return copied;
}
