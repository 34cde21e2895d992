import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { openBlobs } from "../../cache/blobs.ts";
import { lastEntries } from "../../cache/history.ts";
import { layoutOf } from "../../cache/layout.ts";
import { findUnchanged } from "../../find-snapshot.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { isFromHere } from "../command-text.ts";
import { explain, textOf } from "./explain-task.ts";

/**
 * Explains the last run of a task, where a snapshot says that nothing has changed since a run of it: the task has the key
 * that it had then, and nothing is opened or planned. Undefined where that is not known.
 */
export async function explainUnchanged(
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]> | undefined> {
  const [id = ""] = parsed.positionals;
  const { cwd, version, environment, node } = context;
  if (environment.settings.config !== undefined || parsed.values.has("config")) return undefined;
  const snapshot = await findUnchanged(
    { cwd, here: process.cwd(), version, node, environment: environment.variables, home: environment.home },
    ({ command, records }) => records.some(([, , task]) => task === id) && isFromHere(command, context),
  );
  const key = snapshot?.records.find(([, , task]) => task === id)?.[0];
  if (snapshot === undefined || key === undefined) return undefined;
  const { blobs, history, temporary } = layoutOf(snapshot.cache);
  const entries = lastEntries(history, id);
  if (entries.at(-1)?.key !== key) return undefined;
  const kept = openBlobs(blobs, temporary);
  return explain({
    ...{ id, key, entries },
    now: Date.now(),
    record: () => undefined,
    read: (digest) => textOf(kept.get(digest)),
  });
}
