import { relative, sep } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { EXIT } from "../../core/status.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { AgentRole } from "../../config/guard-schema.ts";
import { loadDefaults } from "../../config/load.ts";
import { editByAgent } from "../../edit/edit-by-agent.ts";
import type { EditResult } from "../../edit/edit.ts";
import type { Foreign } from "../../edit/prompt.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { Opened } from "../../open.ts";
import type { LoadedPlugin } from "../../plugin/load.ts";
import type { CliContext, CliOutput, Parsed } from "../command.ts";
import { editJson, editText, headline } from "./agent-output.ts";
import { agentsOf, chooseAgent } from "./choose-agent.ts";
import { editRequestOf, policyOf } from "./edit-request.ts";
import { tellEvents } from "./tell-events.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** What an agent is asked for. */
export interface Asked {
  readonly task: string;
  readonly role: AgentRole;
  /** What others wrote and it is about. */
  readonly foreign: readonly Foreign[];
  /** Targets and atoms that have to pass before anything is applied. */
  readonly checks: readonly string[];
}

/** Asks one agent, from its policy to the change in the user's tree. */
export async function askAgent(asked: Asked, opened: Opened, { parsed, context }: Call): Output {
  const plugins = await agentPlugins(opened, context);
  if (!plugins.ok) return plugins;
  const { settings } = opened.config;
  const { variables, home } = context.environment;
  const host: Host = { root: opened.repository.root, env: variables, home };
  const wanted = parsed.values.get("agent") ?? settings.agents?.use ?? "auto";
  const chosen = chooseAgent(wanted, agentsOf(plugins.value), host);
  if (!chosen.ok) return fail([chosen.error]);
  const policy = policyOf(parsed, { opened, environment: variables, role: asked.role });
  if (!policy.ok) return fail([policy.error]);
  const isJson = parsed.flags.has("json");
  const request = {
    ...editRequestOf({
      ...{ ...asked, parsed, context, opened, host },
      ...{ chosen: chosen.value, policy: policy.value, prices: settings.agents?.prices ?? {} },
    }),
    on: tellEvents(isJson ? () => undefined : (line) => context.write("stderr", `${line}\n`), host.root),
  };
  if (!isJson) context.write("stdout", `${headline(chosen.value, policy.value, request)}\n`);
  try {
    const edited = await editByAgent(request);
    if (!edited.ok) return fail([edited.error]);
    const log = relative(host.root, request.logFolder).split(sep).join("/");
    const told = { name: chosen.value.name, result: edited.value, log, isDry: request.isDry };
    return ok({ exitCode: exitCodeOf(edited.value), text: editText(told), json: editJson(told) });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail([fileSystemRefused(thrown.message)]);
  } finally {
    request.groups.close();
  }
}

interface Call {
  readonly parsed: Parsed;
  readonly context: CliContext;
}

function fileSystemRefused(why: string): Diagnostic {
  return errorOf("SYM5073", `the agent's tree, its log or the audit log cannot be written: ${why}`, {
    hint: "look whether the disk is full, and who may write `.symbiotic`, `artifacts` and the folder for caches",
  });
}

/** The configuration's own plugins first: their options count. */
async function agentPlugins(
  { config }: Opened,
  context: CliContext,
): Promise<Result<readonly LoadedPlugin[], readonly Diagnostic[]>> {
  const taken = new Set(config.plugins.map(({ name }) => name));
  const loaded = await loadDefaults(context.agents.filter(({ name }) => !taken.has(name)));
  return loaded.ok ? ok([...config.plugins, ...loaded.value]) : loaded;
}

function exitCodeOf({ agent, violations, problem }: EditResult): number {
  const isGood = agent.end === "done" && violations.length === 0 && problem === undefined;
  return isGood ? EXIT.passed : EXIT.failed;
}
