import type { Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";

/** The value, or an exception that lists every problem with its code, place and way out: a test's failure then says all. */
export function unwrap<T>(result: Result<T, Diagnostic | readonly Diagnostic[]>, plugin: string): T {
  if (result.ok) return result.value;
  const problems: readonly Diagnostic[] = "code" in result.error ? [result.error] : result.error;
  throw refused(plugin, problems.map(lineOf));
}

/** The exception for a plugin that the engine would refuse. */
export function refused(plugin: string, lines: readonly string[]): Error {
  return new Error(`the engine refuses the plugin ${plugin}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

/** A diagnostic in one line. */
export function lineOf({ code, message, location, hint }: Diagnostic): string {
  const place =
    location === undefined
      ? ""
      : ` (${[location.file, location.line, location.column].filter((part) => part !== undefined).join(":")})`;
  return `${code} ${message}${place}${hint === undefined ? "" : `: ${hint}`}`;
}
