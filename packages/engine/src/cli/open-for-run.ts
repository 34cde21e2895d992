import { resolve } from "node:path";
import { fail, ok, type Result } from "../core/result.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { askRepository } from "../ask-repository.ts";
import type { Bases } from "../base/open-bases.ts";
import type { JudgedTrees } from "../base/judged-trees.ts";
import type { Judging } from "../base/judging.ts";
import type { Opened } from "../open.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { demandOf } from "./demand-of.ts";
import { watchVariables } from "./env.ts";
import { finishWhatWasKilled } from "./finish-what-was-killed.ts";
import { hashNodeAhead } from "./hash-node-ahead.ts";
import { openWorkspace } from "./open-workspace.ts";
import { hasGraph } from "../kept-graph/graph-file.ts";
import type { KeptResults } from "../snapshot/kept-results.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { graphTextOf } from "./command-text.ts";
import { affectedOf } from "./selection-options.ts";

/** What a run opens. */
export interface OpenedForRun {
  readonly opened: Opened;
  /** Present where the run compares with a base. To be closed when it is over. */
  readonly judging?: Judging;
  /** The text under which its project graph may be kept. */
  readonly graph?: string;
}

/** Who judges a change: in CI the base that it is compared with, elsewhere the work tree; the flag decides otherwise. */
export function judgeOf({ values }: Parsed, { environment }: CliContext): "base" | "head" {
  return (values.get("gates-from") as "base" | "head" | undefined) ?? (environment.ci ? "base" : "head");
}

/** Opens the repository for a run, and what it is compared with where that judges. */
export async function openForRun(
  parsed: Parsed,
  context: CliContext,
  { explains, kept }: { readonly explains: boolean; readonly kept?: KeptResults | undefined },
): Promise<Result<OpenedForRun, readonly Diagnostic[]>> {
  const affected = affectedOf(parsed, context.environment);
  if (!affected.ok) return affected;
  if (affected.value === undefined) {
    const opened = await openWorkspace(parsed, context, { explains, runs: true, kept });
    return opened.ok ? ok({ opened: opened.value }) : opened;
  }
  const { cwd, environment, defaults, onDemand } = context;
  const place = { cwd, environment: environment.variables };
  const graph = explains || judgeOf(parsed, context) === "base" ? undefined : graphTextOf(parsed, context);
  const mayBeKnown = ({ gitDir }: Repository): boolean => graph !== undefined && hasGraph(gitDir, graph);
  const asked = askRepository({ ...place, mayBeKnown, compares: !parsed.values.has("head") });
  if (!asked.ok) return fail([asked.error]);
  const { repository } = asked.value;
  const hashed = hashNodeAhead(repository, context);
  const finished = await finishWhatWasKilled(repository, context);
  if (!finished.ok) return finished;
  const configFile = parsed.values.get("config") ?? environment.settings.config;
  const demand = demandOf(parsed, environment, { cwd, explains });
  const request = {
    ...{ ...place, defaults, onDemand, watchVariables, repository, hashed },
    ...(configFile === undefined ? {} : { configFile: resolve(cwd, configFile) }),
  };
  const { cacheDir } = environment.settings;
  const bases = lazily(async () => {
    const { createBases } = await import("../base/open-bases.ts");
    return createBases({
      ...{ ...request, home: environment.home, signal: context.signal },
      ...{ demand: { names: demand.names, labels: [] } },
      ...(cacheDir === undefined ? {} : { cacheDir }),
    });
  });
  if (judgeOf(parsed, context) === "head") {
    const { openHere } = await import("./open-here.ts");
    const whole = { ...request, demand, asked: asked.value };
    const opened = await openHere(whole, { graph, affected: affected.value, version: context.version });
    const kept = graph === undefined ? {} : { graph };
    return opened.ok ? ok({ opened: opened.value, judging: { bases }, ...kept }) : opened;
  }
  // What is merged was looked at before it was: only who asks for it has the commit before judge that again.
  const judgesMerged = parsed.values.get("gates-from") === "base";
  const { openJudged } = await import("../base/open-judged.ts");
  const judged = await openJudged({ ...request, demand, asked: asked.value, judgesMerged }, affected.value, bases);
  if (!judged.ok) bases.close();
  if (!judged.ok) return judged;
  const { opened, base, held } = judged.value;
  if (held !== undefined) return ok({ opened, judging: { bases, by: { held } } });
  if (base === undefined) return ok({ opened, judging: { bases } });
  const { createJudgedTrees } = await import("../base/judged-trees.ts");
  const trees = createJudgedTrees({
    ...{ ...place, defaults, onDemand, demand, repository, base, home: environment.home, signal: context.signal },
    ...(cacheDir === undefined ? {} : { cacheDir }),
  });
  return ok({ opened, judging: { bases: closing(bases, trees), by: { base, trees } } });
}

/** Most runs never open their base: what does it is loaded when one is asked for. */
function lazily(make: () => Promise<Bases>): Bases {
  let made: Promise<Bases> | undefined;
  return {
    async open(commit) {
      made ??= make();
      return (await made).open(commit);
    },
    close: () => void made?.then((bases) => bases.close()),
  };
}

/** What is closed at the end of a run closes both. */
function closing(bases: Bases, trees: JudgedTrees): Bases {
  return {
    open: (commit) => bases.open(commit),
    close: () => {
      trees.close();
      bases.close();
    },
  };
}
