import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { FailureMode } from "../schedule/schedule.ts";
import type { RunRequest } from "../request.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { createReporters } from "./reporters.ts";
import { schedulingOf } from "./schedule-options.ts";
import { affectedOf } from "./selection-options.ts";

const DEFAULT_TIMEOUT_S = 900;

interface Defaults {
  readonly concurrency?: number | undefined;
  readonly timeout?: number | undefined;
}

/** A run's request from flags, variables and configuration, in this order. */
export function runRequest(
  parsed: Parsed,
  context: CliContext,
  settings: Defaults,
): Result<RunRequest, readonly Diagnostic[]> {
  if (parsed.flags.has("force") && parsed.flags.has("no-cache"))
    return fail([
      errorOf("SYM2008", "--force and --no-cache exclude each other", {
        hint: "--force runs and keeps, --no-cache does not keep",
      }),
    ]);
  const { environment } = context;
  const affected = affectedOf(parsed, environment);
  if (!affected.ok) return affected;
  const scheduling = schedulingOf(parsed, environment, settings.concurrency);
  if (!scheduling.ok) return scheduling;
  const { cacheDir } = environment.settings;
  return ok({
    names: parsed.positionals,
    filters: parsed.lists.get("filter") ?? [],
    exclude: parsed.lists.get("exclude") ?? [],
    ...(affected.value === undefined ? {} : { affected: affected.value }),
    arguments: parsed.rest,
    environment: environment.variables,
    ...scheduling.value,
    mode: (parsed.values.get("continue") ?? "independent") as FailureMode,
    cacheMode: parsed.flags.has("no-cache") ? "off" : parsed.flags.has("force") ? "write" : "on",
    ...(cacheDir === undefined ? {} : { cacheDir }),
    replayLogs: parsed.values.get("output-logs") === "full",
    timeoutMs: (settings.timeout ?? DEFAULT_TIMEOUT_S) * 1000,
    version: context.version,
    home: environment.home,
    node: context.node,
    now: context.now,
    startedAt: new Date(),
    signal: context.signal,
    reporters: (record) => createReporters(parsed, context, record),
  });
}
