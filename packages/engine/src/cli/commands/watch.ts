import { errorOf } from "../../core/diagnostic.ts";
import { fail, ok } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import type { CliCommand } from "../command.ts";
import type { OptionSpec, Parsed } from "../../plugin/command.ts";
import { SCHEDULE_OPTIONS } from "../schedule-options.ts";
import { FILTER_OPTIONS } from "../selection-options.ts";

const { concurrency, memory } = SCHEDULE_OPTIONS;

/** Flags that each run is given as they are. */
const RUN_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  ...FILTER_OPTIONS,
  ...(concurrency === undefined ? {} : { concurrency }),
  ...(memory === undefined ? {} : { memory }),
  "output-logs": {
    kind: "value",
    value: "<mode>",
    oneOf: ["full", "new-only", "failed", "none"],
    describe: "whose logs to show: full, new-only, failed, none",
  },
};

/** `symbiotic watch`: runs targets, and again what each change reaches. */
export const watchCommand: CliCommand = {
  name: "watch",
  summary: "run targets, and run again what each change reaches",
  usage: "<target...> [options] [-- <arguments for the one atom>]",
  describe:
    "Runs the targets once and then, whenever files change, the tasks that a change reaches. Enter runs everything, q or Ctrl-C ends.",
  positionals: { least: 1, most: 1000, what: "at least one target" },
  rest: true,
  options: {
    ...RUN_OPTIONS,
    "until-green": { kind: "flag", describe: "end when all that was asked for has passed" },
    poll: { kind: "flag", describe: "look for changes every second, where the system does not tell of them" },
    "no-clear": { kind: "flag", describe: "leave on the screen what earlier runs printed" },
    cycle: { kind: "flag", describe: "one of these runs", hidden: true },
  },
  examples: [
    ["symbiotic watch gates", "lint, format and test what you change"],
    ["symbiotic watch pytest --filter api", "the tests of one project"],
    ["symbiotic watch pytest --until-green -- --ff --maxfail=1", "what failed last first, until nothing does"],
  ],
  async run(parsed, context) {
    if (parsed.flags.has("cycle")) {
      if (process.send === undefined)
        return fail([errorOf("SYM2004", "`symbiotic watch` has no --cycle", { hint: "leave it out" })]);
      return (await import("../watch/run-cycle.ts")).runCycle(parsed, context);
    }
    const repository = openRepository(context.cwd, context.environment.variables);
    if (!repository.ok) return fail([repository.error]);
    const { watchRepository } = await import("../watch/watch-repository.ts");
    const clear = context.terminal.isTTY && !parsed.flags.has("no-clear");
    const untilGreen = parsed.flags.has("until-green");
    const isGreen = await watchRepository(repository.value, context, {
      args: runArguments(parsed),
      poll: parsed.flags.has("poll"),
      ...{ clear, untilGreen },
    });
    return ok({ exitCode: untilGreen && !isGreen ? EXIT.failed : EXIT.passed });
  },
};

/** The command line of a run: what was given that is for runs. */
function runArguments({ positionals, flags, values, lists, rest }: Parsed): readonly string[] {
  return [
    ...positionals,
    ...(flags.has("json") ? ["--json"] : []),
    ...[...values].map(([name, value]) => `--${name}=${value}`),
    ...[...lists].flatMap(([name, all]) => all.map((value) => `--${name}=${value}`)),
    ...(rest.length === 0 ? [] : ["--", ...rest]),
  ];
}
