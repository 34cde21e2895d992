import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import type { DefaultPlugin } from "../config/load.ts";
import type { OnDemandPlugin } from "../config/on-demand.ts";
import type { Write } from "../report/reporter.ts";
import type { Catalogue } from "./atoms/catalogue.ts";
import type { CliEnvironment } from "./env.ts";

/** A flag of a command. */
export interface OptionSpec {
  /** `optional`: its value may be left out, and is then `whenBare`. */
  readonly kind: "flag" | "value" | "optional" | "list";
  /** What stands for the value in the help: `<ref>`. */
  readonly value?: string;
  readonly short?: string;
  readonly describe: string;
  readonly whenBare?: string;
  /** The values that it takes, where it takes only some. */
  readonly oneOf?: readonly string[];
  /** That its value is a whole number from 1. */
  readonly count?: boolean;
  /** That it takes all words up to the next flag; of a list. */
  readonly many?: boolean;
  /** Not for people: in no help and no completion. */
  readonly hidden?: boolean;
}

/** What stood on the command line, parsed. */
export interface Parsed {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** What stands behind `--`. */
  readonly rest: readonly string[];
}

/** What every command is given. */
export interface CliContext {
  readonly cwd: string;
  readonly environment: CliEnvironment;
  readonly defaults: readonly DefaultPlugin[];
  /** Plugins that are loaded where somebody asks for them. */
  readonly onDemand: () => Promise<readonly OnDemandPlugin[]>;
  /** Plugins that offer agents, for the commands that ask one. */
  readonly agents: readonly DefaultPlugin[];
  /** The catalogue of the pipeline. */
  readonly catalogue: () => Promise<Catalogue>;
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
export interface CliCommand {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name: `<target...> [options] [-- <arguments>]`. */
  readonly usage: string;
  readonly describe?: string;
  readonly positionals: { readonly least: number; readonly most: number; readonly what: string };
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly rest?: boolean;
  readonly examples: readonly (readonly [command: string, what: string])[];
  run(parsed: Parsed, context: CliContext): Promise<Result<CliOutput, readonly Diagnostic[]>>;
}
