import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { findRun } from "../../journal/resumable.ts";
import { profileOf } from "../../report/profile.ts";
import { jsonText } from "../../report/json-text.ts";
import { readEvents } from "../../report/read-events.ts";
import { timelineOf } from "../../report/timeline.ts";
import { traceOf } from "../../report/trace.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import type { CliCommand, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { keptRun } from "../runs/kept-run.ts";
import { listOfRuns } from "../runs/list-runs.ts";
import { shownRun } from "../runs/show-run.ts";
import { shownTask } from "../runs/show-task.ts";

const LIMIT = "20";

/** `symbiotic runs`: what the runs of this repository did. */
export const runsCommand: CliCommand = {
  name: "runs",
  summary: "the runs that are kept: how they ended, what failed, where the time went",
  usage: "list|show [<run>] [options]",
  describe: "`list` has the newest first; `show` tells of one, the latest if none is named.",
  positionals: { least: 1, most: 2, what: "`list`, or `show` and a run" },
  options: {
    limit: {
      kind: "value",
      value: "<n>",
      count: true,
      describe: `how many runs \`list\` has at most (default: ${LIMIT})`,
    },
    task: { kind: "value", value: "<id>", describe: "only this task of the run" },
    profile: {
      kind: "flag",
      describe: "the profile, in Markdown: critical path, slowest tasks, sums by project and atom",
    },
    trace: { kind: "flag", describe: "the trace, for Perfetto or chrome://tracing" },
  },
  examples: [
    ["symbiotic runs list", "the newest runs"],
    ["symbiotic runs show", "the latest: what failed, where its logs lie, the critical path"],
    ["symbiotic runs show latest --task api:run_ruff_lint", "one task of it"],
    ["symbiotic runs show --trace > trace.json", "to open in ui.perfetto.dev"],
  ],
  run(parsed, context) {
    const repository = openRepository(context.cwd, context.environment.variables);
    if (!repository.ok) return Promise.resolve(fail([repository.error]));
    const { root } = repository.value;
    const [what = "", wanted] = parsed.positionals;
    const given = [wanted, ...["task"].map((name) => parsed.values.get(name))].some((each) => each !== undefined);
    if (what === "list" && !given) {
      const limit = Number(parsed.values.get("limit") ?? LIMIT);
      return Promise.resolve(ok(listOfRuns(root, { limit, now: Date.now() })));
    }
    const shown = what === "show" ? show(root, wanted ?? "latest", parsed) : fail(noSuch(what, wanted));
    return Promise.resolve(shown.ok ? shown : fail([shown.error]));
  },
};

function show(root: string, wanted: string, { flags, values }: Parsed): Result<CliOutput, Diagnostic> {
  const found = findRun(root, wanted);
  if (!found.ok) return found;
  const task = values.get("task");
  const forms = [...["profile", "trace"].filter((name) => flags.has(name)), ...(task === undefined ? [] : ["task"])];
  if (forms.length > 1)
    return fail(
      errorOf("SYM2022", `--${forms[0] ?? ""} and --${forms[1] ?? ""} ask for two things at once`, {
        hint: "choose one of --task, --profile and --trace",
      }),
    );
  const timeline = timelineOf(readEvents(found.value.directory));
  if (flags.has("profile")) return ok({ exitCode: 0, text: profileOf(timeline).trimEnd() });
  if (flags.has("trace")) return ok({ exitCode: 0, text: jsonText(traceOf(timeline)) });
  const run = keptRun(found.value);
  return task === undefined ? ok(shownRun(run, timeline, Date.now())) : shownTask(run, timeline, task);
}

function noSuch(what: string, wanted: string | undefined): Diagnostic {
  return what === "list"
    ? errorOf(
        "SYM2006",
        `\`symbiotic runs list\` takes no run and no task${wanted === undefined ? "" : `, got \`${wanted}\``}`,
        {
          hint: "`symbiotic runs show <run>` tells of one",
        },
      )
    : errorOf("SYM2007", `\`symbiotic runs\` has no \`${what}\``, {
        hint: "write `symbiotic runs list` or `symbiotic runs show`",
      });
}
