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
  const { flags, values, lists, positionals } = parsed;
  const isMeant = isPlain(parsed, context, { flags: FLAGS, values: VALUES }) && values.get("output-logs") !== "full";
  if (!isMeant) return undefined;
  return canonicalJson({
    targets: positionals,
    flags: [...flags].sort(),
    values: [...values].filter(([name]) => name !== "report").sort(),
    lists: [...lists].sort(),
    ...surroundings(context),
  });
}

/** The same with `--affected`. What the change is compared with, and what is run and shown of it, decides nothing about projects. */
const GRAPH_FLAGS = new Set([...FLAGS, "affected", "force", "no-cache"]);
const GRAPH_VALUES = new Set([...VALUES, "base", "gates-from", "dry-run"]);

/**
 * The text under which the project graph of a run with `--affected` is kept: what decides which tasks there would be without
 * it. Undefined where more than files and the configuration has a part in that.
 */
export function graphTextOf(parsed: Parsed, context: CliContext): string | undefined {
  const { flags, lists, positionals } = parsed;
  const isMeant = flags.has("affected") && isPlain(parsed, context, { flags: GRAPH_FLAGS, values: GRAPH_VALUES });
  if (!isMeant) return undefined;
  const [filter = [], exclude = []] = [lists.get("filter"), lists.get("exclude")];
  return canonicalJson({ targets: positionals, filter, exclude, ...surroundings(context) });
}

function isPlain(
  { flags, values, lists, rest }: Parsed,
  { environment }: CliContext,
  known: { readonly flags: ReadonlySet<string>; readonly values: ReadonlySet<string> },
): boolean {
  return (
    rest.length === 0 &&
    environment.settings.config === undefined &&
    [...flags].every((name) => known.flags.has(name)) &&
    [...values.keys(), ...lists.keys()].every((name) => known.values.has(name))
  );
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
