import type { AtomOverride, AtomSetting, CommandAtoms } from "./atom-schema.ts";
import type { KeyPath } from "./locate.ts";
import { expandInputs, namedInputProblems } from "./named-inputs.ts";
import { persistentWord } from "./persistent.ts";
import type { Settings } from "./schema.ts";
import type { SettingProblem } from "./setting-problem.ts";

/** The atoms of a configuration, or what is wrong with them beside their form. */
export interface CheckedAtoms {
  readonly atoms: CommandAtoms;
  readonly problems: readonly SettingProblem[];
}

/** Makes the atoms whole: those taken away are gone, named inputs are put in. Everything that is wrong comes at once. Pure. */
export function checkAtoms({ atoms = {}, inputs: named = {} }: Settings): CheckedAtoms {
  const problems: SettingProblem[] = namedInputProblems(named);
  const whole: Record<string, CommandAtoms[string]> = {};
  for (const [id, setting] of Object.entries(atoms)) {
    if (setting === false) continue;
    const at = ["atoms", id];
    const checked = checkAtom(setting, at, (each, path) => {
      const expanded = expandInputs(each, path, named);
      problems.push(...expanded.problems.filter(({ path: found }) => found[0] === "atoms"));
      return expanded.inputs;
    });
    problems.push(...atomProblems(setting, at));
    const { command, agent, ...rest } = checked;
    if (command !== undefined) whole[id] = { ...rest, command };
    else if (agent !== undefined) whole[id] = { ...rest, agent };
  }
  return { atoms: whole, problems };
}

type Expand = (inputs: readonly string[], path: KeyPath) => readonly string[];

function checkAtom(setting: AtomSetting, at: KeyPath, expand: Expand): AtomSetting {
  const projects = Object.entries(setting.projects ?? {}).map(([name, own]): [string, false | AtomOverride] => [
    name,
    own === false ? own : withInputs(own, [...at, "projects", name], expand),
  ]);
  const own = withInputs(setting, at, expand);
  return setting.projects === undefined ? own : { ...own, projects: Object.fromEntries(projects) };
}

function withInputs<T extends AtomOverride>(setting: T, at: KeyPath, expand: Expand): T {
  const { inputs } = setting;
  return inputs === undefined ? setting : { ...setting, inputs: expand(inputs, [...at, "inputs"]) };
}

function atomProblems(setting: AtomSetting, at: KeyPath): SettingProblem[] {
  const overrides = Object.entries(setting.projects ?? {}).flatMap(([name, own]) =>
    own === false ? [] : [{ own, path: [...at, "projects", name] }],
  );
  const missing = {
    path: at,
    code: "SYM1201",
    message: "has no command",
    hint: 'give it one: `command: "tsc -p ."`, or `["tsc", "-p", "."]` without a shell',
  };
  return [
    ...(setting.command === undefined && setting.agent === undefined ? [missing] : []),
    ...(setting.agent === undefined ? [] : agentProblems(setting, at)),
    ...(setting.persistent === true
      ? [persistent([...at, "persistent"], "says that it never ends")]
      : setting.persistent === false
        ? []
        : [{ own: setting, path: at }, ...overrides].flatMap(({ own, path }) => lasting(own, path))),
    ...(setting.effect === true
      ? [{ own: setting, path: at }, ...overrides].flatMap(({ own, path }) => effectProblems(own, path))
      : []),
  ];
}

/** What a step that an agent does cannot have. */
function agentProblems(setting: AtomSetting, at: KeyPath): SettingProblem[] {
  const hint = "leave it away: `agent.write` names the files that may change, `agent.budget` bounds time and money";
  const wrong = ["command", "outputs", "scratch", "env", "variables", "effect", "retries", "cache", "timeout"] as const;
  return wrong
    .filter((name) => setting[name] !== undefined)
    .map((name) => ({ path: [...at, name], code: "SYM1201", message: "does not go with `agent`", hint }));
}

function lasting({ command }: AtomOverride, path: KeyPath): SettingProblem[] {
  const word = command === undefined ? undefined : persistentWord(command);
  return word === undefined
    ? []
    : [
        persistent(
          [...path, "command"],
          `never ends, as \`${word}\` says`,
          "; if it does end, add `persistent: false`",
        ),
      ];
}

function persistent(path: KeyPath, message: string, more = ""): SettingProblem {
  return {
    path,
    code: "SYM1207",
    message: `${message}: a task that never ends has no result, and nothing can wait for it`,
    hint: `start it beside symbiotic, in a terminal of its own, and let \`symbiotic watch\` run again what a change affects${more}`,
  };
}

/** What a command with an effect cannot have: its results are not kept, and twice is not once. */
function effectProblems({ outputs, retries, cache }: AtomOverride, path: KeyPath): SettingProblem[] {
  const wrong = [
    ...(outputs !== undefined && outputs.length > 0 ? ["outputs"] : []),
    ...(retries !== undefined && retries > 0 ? ["retries"] : []),
    ...(cache === true ? ["cache"] : []),
  ];
  return wrong.map((key) => ({
    path: [...path, key],
    code: "SYM1201",
    message: "stands beside `effect`: what touches the world outside is never kept and never tried again",
    hint: "leave it out, or make what has outputs an atom of its own that this one depends on",
  }));
}
