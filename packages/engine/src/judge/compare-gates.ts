import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { settledForGates } from "../execute/task-result.ts";
import type { GateComparison } from "../gate/comparison.ts";
import type { OwnedGate } from "../graph/atom-index.ts";
import type { Settled } from "../plugin/atom.ts";
import { hookError } from "../plugin/guarded.ts";
import { changeOf } from "../workspace/change-of.ts";
import { factsOf } from "../workspace/facts.ts";
import type { Base } from "../base/open-bases.ts";
import { alteredSettings } from "./altered-settings.ts";
import type { Divided } from "./divide-run.ts";
import type { TextsOfFile } from "../workspace/texts-of-change.ts";
import { runAtBase } from "./run-at-base.ts";
import type { RunParts } from "../run-parts.ts";

/**
 * What gates about a change are asked with; undefined where the run compares with nothing, or no gate that it feeds wants
 * to know. Where gates compare with evidence of the base, their atoms run there.
 */
export async function compareGates(
  parts: RunParts,
  texts: readonly TextsOfFile[],
  divided: Pick<Divided, "passes" | "undone">,
): Promise<Result<GateComparison | undefined, readonly Diagnostic[]>> {
  const { opened, request, plan } = parts;
  const { changes } = plan;
  const gates = fedGates(parts);
  const by = request.judging?.by;
  const judge = by !== undefined && "base" in by ? by.base : undefined;
  if (changes === undefined || (judge === undefined && !gates.some(isAboutChange))) return ok(undefined);
  const change = changeOf(opened.repository, changes, changes.upTo);
  if (!change.ok) return fail([change.error]);
  const before = await evidenceBefore(gates, parts);
  if (!before.ok) return before;
  return ok({
    change: change.value,
    ...(request.judging === undefined
      ? {}
      : {
          before: (project: string, atoms: readonly string[]) =>
            before.value.filter((each) => each.project === project && atoms.includes(each.atom)),
        }),
    ...(judge === undefined
      ? {}
      : { contextAtBase: contextAt(judge), altered: alteredSettings(parts, texts, divided) }),
  });
}

function isAboutChange({ gate }: OwnedGate): boolean {
  return gate.ofChange === true || gate.before !== undefined;
}

/** The gates that read an atom of the plan. */
function fedGates({ opened, plan }: RunParts): readonly OwnedGate[] {
  const atoms = new Set(plan.graph.order.map(({ atomId }) => atomId));
  return opened.index.gates.filter(({ gate }) => gate.reads.some((atom) => atoms.has(atom)));
}

/** How the atoms that gates compare with ended at the base, in the projects of the plan. */
async function evidenceBefore(
  gates: readonly OwnedGate[],
  parts: RunParts,
): Promise<Result<readonly Settled[], readonly Diagnostic[]>> {
  const { plan, request, opened } = parts;
  const asked = gates.flatMap(({ gate: { before = [], reads } }) => {
    const projects = plan.graph.order.flatMap(({ atomId, project }) => (reads.includes(atomId) ? [project.name] : []));
    return before.flatMap((atom) => projects.map((project) => `${project}:${atom}`));
  });
  const commit = plan.changes?.comparison.commit;
  if (asked.length === 0 || commit === undefined || request.judging === undefined) return ok([]);
  const base = await request.judging.bases.open(commit);
  if (!base.ok) return base;
  const results = await runAtBase(base.value, { names: [...new Set(asked)], request, opened });
  return results.ok ? ok(results.value.map((result) => settledForGates(result, base.value.opened.judge))) : results;
}

/** What a gate's plugin knew of a project at the base. */
function contextAt({ opened: { workspace, texts, index } }: Base): NonNullable<GateComparison["contextAtBase"]> {
  return ({ id }, name) => {
    const plugin = index.gates.find((each) => each.id === id)?.plugin;
    const project = workspace.project(name);
    if (plugin === undefined || project === undefined) return undefined;
    const facts = factsOf(plugin, project, workspace, texts);
    if (!facts.ok) return fail(facts.error[0] ?? hookError(`the plugin ${plugin.name} gave no facts`));
    return ok({ options: plugin.options, facts: facts.value, project, upstream: workspace.upstream(project) });
  };
}
