import { fail, ok } from "../../core/result.ts";
import { errorOf } from "../../core/diagnostic.ts";
import type { CliCommand } from "../command.ts";
import type { OptionSpec } from "../../plugin/command.ts";
import { COMMON_OPTIONS } from "../parse-arguments.ts";

/** `symbiotic completion`: a script for the shell, with the commands and their flags. */
export const completionCommand: CliCommand = {
  name: "completion",
  summary: "print a completion script for bash, zsh or fish",
  usage: "<bash|zsh|fish>",
  positionals: { least: 1, most: 1, what: "a shell: bash, zsh or fish" },
  options: {},
  examples: [
    ['eval "$(symbiotic completion bash)"', "in ~/.bashrc"],
    ["symbiotic completion fish > ~/.config/fish/completions/symbiotic.fish", "for fish"],
  ],
  async run(parsed, context) {
    const commands = await context.commands();
    const shell = parsed.positionals[0] ?? "";
    if (shell === "bash") return ok({ exitCode: 0, text: bash(commands) });
    if (shell === "zsh")
      return ok({ exitCode: 0, text: `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}` });
    if (shell === "fish") return ok({ exitCode: 0, text: fish(commands) });
    return fail([
      errorOf("SYM2006", `\`${shell}\` is no shell that completion is made for`, { hint: "one of bash, zsh, fish" }),
    ]);
  },
};

function shownOptions(command: CliCommand): [name: string, spec: OptionSpec][] {
  return Object.entries({ ...command.options, ...COMMON_OPTIONS }).filter(([, { hidden }]) => hidden !== true);
}

function flagsOf(command: CliCommand): string[] {
  return shownOptions(command).map(([name]) => `--${name}`);
}

function bash(commands: readonly CliCommand[]): string {
  const cases = commands.map(
    (command) =>
      `    ${command.name}) words="${flagsOf(command).join(" ")}${command.name === "run" ? " gates validate test" : ""}" ;;`,
  );
  return [
    "_symbiotic() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" words=""',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    "  esac",
    `  [ "$COMP_CWORD" -eq 1 ] && words="${commands.map(({ name }) => name).join(" ")} --help --version"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -F _symbiotic symbiotic",
  ].join("\n");
}

function fish(commands: readonly CliCommand[]): string {
  const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  return commands
    .flatMap((command) => [
      `complete -c symbiotic -f -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
      ...shownOptions(command).map(
        ([name, { describe }]) =>
          `complete -c symbiotic -n '__fish_seen_subcommand_from ${command.name}' -l ${name} -d ${quote(describe)}`,
      ),
    ])
    .join("\n");
}
