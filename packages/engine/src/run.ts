import type { Diagnostic } from "./core/diagnostic.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { missingEnvironments } from "./fingerprint/tool/missing-environment.ts";
import { agentsLast } from "./graph/agents-last.ts";
import { runFinished } from "./execute/run-finished.ts";
import { announce, nothingSentence } from "./announce.ts";
import { divideRun, type Divided } from "./judge/divide-run.ts";
import { keepGraph } from "./keep-graph.ts";
import { judgeGates } from "./judge/judge-gates.ts";
import { settleDivided } from "./judge/settle-divided.ts";
import type { Opened } from "./open.ts";
import { plan } from "./plan.ts";
import { remember } from "./remember.ts";
import type { RunRequest } from "./request.ts";
import { closeParts, openParts, type RunParts } from "./run-parts.ts";

/** The main job: plan ─ schedule ⟲ ( fingerprint ─ cache? ─ hit | miss ─ execute ) ─ gates ─ events. Gives the exit code. */
export async function run(opened: Opened, request: RunRequest): Promise<Result<number, readonly Diagnostic[]>> {
  const begin = request.now();
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const mixed = agentsLast(planned.value.graph);
  if (mixed !== undefined) return fail([mixed]);
  const missing = missingEnvironments(
    opened.workspace.projects.flatMap(({ environments }) => environments),
    { root: opened.repository.root, env: request.environment, home: request.home },
  );
  if (missing.length > 0) return fail(uniqueByMessage(missing));
  const divided = await divideRun(opened, request, planned.value);
  const parts = openParts(opened, request, { plan: divided.plan, begin });
  if (!parts.ok) return fail([parts.error]);
  try {
    return ok(await runPlan(parts.value, divided));
  } finally {
    await closeParts(parts.value);
  }
}

async function runPlan(parts: RunParts, divided: Divided): Promise<number> {
  const { opened, request, record, plan: planned, emit, cache, begin } = parts;
  const { gates } = opened.index;
  announce(emit, opened, { plan: planned, request });
  const ended = await settleDivided(parts, divided);
  const { results } = ended;
  const { shard } = planned;
  // A gate of a project is whole on the machine that has the project, and nowhere else.
  const own = shard === undefined ? results : results.filter(({ task }) => shard.has(task.project.name));
  const judged = await judgeGates(parts, own, divided);
  for (const event of [...judged.findings, ...judged.gates]) emit(event);
  const decided = judged.gates;
  const audit = (await request.agents?.close()) ?? ok(undefined);
  const unaudited = audit.ok ? [] : [audit.error];
  const problems = [
    ...parts.problems,
    ...unaudited,
    ...judged.problems,
    ...cache.problems(),
    ...parts.journal.problems(),
  ];
  const notices = opened.config.plugins.flatMap((plugin) => plugin.notices?.() ?? []);
  for (const diagnostic of [...problems, ...divided.notices, ...notices]) emit({ type: "diagnostic", diagnostic });
  const nothing = nothingSentence(planned, opened.workspace.projects.length);
  const durationMs = request.now() - begin;
  const { signal } = request;
  const finished = runFinished({ results, gates, decided, folder: record.folder, signal, nothing, durationMs, audit });
  emit(finished);
  // What runs beside the work tree was not seen there.
  if (problems.length === 0 && divided.passes.length === 0) {
    const run = { opened, request, plan: planned };
    remember({ ...ended, ...run });
    keepGraph(run);
  }
  return finished.exitCode;
}

function uniqueByMessage(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [diagnostic.message, diagnostic])).values()];
}
