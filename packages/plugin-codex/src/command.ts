import type { AgentCommand, AgentContext, AgentRequest } from "@symbiotic-build/engine";
import type { CodexOptions } from "./options.ts";

const SCHEMA = "codex-reply.json";

/** The command line of Codex for a request. The prompt is on its standard input. */
export function command({ options, request, tool, variables }: AgentContext<CodexOptions>): AgentCommand {
  const model = request.model ?? options.model;
  return {
    argv: [
      ...tool,
      ...["exec", "--json", "--color", "never", "-s", sandboxOf(request), "-C", request.cwd, "--skip-git-repo-check"],
      ...["--ignore-rules", ...(options.userConfig ? [] : ["--ignore-user-config"])],
      // What is installed for a person looks things up on the network, and one of the features waits for ever for a vendor that is away.
      ...["--disable", "plugins", "--disable", "unbounded_connection_retries"],
      ...settingsOf(request, variables).flatMap((setting) => ["-c", setting]),
      ...(model === null ? [] : ["-m", model]),
      ...(request.reply === undefined ? [] : ["--output-schema", `${request.folder}/${SCHEMA}`]),
      ...options.args,
      ...(request.resume === undefined ? [] : ["resume", request.resume]),
      "-",
    ],
    env: {},
    files: request.reply === undefined ? {} : { [SCHEMA]: JSON.stringify(request.reply) },
    stdin: request.prompt,
  };
}

function sandboxOf({ role, isSandboxed }: AgentRequest): string {
  // Its own sandbox cannot be made within another one: no command would run. That one keeps a reader from writing.
  if (isSandboxed === true) return "danger-full-access";
  return role === "read" ? "read-only" : "workspace-write";
}

function settingsOf({ network }: AgentRequest, variables: Readonly<Record<string, string>>): readonly string[] {
  return [
    "analytics.enabled=false",
    "check_for_update_on_startup=false",
    `sandbox_workspace_write.network_access=${String(network)}`,
    // Other checkouts may lie there; the folder that TMPDIR names is writable.
    "sandbox_workspace_write.exclude_slash_tmp=true",
    `web_search="${network ? "live" : "disabled"}"`,
    ...providerOf(variables),
  ];
}

/**
 * With a key, a provider of our own: the built-in one tries websockets first, and has tries of its own that nobody can watch.
 * Without one, whoever is signed in has the built-in one.
 */
function providerOf(variables: Readonly<Record<string, string>>): readonly string[] {
  const key = ["CODEX_API_KEY", "OPENAI_API_KEY"].find((name) => name in variables);
  if (key === undefined) return [];
  const provider = "model_providers.symbiotic";
  return [
    `model_provider="symbiotic"`,
    `${provider}.name="symbiotic"`,
    `${provider}.base_url=${JSON.stringify(variables["OPENAI_BASE_URL"] ?? "https://api.openai.com/v1")}`,
    `${provider}.wire_api="responses"`,
    `${provider}.env_key="${key}"`,
    `${provider}.request_max_retries=0`,
    `${provider}.stream_max_retries=0`,
  ];
}
