import { join } from "node:path";
import { tmpdir } from "node:os";
import type { Prices } from "../../agent/prices.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { AgentRole } from "../../config/guard-schema.ts";
import type { EditRequest } from "../../edit/edit.ts";
import type { Foreign } from "../../edit/prompt.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { Variables } from "../../fingerprint/variables.ts";
import { policyFor, type Policy } from "../../guard/policy/policy.ts";
import { protectedConfigs } from "../../guard/policy/protected-configs.ts";
import { movedEnvironments } from "../../moved-environments.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import { guarded } from "../../plugin/guarded.ts";
import { createRedactor } from "../../redact/redact.ts";
import { secretValuesOf } from "../../redact/secret-name.ts";
import { userCache } from "../../staged/staged-place.ts";
import type { CliContext, Parsed } from "../command.ts";
import type { ChosenAgent } from "./choose-agent.ts";
import { runChecksOf } from "./run-checks.ts";

/** The policy of a call: what the configuration says of its role, and of that what the command line leaves. */
export function policyOf(
  { values, lists }: Parsed,
  { opened, environment, role }: { readonly opened: Opened; readonly environment: Variables; readonly role: AgentRole },
): Result<Policy, Diagnostic> {
  const usd = values.get("usd");
  if (usd !== undefined && !(Number(usd) > 0))
    return fail(errorOf("SYM2017", `--usd is \`${usd}\`: a number above 0 is expected`, { hint: "as in --usd 0.50" }));
  const { settings } = opened.config;
  const allowed = lists.get("allow");
  const policy = policyFor({
    role,
    setting: settings.guard,
    protect: protectedConfigs(configsOf(opened, environment)),
    ...(allowed === undefined ? {} : { files: allowed.flatMap(withAllBelow) }),
    ...(settings.baseline === undefined ? {} : { baseline: settings.baseline }),
  });
  const number = (name: string): number | undefined => (values.has(name) ? Number(values.get(name)) : undefined);
  const [turns, tokens, seconds] = [number("turns"), number("tokens"), number("timeout")];
  return ok({
    ...policy,
    budget: {
      ...policy.budget,
      ...(usd === undefined ? {} : { usd: Number(usd) }),
      ...(turns === undefined ? {} : { turns }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(seconds === undefined ? {} : { milliseconds: seconds * 1000 }),
    },
  });
}

/** `src` means the file of this name and all that lies in a folder of this name. */
function withAllBelow(path: string): readonly string[] {
  const plain = path.replace(/^\.\//, "").replace(/\/+$/, "");
  return /[*?[{]/.test(plain) ? [plain] : plain === "." || plain === "" ? ["**"] : [plain, `${plain}/**`];
}

/** What the repository's checks look up as their settings; where that cannot be told the usual files are protected all the same. */
function configsOf(opened: Opened, environment: Variables): Parameters<typeof protectedConfigs>[0] {
  const names = [...opened.index.targets.keys()];
  const planned = plan(opened, { names, filters: [], exclude: [], environment });
  if (!planned.ok) return [];
  return planned.value.graph.order.flatMap((task) => {
    const inputs = guarded(task.id, () => task.atom.inputs(task.context));
    return inputs.ok ? [inputs.value] : [];
  });
}

/** Where a call keeps what is to be looked at later, from the repository root. */
export function sessionFolder(agent: string, startedAt: Date): string {
  return `artifacts/cli_runs/${agent}/${startedAt
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.(\d+)Z$/, "$1Z")}`;
}

/** All that an edit takes, of what was asked and of what is there. The caller closes its process groups. */
export function editRequestOf(asked: {
  readonly task: string;
  readonly foreign: readonly Foreign[];
  /** Targets and atoms that have to pass. */
  readonly checks: readonly string[];
  readonly parsed: Parsed;
  readonly context: CliContext;
  readonly opened: Opened;
  readonly chosen: ChosenAgent;
  readonly policy: Policy;
  readonly host: Host;
  readonly prices?: Prices;
}): EditRequest {
  const { task, foreign, checks, parsed, context, opened, chosen, policy, host, prices } = asked;
  const { repository } = opened;
  const { variables, home } = context.environment;
  const model = parsed.values.get("model");
  const session = parsed.values.get("resume");
  const startedAt = new Date();
  const folder = sessionFolder(chosen.name, startedAt);
  return {
    ...{ name: chosen.name, agent: chosen.agent, options: chosen.options, tool: chosen.found.tool },
    ...{ repository, base: repository.head, task, foreign, policy, host, node: context.node },
    place: join(
      userCache(repository.root, { home, temporary: tmpdir(), environment: variables }),
      "symbiotic",
      "agent",
    ),
    logFolder: join(repository.root, ...folder.split("/")),
    id: folder.split("/").at(-1) ?? "agent",
    moveEnvironments: (roots, { folder, directories }) =>
      movedEnvironments(roots, {
        ...{ opened, folder, directories, environment: variables, home },
        cacheDir: cacheDirectory(opened, context.environment.settings.cacheDir),
      }),
    unsandboxed: parsed.flags.has("unsandboxed"),
    isDry: parsed.flags.has("dry-run"),
    groups: createProcessGroups(),
    redactor: createRedactor({ secretValues: secretValuesOf(variables) }),
    signal: context.signal,
    on: () => undefined,
    ...(checks.length === 0 ? {} : { checks: checksOf(checks, asked) }),
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { resume: { session } }),
    ...(prices === undefined ? {} : { prices }),
  };
}

const ROUNDS = 3;

function checksOf(
  names: readonly string[],
  { parsed, context, opened }: { readonly parsed: Parsed; readonly context: CliContext; readonly opened: Opened },
): NonNullable<EditRequest["checks"]> {
  const rounds = Number(parsed.values.get("rounds") ?? ROUNDS);
  return { run: runChecksOf({ names, parsed, context, opened }), rounds };
}
