import { parseArgs, type ParseArgsConfig } from "node:util";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { nearest } from "../config/suggest.ts";
import type { CliCommand } from "./command.ts";
import type { OptionSpec, Parsed } from "../plugin/command.ts";

/** Flags that every command takes. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: {
    kind: "value",
    value: "<file>",
    describe: "the configuration file, instead of the one at the repository root",
  },
  json: { kind: "flag", describe: "print facts as JSON on standard output" },
  help: { kind: "flag", short: "h", describe: "explain the command" },
};

/** Reads a command's arguments; every wrong one is named. */
export function parseArguments(command: CliCommand, argv: readonly string[]): Result<Parsed, readonly Diagnostic[]> {
  const specs = { ...command.options, ...COMMON_OPTIONS };
  const end = argv.indexOf("--");
  const own = withManyValues(withBareValues(end < 0 ? argv : argv.slice(0, end), specs), specs);
  const rest = end < 0 ? [] : argv.slice(end + 1);
  const { tokens } = parseArgs({
    args: own,
    options: optionsOf(specs),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const parsed = {
    positionals: [] as string[],
    flags: new Set<string>(),
    values: new Map<string, string>(),
    lists: new Map<string, string[]>(),
    rest,
  };
  const problems: Diagnostic[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") parsed.positionals.push(token.value);
    else if (token.kind === "option") {
      const spec = specs[token.name];
      const problem = spec === undefined ? unknownFlag(command, token.rawName, specs) : take(token, spec, parsed);
      if (problem !== undefined) problems.push({ hint: seeHelp(command), ...problem });
    }
  }
  if (!parsed.flags.has("help")) problems.push(...countPositionals(command, parsed.positionals));
  if (rest.length > 0 && command.rest !== true)
    problems.push(
      errorOf("SYM2006", `\`symbiotic ${command.name}\` takes nothing behind \`--\``, { hint: seeHelp(command) }),
    );
  return problems.length > 0 ? fail(problems) : ok(parsed);
}

type Options = NonNullable<ParseArgsConfig["options"]>;

function optionsOf(specs: Readonly<Record<string, OptionSpec>>): Options {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { kind, short }]) => [
      name,
      {
        type: kind === "flag" ? "boolean" : "string",
        ...(kind === "list" ? { multiple: true } : {}),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
}

/** `--dry-run` alone stands for `--dry-run=text`: the value of an optional one is never the next argument. */
function withBareValues(argv: readonly string[], specs: Readonly<Record<string, OptionSpec>>): string[] {
  return argv.map((argument) => {
    const spec = argument.startsWith("--") ? specs[argument.slice(2)] : undefined;
    return spec?.kind === "optional" ? `${argument}=${spec.whenBare ?? ""}` : argument;
  });
}

/** `--files a b` stands for `--files=a --files=b`. */
function withManyValues(argv: readonly string[], specs: Readonly<Record<string, OptionSpec>>): string[] {
  let taking: string | undefined;
  return argv.flatMap((argument, index) => {
    if (taking !== undefined && !argument.startsWith("-")) return [`${taking}=${argument}`];
    taking = argument.startsWith("--") && specs[argument.slice(2)]?.many === true ? argument : undefined;
    const next = argv[index + 1];
    return taking !== undefined && next !== undefined && !next.startsWith("-") ? [] : [argument];
  });
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

interface Taken {
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
  readonly lists: Map<string, string[]>;
}

function take({ name, rawName, value }: OptionToken, spec: OptionSpec, parsed: Taken): Diagnostic | undefined {
  if (spec.kind === "flag") {
    if (value !== undefined) return errorOf("SYM2005", `${rawName} takes no value, got \`${value}\``);
    parsed.flags.add(name);
    return undefined;
  }
  if (value === undefined || value === "")
    return errorOf("SYM2005", `${rawName} needs a value: ${rawName} ${spec.value ?? "<value>"}`);
  if (spec.oneOf !== undefined && !spec.oneOf.includes(value))
    return errorOf("SYM2005", `${rawName} is \`${value}\`: one of ${spec.oneOf.join(", ")} is expected`);
  if (spec.count === true && !/^[1-9]\d{0,3}$/.test(value))
    return errorOf("SYM2005", `${rawName} is \`${value}\`: a whole number from 1 is expected`);
  if (spec.kind === "list") parsed.lists.set(name, [...(parsed.lists.get(name) ?? []), value]);
  else parsed.values.set(name, value);
  return undefined;
}

function unknownFlag(command: CliCommand, raw: string, specs: Readonly<Record<string, OptionSpec>>): Diagnostic {
  const guess = nearest(raw.replace(/^-+/, ""), Object.keys(specs));
  return errorOf("SYM2004", `\`symbiotic ${command.name}\` has no ${raw}`, {
    hint: guess === undefined ? seeHelp(command) : `did you mean \`--${guess}\`?`,
  });
}

function countPositionals(command: CliCommand, given: readonly string[]): Diagnostic[] {
  const { least, most, what } = command.positionals;
  if (given.length < least)
    return [errorOf("SYM2006", `\`symbiotic ${command.name}\` needs ${what}`, { hint: seeHelp(command) })];
  if (given.length > most)
    return [
      errorOf(
        "SYM2006",
        `\`symbiotic ${command.name}\` takes ${most === 0 ? "nothing" : what}, got \`${given[most] ?? ""}\` as well`,
        { hint: seeHelp(command) },
      ),
    ];
  return [];
}

function seeHelp({ name }: CliCommand): string {
  return `\`symbiotic ${name} --help\` explains it`;
}
