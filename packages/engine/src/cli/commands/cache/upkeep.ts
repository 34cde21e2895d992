import { setImmediate as breathe } from "node:timers/promises";
import type { Cache } from "../../../cache/cache.ts";
import { openCache } from "../../../cache/open-cache.ts";
import type { CacheVerification, VerifyStep } from "../../../cache/verify-cache.ts";
import { fail, ok } from "../../../core/result.ts";
import { EXIT } from "../../../core/status.ts";
import { count } from "../../../report/numbers.ts";
import type { CliContext } from "../../command.ts";
import { progressLine } from "../../progress-line.ts";
import { formatBytes } from "../../quantities.ts";
import { type CacheAction, problemsJson, warn } from "./cache-action.ts";
import { wantedLimits } from "./wanted-limits.ts";

/** `cache prune`: what a run does once a day, now, and to other limits if so asked. */
export const pruneAction: CacheAction = {
  takesFile: false,
  options: ["max-bytes", "max-age"],
  run({ directory, limits, parsed, context }) {
    const wanted = wantedLimits(parsed, limits);
    if (!wanted.ok) return Promise.resolve(fail(wanted.error));
    const { cache, problems: atStart } = openCache(directory, limits);
    const pruned = cache.prune(wanted.value);
    const problems = [...atStart, ...cache.problems()];
    const { records, blobs, bytes } = cache.status();
    cache.close();
    warn(context, problems);
    const removed = pruned ?? { records: 0, blobs: 0, bytes: 0 };
    const json = { ...removed, left: { records, blobs, bytes }, problems: problemsJson(problems) };
    // Where nothing is wrong and nothing was done, somebody else does it.
    if (pruned === undefined && problems.length === 0)
      return Promise.resolve(ok({ exitCode: EXIT.passed, json, text: "another process prunes the cache now" }));
    const text = `removed ${things(removed)}; ${things({ records, blobs, bytes })} left`;
    return Promise.resolve(ok({ exitCode: pruned === undefined ? EXIT.failed : EXIT.passed, json, text }));
  },
};

/** `cache verify`: reads every byte; exits with 1 where something was damaged. */
export const verifyAction: CacheAction = {
  takesFile: false,
  options: [],
  async run({ directory, limits, context }) {
    const { cache, problems: atStart } = openCache(directory, limits);
    const found = await verify(cache, context);
    const others = [...atStart, ...cache.problems()];
    cache.close();
    if (found === undefined) return ok({ exitCode: EXIT.interrupted });
    const problems = [...found.problems, ...others];
    warn(context, problems);
    const { blobs, bytes, records, removed } = found;
    const text = `${things({ records, blobs, bytes })} looked at; removed ${things(removed)}`;
    const json = { blobs, bytes, records, removed, problems: problemsJson(problems) };
    return ok({ exitCode: problems.length > 0 ? EXIT.failed : EXIT.passed, json, text });
  },
};

/** `cache clear`: removes everything, and says what that was. */
export const clearAction: CacheAction = {
  takesFile: false,
  options: [],
  run({ directory, limits, context }) {
    const { cache } = openCache(directory, limits);
    const { records, blobs, bytes } = cache.status();
    cache.clear();
    const problems = cache.problems().filter(({ code }) => code !== "SYM6004");
    cache.close();
    warn(context, problems);
    const exitCode = cache.isWritable() ? EXIT.passed : EXIT.failed;
    const json = { directory, records, blobs, bytes, problems: problemsJson(problems) };
    const text = exitCode === EXIT.passed ? `removed ${things({ records, blobs, bytes })} from ${directory}` : "";
    return Promise.resolve(ok({ exitCode, json, ...(text === "" ? {} : { text }) }));
  },
};

const TURN_MS = 50;

/** Goes through the steps and lets signals in between; `undefined` where one came. */
async function verify(cache: Cache, context: CliContext): Promise<CacheVerification | undefined> {
  const line = progressLine(context);
  const steps = cache.verify();
  try {
    for (let [step, last] = [steps.next(), context.now()]; ; step = steps.next()) {
      if (step.done === true) return step.value;
      const { value } = step;
      line.show(() => stepText(value));
      if (context.now() - last < TURN_MS) continue;
      await breathe();
      last = context.now();
      if (context.signal.aborted) return undefined;
    }
  } finally {
    line.end();
  }
}

function stepText({ blobs, of, bytes }: VerifyStep): string {
  return `verify ${String(blobs)} of ${count(of, "blob")} · ${formatBytes(bytes)}`;
}

function things(amounts: { readonly records: number; readonly blobs: number; readonly bytes?: number }): string {
  const size = amounts.bytes === undefined ? "" : ` (${formatBytes(amounts.bytes)})`;
  return `${count(amounts.records, "record")} and ${count(amounts.blobs, "blob")}${size}`;
}
