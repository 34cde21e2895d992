import { COMMON, OPERATIONS, REASONS, type GraphiteOperation } from "./operations.ts";
import { ownershipProblem, type GraphiteRules, type OwnedCall, type RefusedGraphite } from "./ownership.ts";

/**
 * Why a command of Graphite's may not be run; nothing where it may: it is one of a closed list, in full words, and touches only branches
 * that are ours. `argv` begins with the program. Pure.
 */
export function judgeGraphite(argv: readonly string[], rules: GraphiteRules): RefusedGraphite | undefined {
  const [, name = "", ...rest] = argv;
  if ((name === "--version" || name === "--help") && rest.length === 0) return undefined;
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) return refused(notListed(name));
  const call = callOf(name, operation, rest);
  if (typeof call === "string") return refused(call);
  return lacking(call, operation) ?? ownershipProblem(call, rules);
}

function notListed(name: string): string {
  if (name === "") return "there is no operation in the command";
  if (name.startsWith("-")) return `\`gt ${name}\` is refused: the operation has to come first`;
  const reason = Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
  if (reason !== undefined) return `\`gt ${name}\` is refused: ${reason}`;
  return `\`gt ${name}\` is refused: it is none of ${Object.keys(OPERATIONS).join(", ")}, which are written in full`;
}

/** The call, if nothing in it is unknown; else what is. */
function callOf(name: string, { flags, values, word }: GraphiteOperation, rest: readonly string[]): OwnedCall | string {
  const known = new Set([...split(COMMON), ...split(flags)]);
  const valued = new Set(split(values));
  const call = { name, flags: new Set<string>(), values: new Map<string, string>(), words: [] as string[] };
  for (let at = 0; at < rest.length; at += 1) {
    const each = rest[at] ?? "";
    if (known.has(each)) call.flags.add(each);
    else if (valued.has(each) && !call.values.has(each)) {
      at += 1;
      const value = rest[at] ?? "";
      if (!isName(value)) return `\`gt ${name}\` is refused: \`${each}\` has no value`;
      call.values.set(each, value);
    } else if (isName(each) && call.words.length === 0 && isWord(each, word)) call.words.push(each);
    else return `\`gt ${name}\` is refused with \`${each}\`: it is none of what it may be called with`;
  }
  return call;
}

function isName(text: string): boolean {
  return text !== "" && !text.startsWith("-");
}

function isWord(text: string, allowed: GraphiteOperation["word"]): boolean {
  return allowed === "branch" || (allowed?.includes(text) ?? false);
}

function lacking(
  { name, flags, values }: OwnedCall,
  { tells, needs = [] }: GraphiteOperation,
): RefusedGraphite | undefined {
  for (const choice of needs) {
    const given = choice.filter((each) => flags.has(each) || values.has(each));
    const which = choice.map((each) => `\`${each}\``).join(" or ");
    if (given.length !== 1)
      return refused(`\`gt ${name}\` is refused ${given.length === 0 ? "without" : "with both"} ${which}`);
  }
  if (tells === true || flags.has("--no-interactive")) return undefined;
  return refused(`\`gt ${name}\` is refused without \`--no-interactive\``);
}

function refused(message: string): RefusedGraphite {
  return { code: "SYM5025", message };
}

function split(names: string): readonly string[] {
  return names === "" ? [] : names.split(" ");
}
