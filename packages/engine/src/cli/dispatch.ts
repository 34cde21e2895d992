import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { EXIT } from "../core/status.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { nearest } from "../config/suggest.ts";
import type { CliCommand, CliContext, CliOutput } from "./command.ts";
import { runCommand } from "./commands/run.ts";
import { parseArguments } from "./parse-arguments.ts";

/** The commands, in the order of the help; each but the main one is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  run: () => Promise.resolve(runCommand),
  runs: async () => (await import("./commands/runs.ts")).runsCommand,
  fix: async () => (await import("./commands/fix.ts")).fixCommand,
  agent: async () => (await import("./commands/agent.ts")).agentCommand,
  audit: async () => (await import("./commands/audit.ts")).auditCommand,
  report: async () => (await import("./commands/report.ts")).reportCommand,
  triage: async () => (await import("./commands/triage.ts")).triageCommand,
  why: async () => (await import("./commands/why.ts")).whyCommand,
  tests: async () => (await import("./commands/tests.ts")).testsCommand,
  "verify-inputs": async () => (await import("./commands/verify-inputs.ts")).verifyInputsCommand,
  baseline: async () => (await import("./commands/baseline.ts")).baselineCommand,
  affected: async () => (await import("./commands/affected.ts")).affectedCommand,
  projects: async () => (await import("./commands/projects.ts")).projectsCommand,
  dependencies: async () => (await import("./commands/dependencies.ts")).dependenciesCommand,
  dependents: async () => (await import("./commands/dependencies.ts")).dependentsCommand,
  atoms: async () => (await import("./commands/atoms.ts")).atomsCommand,
  graph: async () => (await import("./commands/graph.ts")).graphCommand,
  cache: async () => (await import("./commands/cache.ts")).cacheCommand,
  config: async () => (await import("./commands/config.ts")).configCommand,
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
  "local-ci": async () => (await import("./commands/local-ci.ts")).localCiCommand,
  watch: async () => (await import("./commands/watch.ts")).watchCommand,
  hook: async () => (await import("./commands/hook.ts")).hookCommand,
  plugin: async () => (await import("./commands/plugin.ts")).pluginCommand,
  completion: async () => (await import("./commands/completion.ts")).completionCommand,
};

/** Finds the command, reads its arguments, runs it. */
export async function dispatch(
  argv: readonly string[],
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const [name, ...rest] = argv;
  if (name === "--version" || name === "-v") return ok({ exitCode: EXIT.passed, text: context.version });
  if (name === undefined || name === "--help" || name === "-h" || name === "help")
    return firstPage(rest[0], name === undefined, context);
  const load = commandsWith(context.offered)[name];
  if (load === undefined) return fail([unknownCommand(name, context.offered)]);
  const command = await load();
  const parsed = parseArguments(command, rest);
  if (!parsed.ok) return parsed;
  if (parsed.value.flags.has("help"))
    return ok({ exitCode: EXIT.passed, text: (await import("./help.ts")).commandHelp(command) });
  const output = await command.run(parsed.value, context);
  if (!output.ok || output.value.json === undefined || !parsed.value.flags.has("json")) return output;
  return ok({ exitCode: output.value.exitCode, text: JSON.stringify(output.value.json, undefined, 2) });
}

/** All commands, for help and completion. */
export function allCommands(offered: CliContext["offered"]): Promise<CliCommand[]> {
  return Promise.all(Object.values(commandsWith(offered)).map((load) => load()));
}

/** The engine's own come first, and none of them can be replaced. */
function commandsWith(offered: CliContext["offered"]): Readonly<Record<string, () => Promise<CliCommand>>> {
  const others = Object.entries(offered).filter(([name]) => !(name in COMMANDS));
  const wrapped = others.map(([name, load]): [string, () => Promise<CliCommand>] => [
    name,
    async () => (await import("./offered-command.ts")).offeredCommand(await load()),
  ]);
  return { ...COMMANDS, ...Object.fromEntries(wrapped) };
}

async function firstPage(
  name: string | undefined,
  isBare: boolean,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const { commandHelp, topHelp } = await import("./help.ts");
  const load = name === undefined ? undefined : commandsWith(context.offered)[name];
  const text =
    load === undefined ? topHelp(context.version, await allCommands(context.offered)) : commandHelp(await load());
  return ok({ exitCode: isBare ? EXIT.usage : EXIT.passed, text });
}

function unknownCommand(name: string, offered: CliContext["offered"]): Diagnostic {
  const names = Object.keys(commandsWith(offered));
  const guess = nearest(name, names);
  return errorOf("SYM2007", `\`${name}\` is no command`, {
    hint: guess === undefined ? `commands: ${names.join(", ")}` : `did you mean \`symbiotic ${guess}\`?`,
  });
}
