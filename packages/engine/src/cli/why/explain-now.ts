import type { Result } from "../../core/result.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { keptFingerprint } from "../../execute/kept-fingerprint.ts";
import { createRedactor } from "../../redact/redact.ts";
import { secretValuesOf } from "../../redact/secret-name.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { runRequest } from "../run-request.ts";
import { explain, textOf } from "./explain-task.ts";
import { prepareForWhy } from "./prepare-for-why.ts";

/** Explains a task by what it would stand on if it were run now: everything is opened and planned for that. */
export async function explainNow(
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const request = runRequest(parsed, context, opened.value.config.settings);
  if (!request.ok) return request;
  const redactor = createRedactor({ secretValues: secretValuesOf(request.value.environment) });
  const found = prepareForWhy(opened.value, request.value, (id, { fingerprint }, cache) => {
    const parts = fingerprint.parts();
    const { key } = fingerprint;
    const record = (): ReturnType<typeof keptFingerprint>["record"] => keptFingerprint(fingerprint, redactor).record;
    return explain({
      id,
      key,
      entries: cache.history.of(id),
      now: Date.now(),
      record,
      read: (digest) => parts.get(digest) ?? textOf(cache.readBlob(digest)),
    });
  });
  return found.ok ? found.value : found;
}
