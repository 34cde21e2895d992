import type { Diagnostic } from "../core/diagnostic.ts";
import { EXIT } from "../core/status.ts";
import type { DefaultPlugin } from "../config/load.ts";
import type { OnDemandPlugin } from "../config/on-demand.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import type { OfferedCommand } from "../plugin/command.ts";
import type { Write } from "../report/reporter.ts";
import type { Catalogue } from "./atoms/catalogue.ts";
import type { CliContext } from "./command.ts";
import { createWrite, isTerminal } from "./create-write.ts";
import { allCommands, dispatch } from "./dispatch.ts";
import { readEnvironment } from "./env.ts";

export type { OnDemandPlugin };

/** What the package that owns the binary tells the command line. */
export interface MainOptions {
  readonly version: string;
  /** The plugins that are used without being configured. */
  readonly defaults: readonly DefaultPlugin[];
  /** The plugins that are loaded where a repository, its configuration or a command line asks for them. */
  readonly onDemand: () => Promise<readonly OnDemandPlugin[]>;
  /** The plugins that offer agents, for the commands that ask one. */
  readonly agents: readonly DefaultPlugin[];
  /** The plugins that offer platforms, for the commands that ask one. */
  readonly platforms: readonly DefaultPlugin[];
  /** The catalogue of the pipeline, for the command that asks for it. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Commands beside the engine's own, by name. */
  readonly commands: Readonly<Record<string, () => Promise<OfferedCommand>>>;
}

/** The whole command line: arguments in, exit code out. It alone sets the exit code, and no exception leaves it. */
export async function main(options: MainOptions): Promise<void> {
  const { version, defaults, onDemand, agents, platforms, catalogue, commands: offered } = options;
  const write = createWrite();
  const isTTY = isTerminal("stdout");
  const colourOf = (wish: boolean | undefined): boolean => wish ?? isTTY;
  const environment = readEnvironment();
  if (!environment.ok) {
    printAll(environment.error, write, colourOf(undefined));
    process.exitCode = EXIT.usage;
    return;
  }
  const colour = colourOf(environment.value.colour);
  const context: CliContext = {
    cwd: process.cwd(),
    environment: environment.value,
    defaults,
    onDemand,
    agents,
    platforms,
    catalogue,
    offered,
    version,
    commands: () => allCommands(offered),
    node: process.execPath,
    binary: process.argv[1] ?? "",
    terminal: {
      isTTY: isTTY && isTerminal("stderr"),
      colour,
      size: () => ({ columns: process.stdout.columns, rows: process.stdout.rows }),
    },
    write,
    signal: abortOnSignals(),
    // Not `performance.now`, which loads a module of Node's first.
    now: () => process.uptime() * 1000,
  };
  try {
    const result = await dispatch(process.argv.slice(2), context);
    if (!result.ok) printAll(result.error, write, colour);
    else if (result.value.text !== undefined) write("stdout", `${result.value.text}\n`);
    const { signal } = context;
    const interrupted = signal.reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
    process.exitCode = signal.aborted ? interrupted : result.ok ? result.value.exitCode : EXIT.usage;
  } catch (thrown) {
    printAll([internalError(thrown, version)], write, colour);
    process.exitCode = EXIT.usage;
  }
}

/** The first signal asks the run to end in order; a second one ends it at once, as the shell would. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort(signal);
    });
  }
  return controller.signal;
}

function printAll(diagnostics: readonly Diagnostic[], write: Write, colour: boolean): void {
  write("stderr", `${diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { colour })).join("\n\n")}\n`);
}

function internalError(thrown: unknown, version: string): Diagnostic {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const place = /at .*?([^\s()/\\]+:\d+:\d+)\)?/.exec(error.stack ?? "")?.[1];
  return {
    severity: "error",
    code: "SYM0002",
    message: `an error of symbiotic itself: ${error.message.split("\n")[0] ?? ""}`,
    hint: "please report it with the command line and what `symbiotic doctor` says",
    notes: [`symbiotic ${version}, Node ${process.versions.node}${place === undefined ? "" : `, at ${place}`}`],
  };
}
