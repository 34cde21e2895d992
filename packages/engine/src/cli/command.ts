import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import type { DefaultPlugin } from "../config/load.ts";
import type { OnDemandPlugin } from "../config/on-demand.ts";
import type { Write } from "../report/reporter.ts";
import type { Catalogue } from "./atoms/catalogue.ts";
import type { CommandSpec, OfferedCommand, Parsed } from "../plugin/command.ts";
import type { CliEnvironment } from "./env.ts";

/** What every command is given. */
export interface CliContext {
  readonly cwd: string;
  readonly environment: CliEnvironment;
  readonly defaults: readonly DefaultPlugin[];
  /** Plugins that are loaded where somebody asks for them. */
  readonly onDemand: () => Promise<readonly OnDemandPlugin[]>;
  /** Plugins that offer agents, for the commands that ask one. */
  readonly agents: readonly DefaultPlugin[];
  /** Plugins that offer platforms, for the commands that ask one. */
  readonly platforms: readonly DefaultPlugin[];
  /** The catalogue of the pipeline. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Commands that packages offer, by name; each is loaded when it is asked for. */
  readonly offered: Readonly<Record<string, () => Promise<OfferedCommand>>>;
  readonly version: string;
  /** All commands, for completion. */
  readonly commands: () => Promise<readonly CliCommand[]>;
  /** Absolute path of this Node. */
  readonly node: string;
  /** Absolute path of the program that this Node was started with. */
  readonly binary: string;
  readonly terminal: {
    readonly isTTY: boolean;
    readonly colour: boolean;
    readonly size: () => { readonly columns: number; readonly rows: number };
  };
  readonly write: Write;
  readonly signal: AbortSignal;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
}

/** What a command gives back: facts for `--json`, the same facts for people, and the exit code. */
export interface CliOutput {
  readonly exitCode: number;
  readonly json?: JsonValue;
  readonly text?: string;
}

/** One command of the command line. */
export interface CliCommand extends CommandSpec {
  run(parsed: Parsed, context: CliContext): Promise<Result<CliOutput, readonly Diagnostic[]>>;
}
