import { graphFile, writeGraph } from "./kept-graph/graph-file.ts";
import type { GraphShape, KeptGraph } from "./kept-graph/kept-graph.ts";
import { looseNames } from "./kept-graph/loose-names.ts";
import { type Reach, reachOf } from "./kept-graph/reach.ts";
import { guarded } from "./plugin/guarded.ts";
import { groupAbsent } from "./snapshot/absent-paths.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import { seeIndex } from "./snapshot/see-index.ts";
import { seeInputs } from "./snapshot/see-inputs.ts";
import { seeModules } from "./snapshot/see-modules.ts";
import { type SeenTable, seenTable } from "./snapshot/seen-paths.ts";
import { untrackedDigest } from "./snapshot/untracked.ts";
import type { Opened } from "./open.ts";
import { reachedBy } from "./open-kept.ts";
import { shapeOfOpened } from "./open-shape.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";
import { hashLengthOf, modulesOf, OF_NODE, placeOf, untrackedOf } from "./seen-by-run.ts";

/** A run that compares with a base. */
export interface PlannedRun {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly plan: Plan;
}

/**
 * Keeps the project graph of a run with `--affected`, so that the next one under the same command line need not look for
 * projects again. A graph of which that cannot be told is not kept.
 */
export function keepGraph(run: PlannedRun): void {
  const { opened, request, plan } = run;
  if (request.graph === undefined || plan.whole === undefined || request.signal.aborted) return;
  const reach = reachIn(run);
  const made = reach && makeGraph(run, request.graph, reach);
  if (made === undefined) return;
  const { graph, seen, shape } = made;
  writeGraph(graphFile(opened.repository.gitDir, graph.command), { graph, seen, shape: () => JSON.stringify(shape) });
}

/** Undefined for a change that reaches anything: the next run is likely to be of the same one. */
function reachIn({ opened, plan: { whole, changes } }: PlannedRun): Reach | undefined {
  const reach = guarded("inputs", () => reachOf(whole?.order ?? [], opened.workspace));
  if (!reach.ok || changes === undefined) return undefined;
  return reachedBy(changes, reach.value, opened) === undefined ? undefined : reach.value;
}

interface Made {
  readonly graph: KeptGraph;
  readonly seen: SeenTable;
  readonly shape: GraphShape;
}

function makeGraph(run: PlannedRun, command: string, reach: Reach): Made | undefined {
  const { opened, request, plan } = run;
  const { uncommitted, variablesRead, repository } = opened;
  const { root } = repository;
  const shape = shapeOfOpened(opened);
  const names = uncommitted && looseNames(root, uncommitted);
  if (shape === undefined || names === undefined || variablesRead === "all") return undefined;
  // Git was asked twice: somebody may have made a file between.
  if (untrackedDigest(names.untracked) !== untrackedOf(opened)) return undefined;
  const seen = seenOf(run);
  if (seen === undefined) return undefined;
  const declared = [...new Set([...OF_NODE, ...variablesRead])];
  const graph: KeptGraph = {
    ...{ command, version: request.version, root, user: process.getuid?.() ?? null },
    ...{ hashLength: hashLengthOf(opened), index: seen.index, names: names.digest },
    variables: { declared, digest: variablesDigest(request.environment, declared, root) },
  };
  // Of most projects nobody will ask: what plugins read of them is not kept.
  return { graph, seen: seen.table, shape: { ...shape, facts: [], tasks: plan.before, reach } };
}

/** What is read later than when the tasks are known, to tell of findings, decides nothing. */
function seenOf({
  opened,
  request,
  plan,
}: PlannedRun): { readonly table: SeenTable; readonly index: KeptGraph["index"] } | undefined {
  const { root } = opened.repository;
  const startedAt = request.startedAt.getTime();
  const index = seeIndex(opened.files, placeOf({ opened, request }));
  if (index?.isWatched !== true) return undefined;
  const asked = [...(opened.texts.asked?.() ?? [])].filter(([path]) => plan.settings.has(path));
  const texts = { ...opened.texts, asked: () => asked };
  const settings = seeInputs({ root, startedAt, texts, isSetting: () => true, digests: { looks: () => [] } });
  const modules = settings && seeModules(modulesOf(opened, startedAt));
  if (settings === undefined || modules === undefined) return undefined;
  const all = groupAbsent([...index.seen, ...settings, ...modules], { root, startedAt });
  return { table: seenTable(all), index: index.digest };
}
