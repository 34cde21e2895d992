import { canonicalJson } from "../core/json.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";

/** Flags with which a run still depends on nothing but files, variables and tools. */
const FLAGS = new Set(["json"]);
/** The same for options with values: who is selected, how many run at once, what is shown. */
const VALUES = new Set(["filter", "exclude", "concurrency", "memory", "continue", "output-logs", "report"]);

/**
 * The text under which a run is remembered: the command line, the settings that came from variables, the folder, the
 * machine and the Node. Undefined for one that depends on more than what the last run saw (a comparison with a commit) or
 * must not be served (`--force`).
 */
export function commandOf(parsed: Parsed, context: CliContext): string | undefined {
  const { flags, values, lists, positionals, rest } = parsed;
  const isPlain =
    rest.length === 0 &&
    context.environment.settings.config === undefined &&
    [...flags].every((name) => FLAGS.has(name)) &&
    [...values.keys(), ...lists.keys()].every((name) => VALUES.has(name)) &&
    values.get("output-logs") !== "full";
  if (!isPlain) return undefined;
  return canonicalJson({
    targets: positionals,
    flags: [...flags].sort(),
    values: [...values].filter(([name]) => name !== "report").sort(),
    lists: [...lists].sort(),
    ...surroundings(context),
  });
}

/** Whether a run was remembered under a text with the same settings, in the same folder, on the same machine and Node. */
export function isFromHere(command: string, context: CliContext): boolean {
  const { settings, folder, machine, node } = JSON.parse(command) as ReturnType<typeof surroundings>;
  return canonicalJson({ settings, folder, machine, node }) === canonicalJson(surroundings(context));
}

/** A configuration is a program: it may ask where it is run and on what, and Node decides how it is read. */
function surroundings({ environment, cwd, node }: CliContext): {
  readonly settings: CliContext["environment"]["settings"];
  readonly folder: string;
  readonly machine: readonly [string, string, number];
  readonly node: readonly [string, string];
} {
  return {
    settings: environment.settings,
    folder: cwd,
    machine: [process.platform, process.arch, environment.parallelism],
    node: [node, process.version],
  };
}
