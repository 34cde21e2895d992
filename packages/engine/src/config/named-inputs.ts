import { byCodeUnit } from "../core/json.ts";
import type { KeyPath } from "./locate.ts";
import type { SettingProblem } from "./setting-problem.ts";

/** Lists of inputs by name, as the configuration has them. */
export type NamedInputs = Readonly<Record<string, readonly string[]>>;

/** Inputs in which no name is left. */
export interface ExpandedInputs {
  readonly inputs: readonly string[];
  readonly problems: readonly SettingProblem[];
}

/** Puts the lists in the place of their names, `@sources`; `^@sources` means them in the projects upstream. Pure. */
export function expandInputs(inputs: readonly string[], path: KeyPath, named: NamedInputs): ExpandedInputs {
  return expandWithin(inputs, path, { named, within: [] });
}

/** What is wrong with the lists themselves, used or not; a cycle is told once, whatever list leads into it. */
export function namedInputProblems(named: NamedInputs): SettingProblem[] {
  const cycles = new Map<string, SettingProblem>();
  const own = Object.entries(named).flatMap(([name, inputs]) => {
    const { problems } = expandWithin(inputs, ["inputs", name], { named, within: [name] });
    for (const problem of problems.filter(isCycle)) {
      const key = [...new Set(problem.message.match(/@[^ ]+/g))].sort(byCodeUnit).join(" ");
      if (!cycles.has(key)) cycles.set(key, problem);
    }
    return problems.filter((problem) => !isCycle(problem) && problem.path[1] === name);
  });
  return [...own, ...cycles.values()];
}

function isCycle({ code }: SettingProblem): boolean {
  return code === "SYM1209";
}

interface Names {
  readonly named: NamedInputs;
  /** The names whose lists we are in. */
  readonly within: readonly string[];
}

function expandWithin(inputs: readonly string[], path: KeyPath, names: Names): ExpandedInputs {
  const each = inputs.map((input, index) => expandOne(input, [...path, index], names));
  return { inputs: each.flatMap((one) => one.inputs), problems: each.flatMap(({ problems }) => problems) };
}

function expandOne(input: string, path: KeyPath, { named, within }: Names): ExpandedInputs {
  const { mark = "", name } = /^(?<mark>!?\^?!?)@(?<name>[^/*]*)$/.exec(input)?.groups ?? {};
  if (name === undefined) return { inputs: [input], problems: [] };
  const known = Object.hasOwn(named, name) ? named[name] : undefined;
  const problem = problemOf({ mark, name, known, within });
  if (known === undefined || problem !== undefined)
    return { inputs: [], problems: problem === undefined ? [] : [{ path, ...problem(named) }] };
  const { inputs, problems } = expandWithin(known, ["inputs", name], { named, within: [...within, name] });
  return { inputs: inputs.map((one) => (mark === "^" && !one.startsWith("^") ? `^${one}` : one)), problems };
}

type Problem = (named: NamedInputs) => Omit<SettingProblem, "path">;

function problemOf(use: {
  readonly mark: string;
  readonly name: string;
  readonly known: readonly string[] | undefined;
  readonly within: readonly string[];
}): Problem | undefined {
  const { mark, name, known, within } = use;
  if (known === undefined)
    return (named) => ({
      code: "SYM1206",
      message: `names \`@${name}\`, which is not known`,
      name: { wrong: name, known: Object.keys(named), owner: "inputs" },
    });
  if (mark.includes("!"))
    return () => ({
      code: "SYM1201",
      message: `is \`${mark}@${name}\`: a named list cannot be taken away`,
      hint: "write its entries here, each with `!` in front",
    });
  if (!within.includes(name)) return undefined;
  return () => ({
    code: "SYM1209",
    message: `makes a cycle: ${[...within.slice(within.indexOf(name)), name].map((each) => `@${each}`).join(" → ")}`,
    hint: "take one of the names out",
  });
}
