import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { FailureMode } from "../../schedule/schedule.ts";
import type { RunRequest } from "../../request.ts";
import { run } from "../../run.ts";
import type { CliCommand, CliContext, Parsed } from "../command.ts";
import { dryRun } from "../dry-run.ts";
import { openWorkspace } from "../open-workspace.ts";
import { createReporters } from "../reporters.ts";
import { affectedOf, SELECTION_OPTIONS } from "../selection-options.ts";

const DEFAULT_TIMEOUT_S = 900;

/** `symbiotic run`: the main job. */
export const runCommand: CliCommand = {
  name: "run",
  summary: "run targets: what is known is replayed, the rest is run",
  usage: "<target...> [options] [-- <arguments for the one atom>]",
  describe:
    "A target is a named selection of atoms (gates, validate, test), an atom by id or alias (pytest), or either in one project (api:pytest).",
  positionals: { least: 1, most: 1000, what: "at least one target" },
  rest: true,
  options: {
    ...SELECTION_OPTIONS,
    "dry-run": {
      kind: "optional",
      value: "json",
      whenBare: "text",
      oneOf: ["text", "json"],
      describe: "say for each task hit, miss, or what it depends on; run nothing",
    },
    force: { kind: "flag", describe: "run everything, and keep the results" },
    "no-cache": { kind: "flag", describe: "neither read nor write the cache" },
    continue: {
      kind: "optional",
      value: "mode",
      whenBare: "always",
      oneOf: ["independent", "always", "never"],
      describe: "after a failure: what does not depend on it (independent, the default), everything, nothing",
    },
    "output-logs": {
      kind: "value",
      value: "<mode>",
      oneOf: ["full", "new-only", "failed", "none"],
      describe: "whose logs to show: full, new-only, failed, none",
    },
    concurrency: {
      kind: "value",
      value: "<n>",
      short: "c",
      count: true,
      describe: "how many tasks run at once (default: one a processor)",
    },
  },
  examples: [
    ["symbiotic run gates", "every gate of every project"],
    ["symbiotic run gates --affected", "what your change reaches, compared with the base branch"],
    ["symbiotic run pytest --filter api...", "pytest in api and in everything that it depends on"],
    ["symbiotic run api:pytest -- -k export", "one atom in one project, with arguments of its tool"],
    ["symbiotic run gates --dry-run", "what would run, and why"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const request = runRequest(parsed, context, opened.value.config.settings);
    if (!request.ok) return request;
    const dry = parsed.values.get("dry-run");
    if (dry !== undefined) return dryRun(opened.value, request.value, dry === "json" || parsed.flags.has("json"));
    const code = await run(opened.value, request.value);
    return code.ok ? ok({ exitCode: code.value }) : code;
  },
};

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
  const concurrency = Number(
    parsed.values.get("concurrency") ??
      environment.settings.concurrency ??
      settings.concurrency ??
      environment.parallelism,
  );
  const { cacheDir } = environment.settings;
  return ok({
    names: parsed.positionals,
    filters: parsed.lists.get("filter") ?? [],
    exclude: parsed.lists.get("exclude") ?? [],
    ...(affected.value === undefined ? {} : { affected: affected.value }),
    arguments: parsed.rest,
    environment: environment.variables,
    concurrency,
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
