import {
  ancestors,
  joinRepo,
  type Applies,
  type Command,
  type CommandAtom,
  type CommandContext,
  type Context,
} from "@symbiotic-build/engine";
import type { NodeOptions } from "../options.ts";
import { isPersistent, isPlaceholder, startingSymbiotic, startsPackages } from "./classify.ts";
import type { NodeFacts } from "./facts.ts";
import { scriptInputs } from "./inputs.ts";
import { paramsOf } from "./params.ts";

type ScriptContext = Context<NodeOptions, NodeFacts>;

/** Runs one script of a package as its package manager would, without starting that. */
export const runScript: CommandAtom<NodeOptions, NodeFacts> = {
  kind: "check",
  describe: "Run a script of package.json",
  title: "script",
  applies,
  tools: () => [{ name: "node", kind: "path-executable", bin: "node", version: ["--version"] }],
  inputs: (context) => scriptInputs(paramsOf(context), context.facts?.root ?? context.project.root),
  outputs: (context) => paramsOf(context).outputs,
  command: scriptCommand,
};

function applies(context: ScriptContext): Applies {
  const { facts } = context;
  const { script, persistent } = paramsOf(context);
  const text = facts === null || !Object.hasOwn(facts.scripts, script) ? undefined : facts.scripts[script];
  if (facts === null || text === undefined || isPlaceholder(text) || isPartOfAnother(script, facts)) return false;
  if (startingSymbiotic(new Map(Object.entries(facts.scripts))).has(script)) return false;
  if (persistent ?? isPersistent(script, text)) return { skipped: "it runs until it is stopped: start it by hand" };
  if (startsPackages(text))
    return { skipped: "it starts the scripts of other packages, which run as tasks of their own" };
  return true;
}

/** `prebuild` runs with `build`, not by itself. */
function isPartOfAnother(script: string, { scripts, prePost }: NonNullable<NodeFacts>): boolean {
  const main = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return prePost && main !== undefined && Object.hasOwn(scripts, main);
}

function scriptCommand(context: CommandContext<NodeOptions, NodeFacts>): Command {
  const { facts, project } = context;
  const { script, env } = paramsOf(context);
  return {
    argv: [facts === null ? "" : lineOf(script, facts)],
    shell: true,
    programs: ancestors(project.root).map((folder) => joinRepo(folder, "node_modules/.bin")),
    env: { ...npmVariables(script, facts), ...env },
  };
}

/** Parentheses are the one way to keep lines apart that both `sh` and `cmd` know. */
function lineOf(script: string, { scripts, prePost }: NonNullable<NodeFacts>): string {
  const text = scripts[script] ?? "";
  const before = prePost ? scripts[`pre${script}`] : undefined;
  const after = prePost ? scripts[`post${script}`] : undefined;
  if (after !== undefined)
    return [before, text, after].flatMap((line) => (line === undefined ? [] : [`(${line})`])).join(" && ");
  return before === undefined ? text : `(${before}) && ${text}`;
}

function npmVariables(script: string, facts: NodeFacts): Record<string, string> {
  if (facts === null) return {};
  const { name, version, config } = facts;
  return {
    npm_command: "run-script",
    npm_lifecycle_event: script,
    ...(name === null ? {} : { npm_package_name: name }),
    ...(version === null ? {} : { npm_package_version: version }),
    ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`npm_package_config_${key}`, value])),
  };
}
