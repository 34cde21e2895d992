import {
  ancestors,
  joinRepo,
  type Applies,
  type Command,
  type CommandAtom,
  type CommandContext,
  type Context,
} from "@symbiotic-build/engine";
import type { NodeOptions, ScriptSettings } from "../options.ts";
import { isPersistent, isPlaceholder, startingSymbiotic, startsPackages } from "./classify.ts";
import type { NodeFacts } from "./facts.ts";
import { scriptInputs } from "./inputs.ts";
import { paramsOf } from "./params.ts";
import { settingsOf } from "./settings.ts";

type ScriptContext = Context<NodeOptions, NodeFacts>;

/** Runs one script of a package as its package manager would, without starting that. */
export const runScript: CommandAtom<NodeOptions, NodeFacts> = {
  kind: "check",
  describe: "Run a script of package.json",
  title: "script",
  applies,
  tools: () => [{ name: "node", kind: "path-executable", bin: "node", version: ["--version"] }],
  inputs: ({ options, facts, project, params }) =>
    scriptInputs({
      settings: settingsOf(options)(paramsOf(params).script, project),
      root: facts?.root ?? project.root,
      global: [...options.global, ...paramsOf(params).global],
    }),
  outputs: (context) => settingsIn(context).outputs ?? [],
  scratch: (context) => settingsIn(context).scratch ?? [],
  dependsOn: (context) => settingsIn(context).dependsOn ?? paramsOf(context.params).dependsOn,
  timeoutMs: (context) => {
    const { timeout } = settingsIn(context);
    return timeout === undefined ? undefined : timeout * 1000;
  },
  retries: (context) => settingsIn(context).retries ?? 0,
  resources: (context) => {
    const { cpu, memoryMb, mutex } = settingsIn(context).resources ?? {};
    return {
      ...(cpu === undefined ? {} : { cpu }),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      ...(mutex === undefined ? {} : { mutex }),
    };
  },
  cache: whetherKept,
  command: scriptCommand,
};

function settingsIn({ options, project, params }: ScriptContext): ScriptSettings {
  return settingsOf(options)(paramsOf(params).script, project);
}

function applies(context: ScriptContext): Applies {
  const { facts, params } = context;
  const { script } = paramsOf(params);
  const text = facts === null || !Object.hasOwn(facts.scripts, script) ? undefined : facts.scripts[script];
  if (facts === null || text === undefined || isPlaceholder(text) || isPartOfAnother(script, facts)) return false;
  if (startingSymbiotic(new Map(Object.entries(facts.scripts))).has(script)) return false;
  if (settingsIn(context).persistent ?? isPersistent(script, text))
    return { skipped: "it runs until it is stopped: start it by hand" };
  if (startsPackages(text))
    return { skipped: "it starts the scripts of other packages, which run as tasks of their own" };
  return true;
}

/** `prebuild` runs with `build`, not by itself. */
function isPartOfAnother(script: string, { scripts, prePost }: NonNullable<NodeFacts>): boolean {
  const main = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return prePost && main !== undefined && Object.hasOwn(scripts, main);
}

/** What a script makes can only be put back where somebody said what that is. */
function whetherKept(context: ScriptContext): boolean | string {
  const { cache, outputs } = settingsIn(context);
  if (cache !== undefined) return cache;
  if (outputs !== undefined || paramsOf(context.params).class === "check") return true;
  return `nothing says what it makes: name it in \`outputs\` of the script \`${paramsOf(context.params).script}\``;
}

function scriptCommand(context: CommandContext<NodeOptions, NodeFacts>): Command {
  const { facts, project, params } = context;
  const { script } = paramsOf(params);
  const { env = {} } = settingsIn(context);
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
