import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { recall, type Recalled } from "../../recall.ts";
import { commandOf } from "../command-text.ts";
import { changeConflict } from "../change-conflict.ts";
import type { CliCommand, CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { createReporters } from "../reporters.ts";
import type { ResumedArguments } from "../resume.ts";
import { INTENT_OPTIONS } from "../demand-of.ts";
import { SCHEDULE_OPTIONS } from "../schedule-options.ts";
import { CHANGE_OPTIONS, SELECTION_OPTIONS } from "../selection-options.ts";

/** `symbiotic run`: the main job. */
export const runCommand: CliCommand = {
  name: "run",
  summary: "run targets: what is known is replayed, the rest is run",
  usage: "<target...> [options] [-- <arguments for the one atom>]",
  describe:
    "A target is a named selection of atoms (gates, validate, test), an atom by id or alias (pytest), or either in one project (api:pytest).",
  positionals: { least: 0, most: 1000, what: "at least one target" },
  rest: true,
  options: {
    ...SELECTION_OPTIONS,
    ...CHANGE_OPTIONS,
    "gates-from": {
      kind: "value",
      value: "<base|head>",
      oneOf: ["base", "head"],
      describe:
        "with --affected: whose configuration, thresholds and baseline judge (default: those of the base in CI, else those of the work tree)",
    },
    "dry-run": {
      kind: "optional",
      value: "json",
      whenBare: "text",
      oneOf: ["text", "json"],
      describe: "say for each task hit, miss, or what it depends on; run nothing",
    },
    force: { kind: "flag", describe: "run everything, and keep the results" },
    "no-cache": { kind: "flag", describe: "neither read nor write the cache" },
    unsandboxed: { kind: "flag", describe: "let agents work where no sandbox holds them (see `symbiotic agent`)" },
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
    report: {
      kind: "optional",
      value: "formats",
      whenBare: "all",
      describe:
        "leave reports in artifacts/ when the run is over: all, or some apart by commas (see `symbiotic report`)",
    },
    ...SCHEDULE_OPTIONS,
    ...INTENT_OPTIONS,
    resume: {
      kind: "optional",
      value: "run",
      whenBare: "latest",
      describe:
        "go on with a run that ended early, the latest if none is named: the same request; with --force what may be done already is done again",
    },
  },
  examples: [
    ["symbiotic run gates", "every gate of every project"],
    ["symbiotic run gates --affected", "what your change reaches, compared with the base branch"],
    ["symbiotic run gates --staged", "what will be committed, as it will be committed"],
    ["symbiotic run gates --files src/a.py src/b.py", "the tasks that read these files"],
    ["symbiotic run pytest --filter api...", "pytest in api and in everything that it depends on"],
    ["symbiotic run api:pytest -- -k export", "one atom in one project, with arguments of its tool"],
    ["symbiotic run gates --dry-run", "what would run, and why"],
    ["symbiotic run gates --label auth --explain", "which validators the change asks for, and by which sign"],
    ["symbiotic run gates --report=html,sarif", "and leave two reports in artifacts/"],
    ["symbiotic run --resume", "go on where the latest run was killed"],
  ],
  async run(given, context) {
    const asked = await askedFor(given, context);
    if (!asked.ok) return asked;
    const { parsed, resume } = asked.value;
    const resumed = resume === undefined ? {} : { resume };
    const conflict = changeConflict(parsed);
    if (conflict !== undefined) return fail([conflict]);
    const wrong = await wrongFormat(parsed);
    if (wrong !== undefined) return fail([wrong]);
    if (parsed.flags.has("staged")) {
      const { runStaged } = await import("../staged/run-staged.ts");
      return runStaged({ parsed, context, ...resumed });
    }
    const explains = parsed.flags.has("explain");
    const command = resume === undefined && !explains ? commandOf(parsed, context) : undefined;
    const known = command === undefined ? undefined : await recalled(command, parsed, context);
    if (known !== undefined && "exitCode" in known) return ok(known);
    const { openForRun } = await import("../open-for-run.ts");
    const opening = openForRun(parsed, context, { explains, kept: known?.kept });
    const { runOpened } = await import("../run-opened.ts");
    const opened = await opening;
    if (!opened.ok) return opened;
    try {
      return await runOpened({
        ...{ ...opened.value, parsed, context, ...resumed },
        ...(command === undefined ? {} : { command }),
        ...(known === undefined ? {} : { kept: known.kept }),
      });
    } finally {
      opened.value.judging?.bases.close();
    }
  },
};

/** Before anything is run: `--report` with a format that is none. */
async function wrongFormat({ values }: Parsed): Promise<Diagnostic | undefined> {
  const report = values.get("report");
  if (report === undefined) return undefined;
  const formats = (await import("../report-options.ts")).formatsIn([report], "--report");
  return formats.ok ? undefined : formats.error;
}

/** What the last run with this command line tells of this one. */
function recalled(command: string, parsed: Parsed, context: CliContext): Promise<Recalled | undefined> {
  const { cwd, version, environment, node, now, signal } = context;
  return recall({
    ...{ cwd, command, version, node, now, signal, home: environment.home, environment: environment.variables },
    here: process.cwd(),
    startedAt: new Date(),
    reporters: (record) => createReporters(parsed, context, record),
  });
}

/** The command line that counts: with `--resume` it is that of the run to go on with. */
async function askedFor(
  given: Parsed,
  context: CliContext,
): Promise<Result<Pick<ResumedArguments, "parsed"> & Partial<ResumedArguments>, readonly Diagnostic[]>> {
  if (given.values.has("resume")) return (await import("../resume.ts")).resumedArguments(given, context);
  if (given.positionals.length > 0) return ok({ parsed: given });
  const hint = "`symbiotic run --help` explains it";
  return fail([errorOf("SYM2006", "`symbiotic run` needs at least one target", { hint })]);
}
