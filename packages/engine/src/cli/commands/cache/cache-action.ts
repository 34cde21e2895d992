import type { Diagnostic } from "../../../core/diagnostic.ts";
import type { Result } from "../../../core/result.ts";
import { formatDiagnostic } from "../../../report/diagnostic.ts";
import type { CliContext, CliOutput } from "../../command.ts";
import type { Parsed } from "../../../plugin/command.ts";
import type { CachePlace } from "./cache-place.ts";

/** What every action on the cache is given. */
export interface CacheCall extends CachePlace {
  readonly parsed: Parsed;
  readonly context: CliContext;
}

/** One of the things that can be done with a cache. */
export interface CacheAction {
  /** Whether a file follows its name. */
  readonly takesFile: boolean;
  /** The flags that mean something to it. */
  readonly options: readonly string[];
  run(call: CacheCall): Promise<Result<CliOutput, readonly Diagnostic[]>>;
}

/** Tells what is wrong beside the facts, on the error output. */
export function warn({ write, terminal }: CliContext, problems: readonly Diagnostic[]): void {
  if (problems.length === 0) return;
  const texts = problems.map((problem) => formatDiagnostic(problem, { colour: terminal.colour }));
  write("stderr", `${texts.join("\n\n")}\n`);
}

/** Diagnostics as JSON has them. */
export function problemsJson(problems: readonly Diagnostic[]): { readonly code: string; readonly message: string }[] {
  return problems.map(({ code, message }) => ({ code, message }));
}
