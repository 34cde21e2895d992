import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { partBase, partKeys } from "../fingerprint/part-base.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { Task } from "../graph/task.ts";
import type { Parts } from "../plugin/atom.ts";
import { guarded, hookError } from "../plugin/guarded.ts";
import { OF_A_PART } from "../plugin/parts.ts";
import { isKept, type LookupHost } from "./look-up-task.ts";
import type { Prepared } from "./prepare.ts";
import { keptText } from "./replay.ts";

/** What a process is told where nothing is known of its parts. */
export const NOTHING_KNOWN: string = knownText([]);

/** Characters; parts of which the records do not fit any more are not known. */
const MOST = 128 * 1024 * 1024;

/** What is asked of a process beside leaving out what it can. */
export interface PartsAsked {
  /** Parts of which it is not told anything, so that it runs them. */
  readonly toRun?: ReadonlySet<string>;
  /** It is to run all of them together, whatever is known. */
  readonly together?: boolean;
}

/** What the cache holds of a task's parts, as the text for its process. An error is one of the plugin's. */
export function knownParts(
  task: Task,
  prepared: Prepared,
  host: Pick<LookupHost, "cache" | "cacheMode" | "digests">,
  { toRun = new Set(), together = false }: PartsAsked = {},
): Result<string, Diagnostic> {
  const parts = partsOf(task);
  if (parts === undefined || host.cacheMode !== "on" || !isKept(task, prepared)) return ok(NOTHING_KNOWN);
  const names = namesOf(parts, task, { prepared, host });
  if (!names.ok) return names;
  const keyOf = partKeys(partBase(prepared.fingerprint.record, task));
  const entries: string[] = [];
  let length = 0;
  for (const name of names.value.filter((each) => !toRun.has(each))) {
    const records = recordsUnder(keyOf(name), parts.max ?? OF_A_PART, host);
    const entry = `${JSON.stringify(name)}:[${records.join(",")}]`;
    length += entry.length;
    if (length > MOST) break;
    if (records.length > 0) entries.push(entry);
  }
  return ok(knownText(entries, together));
}

/** The parts that a task's atom declares; undefined where it has none. */
export function partsOf({ atom }: Pick<Task, "atom">): Parts<unknown, JsonValue> | undefined {
  return "command" in atom ? atom.parts : undefined;
}

function knownText(entries: readonly string[], together = false): string {
  return `{"version":1,${together ? '"together":true,' : ""}"parts":{${entries.join(",")}}}`;
}

function namesOf(
  parts: Parts<unknown, JsonValue>,
  task: Task,
  { prepared, host }: { readonly prepared: Prepared; readonly host: Pick<LookupHost, "digests"> },
): Result<readonly string[], Diagnostic> {
  const isThere = (path: string): boolean => {
    const digest = host.digests.digest(path);
    return digest.ok && digest.value !== undefined;
  };
  const paths = prepared.fingerprint.paths().filter(isThere);
  const what = `${task.id}: parts.names`;
  const names = guarded<unknown>(what, () => parts.names(task.context, paths));
  if (!names.ok) return names;
  if (!Array.isArray(names.value) || !names.value.every((name) => typeof name === "string"))
    return fail(hookError(`${what} gave no list of texts`));
  return ok([...new Set<string>(names.value)]);
}

/** The texts of the newest records of a part, each once. One that cannot be read whole is as if it were not there. */
function recordsUnder(key: Digest, max: number, { cache }: Pick<LookupHost, "cache">): readonly string[] {
  const seen = new Set<Digest>();
  const texts: string[] = [];
  for (const record of cache.candidates(key)) {
    if (texts.length >= max) break;
    if (seen.has(record.evidence)) continue;
    seen.add(record.evidence);
    const text = keptText(record, "evidence", cache);
    if (text !== undefined && isJson(text)) texts.push(text);
  }
  return texts;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
