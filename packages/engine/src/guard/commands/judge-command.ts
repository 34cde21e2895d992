import { fail, ok, type Result } from "../../core/result.ts";
import { judgeGraphite } from "../graphite/judge-graphite.ts";
import { patternsIn } from "../patterns/denylist.ts";
import type { CommandRules, RefusedCommand } from "./command-rules.ts";
import { gitWords, innerOf, isUnknown, type Inner } from "./inner.ts";
import { isProgram, programName } from "./program-name.ts";
import { shellCommands, UNKNOWN } from "./shell-words.ts";
import { HIJACKS, OPAQUE } from "./wrappers.ts";

/** By which a program starts another one, or finds something by a name that it makes. */
const STARTS =
  /\b(?:system|popen|spawn\w*|exec\w*|subprocess|pty|child_process|qx|getattr|importlib|ctypes|fork)\b|Deno\.Command|`/i;

/** The programs that a command starts, each with its words. */
export type SeenCommands = readonly (readonly string[])[];

/** More than that within each other is nobody's honest command. */
const DEPTH = 8;
const MOST_BYTES = 128 * 1024;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const RESERVED = new Set(["if", "then", "elif", "else", "while", "until", "do", "!", "{", `${UNKNOWN}{`, "time"]);
const ALONE = new Set(["fi", "done", "esac", "}", "for", "select", `${UNKNOWN}[`, `${UNKNOWN}[${UNKNOWN}[`, "[", "[["]);

/**
 * Whether a command may be run: a program and its arguments, which no shell reads. Programs that start others are seen
 * through as far as their words go; what cannot be seen is refused. Gives all that it starts. Pure.
 */
export function judgeCommand(rules: CommandRules, argv: readonly string[]): Result<SeenCommands, RefusedCommand> {
  const problem = problemOfWords(rules, argv);
  return problem === undefined ? judge(rules, argv, 0) : fail(problem);
}

/** The same for a line of a shell. The characters that `rules` forbids may stand nowhere in it. */
export function judgeCommandLine(rules: CommandRules, line: string): Result<SeenCommands, RefusedCommand> {
  const problem = problemOfWords(rules, [line]);
  return problem === undefined ? judgeLine(rules, line, 0) : fail(problem);
}

function problemOfWords({ metacharacters }: CommandRules, words: readonly string[]): RefusedCommand | undefined {
  const size = words.reduce((sum, word) => sum + word.length + 1, 0);
  if (words.length === 0 || (words[0] ?? "").trim() === "") return refused("SYM5024", "there is no command");
  if (size > MOST_BYTES) return refused("SYM5024", "the command is longer than 128 KiB");
  if (words.some((word) => word.includes("\0"))) return refused("SYM5024", "the command holds a NUL character");
  if (metacharacters === "") return undefined;
  const characters = new Set([...metacharacters, "\n", "\r"]);
  for (const word of words) {
    for (const character of word) {
      if (!characters.has(character)) continue;
      const shown = character === "\n" || character === "\r" ? "a line break" : `\`${character}\``;
      return refused("SYM5022", `the command holds ${shown}, which is forbidden in commands`);
    }
  }
  return undefined;
}

function judgeLine(rules: CommandRules, line: string, depth: number): Result<SeenCommands, RefusedCommand> {
  const commands = shellCommands(line);
  if (!commands.ok) return fail(refused("SYM5023", `the line cannot be seen through: ${commands.error}`));
  return all(
    rules,
    commands.value.map(withoutReserved).filter(({ length }) => length > 0),
    depth,
  );
}

function all(
  rules: CommandRules,
  commands: readonly (readonly string[])[],
  depth: number,
): Result<SeenCommands, RefusedCommand> {
  const seen: (readonly string[])[] = [];
  for (const command of commands) {
    const judged = judge(rules, command, depth);
    if (!judged.ok) return judged;
    seen.push(...judged.value);
  }
  return ok(seen);
}

function judge(rules: CommandRules, command: readonly string[], depth: number): Result<SeenCommands, RefusedCommand> {
  if (depth > DEPTH) return fail(refused("SYM5023", "the command stands within too many others"));
  const assigned = command.findIndex((each) => !ASSIGNMENT.test(each));
  const before = assigned < 0 ? command : command.slice(0, assigned);
  const hijack = before.map((each) => each.split("=", 1)[0] ?? "").find((name) => HIJACKS.test(name));
  if (hijack !== undefined) return fail(refused("SYM5023", `\`${hijack}\` decides which program is started`));
  if (assigned < 0) return ok([]);
  const argv = command.slice(assigned);
  const [word = "", ...words] = argv;
  if (word === "" || isUnknown(word)) {
    return fail(refused("SYM5023", "which program is started is only known when it starts"));
  }
  const program = programName(word);
  const denied = rules.deny.find((entry) => means(entry, program, words));
  if (denied !== undefined) return fail({ ...refused("SYM5020", `\`${denied}\` is denied`), program });
  return judgeInner(rules, { program, argv, depth }, innerOf(program, words));
}

interface Judged {
  readonly program: string;
  readonly argv: readonly string[];
  readonly depth: number;
}

function judgeInner(
  rules: CommandRules,
  { program, argv, depth }: Judged,
  inner: Inner,
): Result<SeenCommands, RefusedCommand> {
  const isPermitted = rules.permit.some((entry) => means(entry, program, argv.slice(1)));
  if (inner.kind === "hidden" && !isPermitted) return fail(hides(program, inner.why));
  if (OPAQUE.has(program) && !isPermitted) return fail(hides(program, "what it starts cannot be seen"));
  if (inner.kind === "line") return judgeLine(rules, inner.line, depth + 1);
  if (inner.kind === "code") return judgeCode(rules, { program, argv, depth }, inner);
  if (inner.kind === "commands") {
    const judged = all(rules, inner.commands, depth + 1);
    const problem = inner.adds === true && judged.ok ? problemOfAdded(inner.commands) : undefined;
    return problem === undefined ? judged : fail(hides(program, problem));
  }
  return allowed(rules, program, argv);
}

/** `xargs` gives its command words that cannot be seen: that command may not be one that starts them. */
function problemOfAdded(commands: readonly (readonly string[])[]): string | undefined {
  const [[word = "", ...words] = []] = commands;
  const program = programName(word);
  const isStarter = innerOf(program, [...words, "x"]).kind !== innerOf(program, words).kind;
  const kind = innerOf(program, words).kind;
  return isStarter || kind === "line" || kind === "code" || kind === "hidden" || word.includes("{}")
    ? "it makes a command of what it reads"
    : undefined;
}

function judgeCode(
  rules: CommandRules,
  { program, argv }: Judged,
  { language, code }: { readonly language: string; readonly code: string },
): Result<SeenCommands, RefusedCommand> {
  const [pattern] = patternsIn(code.split("\n"), language);
  if (pattern !== undefined) return fail(hides(program, `its program ${pattern.says}`));
  if (STARTS.test(code)) return fail(hides(program, "its program starts others"));
  const words = new Set(code.toLowerCase().split(/[^\w-]+/));
  const denied = rules.deny.find((entry) => words.has(entry));
  if (denied !== undefined) return fail(hides(program, `its program names \`${denied}\`, which is denied`));
  return allowed(rules, program, argv);
}

/** Nobody's branches: whoever is permitted to run it may look, and fetch. */
const NO_BRANCHES = { ownBranches: [] };

function allowed(rules: CommandRules, program: string, argv: readonly string[]): Result<SeenCommands, RefusedCommand> {
  const words = argv.slice(1);
  const stacking = program === "gt" || program === "graphite" ? judgeGraphite(argv, NO_BRANCHES) : undefined;
  if (stacking !== undefined) return fail({ ...stacking, program });
  if (rules.allow === null || rules.allow.some((entry) => means(entry, program, words))) return ok([argv]);
  return fail({ ...refused("SYM5021", `\`${program}\` is none of the commands that are allowed`), program });
}

/** Whether an entry (`rm`, `git push`) means a program with these words behind it. */
function means(entry: string, program: string, words: readonly string[]): boolean {
  const [name = "", ...rest] = wordsOf(entry);
  if (!isProgram(program, name)) return false;
  if (rest.length === 0) return true;
  const own = program === "git" ? gitWords(words) : words.filter((word) => !word.startsWith("-"));
  return rest.every((word, at) => own[at] === word);
}

const split = new Map<string, readonly string[]>();

function wordsOf(entry: string): readonly string[] {
  const words = split.get(entry) ?? entry.trim().toLowerCase().split(/\s+/);
  split.set(entry, words);
  return words;
}

/** Words of the shell's own in front of a command. */
function withoutReserved(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !RESERVED.has(word));
  const rest = at < 0 ? [] : words.slice(at);
  return ALONE.has(rest[0] ?? "") ? [] : rest;
}

function hides(word: string, why: string): RefusedCommand {
  const program = programName(word);
  return { ...refused("SYM5023", `\`${program}\` cannot be seen through: ${why}`), program };
}

function refused(code: RefusedCommand["code"], message: string): RefusedCommand {
  return { code, message };
}
