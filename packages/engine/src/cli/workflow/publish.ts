import { loadDefaults } from "../../config/load.ts";
import { pushBranch } from "../../commit/push-branch.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import { ensureDraft } from "../../platform/ensure-draft.ts";
import { findPlatformTool } from "../../platform/find-platform.ts";
import { markReady } from "../../platform/mark-ready.ts";
import { platformEnvironment } from "../../platform/platform-environment.ts";
import type { PlatformHost } from "../../platform/platform-host.ts";
import type { Publish, StepEnd } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { brokenBy } from "./ask-in-tree.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

const PUSH_MS = 120_000;
const ASK_MS = 60_000;
const REMOTE = "origin";

/** Pushes the branch of a tree, and sees to its one draft pull request: found again where there is one, ready only where all passed. */
export async function publish(work: Publish, tools: StepTools, told: ToldStep): Promise<StepEnd> {
  const used = await tools.trees.use(work.tree, told.before);
  if (!used.ok) return brokenBy(used.error);
  const tree = used.value;
  const host = await platformFor(work.platform, tree, tools);
  if (!host.ok) return brokenBy(host.error);
  const { groups, redactor, context } = tools;
  const { signal } = context;
  const pushed = await pushBranch({
    ...{ root: tree.root, environment: context.environment.variables, remote: REMOTE, branch: tree.branch },
    ...{ base: work.into, timeoutMs: PUSH_MS, redactor, groups, signal },
  });
  if (!pushed.ok) return brokenBy([pushed.error]);
  const draft = await ensureDraft(host.value, {
    ...{ branch: tree.branch, base: work.into, title: work.title, body: work.body },
  });
  if (!draft.ok) return brokenBy([draft.error]);
  const { pull, as } = draft.value;
  await tools.audit.append("published", { branch: tree.branch, commit: pushed.value.commit, url: pull.url, as });
  const data = { url: pull.url, number: pull.number, isNew: as === "created", commit: pushed.value.commit };
  const summary = `${as === "created" ? "opened" : as} ${pull.url}`;
  if (work.passed.length === 0 || as === "closed" || as === "merged") return { status: "ok", summary, data };
  const checks = work.passed.map((name) => ({ name, verdict: "pass" as const }));
  const ready = await markReady(host.value, pull.number, { commit: pushed.value.commit, checks });
  return ready.ok
    ? { status: "ok", summary: `${summary}, ready`, data: { ...data, isReady: true } }
    : brokenBy([ready.error]);
}

async function platformFor(
  name: string,
  { opened, root }: UsedTree,
  { context, groups, redactor, opened: own }: StepTools,
): Promise<Result<PlatformHost, readonly Diagnostic[]>> {
  const taken = new Set(opened.config.plugins.map((plugin) => plugin.name));
  const loaded = await loadDefaults(context.platforms.filter((each) => !taken.has(each.name)));
  if (!loaded.ok) return loaded;
  const plugins = [...opened.config.plugins, ...loaded.value];
  const plugin = plugins.find(({ spec }) => spec.platforms?.[name] !== undefined);
  const platform = plugin?.spec.platforms?.[name];
  if (plugin === undefined || platform === undefined) return fail([unknownPlatform(name)]);
  const { variables, home } = context.environment;
  const ownRoot = own.repository.root;
  const host: Host = { root, env: variables, home };
  // A program is the user's own, and none that a branch brings.
  const tool = await findPlatformTool(platform, { ...host, root: ownRoot }, groups);
  if (!tool.ok) return fail([tool.error]);
  return ok({
    ...{ platform, options: plugin.options, program: tool.value.program, root, redactor, groups, timeoutMs: ASK_MS },
    ...{ commonDir: opened.repository.commonDir, environment: platformEnvironment(platform, host) },
    signal: context.signal,
  });
}

function unknownPlatform(name: string): Diagnostic {
  return errorOf("SYM7508", `no plugin offers a platform called \`${name}\``, {
    hint: "`github` comes with the command; correct `issues.platform`, or add the plugin",
  });
}
