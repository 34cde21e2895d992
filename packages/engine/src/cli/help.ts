import type { CliCommand } from "./command.ts";
import type { OptionSpec } from "../plugin/command.ts";
import { COMMON_OPTIONS } from "./parse-arguments.ts";

/** The first page: what it is for, the commands, where to begin. */
export function topHelp(version: string, commands: readonly CliCommand[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `symbiotic ${version}: the quality steps of a repository as one cached task graph`,
    "",
    "usage: symbiotic <command> [options]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "begin with",
    "  symbiotic run gates             every linter, test and gate that the repository has",
    "  symbiotic run gates --affected  only what your change reaches",
    "",
    "`symbiotic <command> --help` explains a command; docs/ has a page on each subject",
  ].join("\n");
}

/** A command's page: usage, flags, examples. */
export function commandHelp(command: CliCommand, more: readonly string[] = []): string {
  return [
    `usage: symbiotic ${command.name} ${command.usage}`.trimEnd(),
    "",
    command.describe ?? command.summary,
    "",
    ...optionLines(command.options),
    ...(Object.keys(command.options).length > 0 ? [""] : []),
    ...optionLines(COMMON_OPTIONS),
    ...(more.length > 0 ? ["", ...more] : []),
    "",
    "examples",
    ...exampleLines(command.examples),
  ].join("\n");
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  const rows = Object.entries(options).flatMap(([name, spec]) =>
    spec.hidden === true ? [] : [[optionName(name, spec), spec.describe] as const],
  );
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, describe]) => `  ${name.padEnd(width)}  ${describe}`);
}

function optionName(name: string, { kind, value, short }: OptionSpec): string {
  const long = `--${name}`;
  const shown =
    kind === "flag" ? long : kind === "optional" ? `${long}[=${value ?? "<value>"}]` : `${long} ${value ?? "<value>"}`;
  return short === undefined ? shown : `-${short}, ${shown}`;
}

function exampleLines(examples: CliCommand["examples"]): string[] {
  const width = Math.max(0, ...examples.map(([line]) => line.length));
  return examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
}
