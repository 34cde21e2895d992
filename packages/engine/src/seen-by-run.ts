import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { insideAny, type RepoPath } from "./core/path.ts";
import type { CacheRecord } from "./cache/record.ts";
import { CONFIG_PLACES } from "./config/find.ts";
import { ownedPaths } from "./graph/ownership.ts";
import type { Digest } from "./fingerprint/files/hash-file.ts";
import { ENGINE, moduleFiles, moduleResolutions } from "./plugin/module-graph.ts";
import type { TaskResult } from "./execute/task-result.ts";
import { groupAbsent } from "./snapshot/absent-paths.ts";
import { amendTable } from "./snapshot/amend-table.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import { knownRows } from "./snapshot/known-rows.ts";
import { entry } from "./snapshot/see-file.ts";
import { seeIndex } from "./snapshot/see-index.ts";
import { seeInputs } from "./snapshot/see-inputs.ts";
import { seeModules } from "./snapshot/see-modules.ts";
import { type OwnedOutputs, seeOutputs } from "./snapshot/see-outputs.ts";
import { seeWalked, type SeenWalked } from "./snapshot/see-walked.ts";
import { seeRecords } from "./snapshot/see-records.ts";
import { kindAt, type SeenPath, type SeenTable, seenTable } from "./snapshot/seen-paths.ts";
import { untrackedDigest } from "./snapshot/untracked.ts";
import type { Opened } from "./open.ts";
import type { SettledRun } from "./tell-hits.ts";

/** What a run saw, and the digest of what the index names. */
export interface Seen {
  readonly table: SeenTable;
  readonly index: Digest;
  /** The folders that git leaves out; absent where it must be asked for untracked files. */
  readonly ignored?: readonly RepoPath[] | undefined;
}

/** All that a run saw and that decides what it told; undefined where that cannot be said. */
export function seenByRun(run: SettledRun): Seen | undefined {
  return amended(run) ?? whole(run);
}

function whole(run: SettledRun): Seen | undefined {
  const { opened, request } = run;
  const { root } = opened.repository;
  const files = opened.files.map(({ path }) => path);
  const index = seeIndex(opened.files, placeOf(run));
  const fresh = index && freshlySeen(run);
  if (index === undefined || fresh === undefined) return undefined;
  const startedAt = request.startedAt.getTime();
  const walked = seeWalked({ repository: opened.repository, files, environment: request.environment, startedAt });
  const all = withFiles(withWalked(withKept([...index.seen, ...fresh], request.kept), walked), { root, files });
  return (
    all && { table: seenTable(groupAbsent(all, { root, startedAt })), index: index.digest, ignored: walked?.ignored }
  );
}

/** Where only inputs had changed: what was seen before, but for what the tasks that they reach looked at and made. */
function amended(run: SettledRun): Seen | undefined {
  const { kept, startedAt } = run.request;
  if (kept === undefined || untrackedOf(run.opened) !== kept.snapshot.untracked) return undefined;
  const { table, gone } = kept;
  const known = knownRows(table, gone);
  const { host, opened, results } = run;
  const { root } = opened.repository;
  const place = { root, startedAt: startedAt.getTime() };
  const again = results.filter(({ task, record }) => record === undefined || record.key !== kept.keys.get(task.id));
  const owned = new Set(again.flatMap(({ task }) => (task.atom.kind === "build" ? ownedPaths(task) : [])));
  const inputs = seeInputs({ ...place, digests: host.digests, texts: opened.texts, isSetting: settingsOf(run), known });
  const outputs = inputs && seeOutputs(buildsOf(again), place);
  const records = outputs && seeRecords(host.cache.directory, recordsOf(results), place.startedAt);
  const fresh = records && withFiles([...inputs, ...outputs, ...records], { root, files: kept.changed });
  const isOwned = insideAny(owned);
  const isGone = (path: string, at: number): boolean =>
    gone.has(at) || kindAt(table, at) === "records" || isOwned(path);
  const made = fresh && amendTable(table, { known, isGone, fresh });
  return made && { table: made, index: kept.snapshot.index, ignored: kept.snapshot.ignored };
}

/** What was looked at now, and of what was not, what was seen before and is known to be so still. */
function withKept(fresh: readonly SeenPath[], kept: KeptResults | undefined): readonly SeenPath[] {
  if (kept === undefined) return fresh;
  const known = new Set(fresh.map(({ path }) => path));
  return [
    ...fresh,
    ...kept.seen().filter(({ path, kind }) => !known.has(path) && kind !== "index" && kind !== "walked"),
  ];
}

/** What says more of a path than that it is a folder that is walked stays; what says less goes. */
function withWalked(seen: readonly SeenPath[], walked: SeenWalked | undefined): readonly SeenPath[] {
  if (walked === undefined) return seen;
  const known = new Set(seen.flatMap(({ path, kind }) => (kind === "entry" ? [] : [path])));
  const added = walked.seen.filter(({ path }) => !known.has(path));
  const said = new Set(added.map(({ path }) => path));
  return [...seen.filter(({ path }) => !said.has(path)), ...added];
}

/** Files that nothing was read from are there all the same: who chooses projects and inputs is told all names. */
function withFiles(
  seen: readonly SeenPath[],
  { root, files }: { readonly root: string; readonly files: readonly RepoPath[] },
): readonly SeenPath[] | undefined {
  const known = new Set(seen.map(({ path }) => path));
  const all = [...seen];
  for (const path of files) {
    if (known.has(path)) continue;
    const found = path.isWellFormed() ? entry(path, `${root}/${path}`, "file") : undefined;
    if (found === undefined) return undefined;
    all.push(found);
  }
  return all;
}

/**
 * Which paths settings were read out of, in this run or in the one that told it its projects. What is read of a source later, to
 * show the line of a finding, decides nothing: another line there is another input.
 */
function settingsOf({ plan: { settings }, request: { kept } }: SettledRun): (path: RepoPath) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (path) => {
    known ??= new Set(kept?.table.paths.filter((_, at) => kindAt(kept.table, at) === "file"));
    return settings.has(path) || known.has(path);
  };
}

function freshlySeen(run: SettledRun): readonly SeenPath[] | undefined {
  const { opened, results, host, request } = run;
  const { root } = opened.repository;
  const startedAt = request.startedAt.getTime();
  const place = { root, startedAt };
  const inputs = seeInputs({ ...place, digests: host.digests, texts: opened.texts, isSetting: settingsOf(run) });
  const modules = inputs && seeModules(modulesOf(opened, startedAt));
  const outputs = modules && seeOutputs(buildsOf(results), { root, startedAt });
  const kept = outputs && seeRecords(host.cache.directory, recordsOf(results), startedAt);
  return kept && [...inputs, ...modules, ...outputs, ...kept];
}

function recordsOf(results: readonly TaskResult[]): CacheRecord[] {
  return results.flatMap(({ record }) => record ?? []);
}

function buildsOf(results: readonly TaskResult[]): OwnedOutputs[] {
  return results.flatMap(({ task, record, prepared }) =>
    task.atom.kind !== "build" || record === undefined || prepared === undefined
      ? []
      : [{ owned: ownedPaths(task), record }],
  );
}

/** What a configuration and its plugins are known by. */
export function modulesOf({ repository, config }: Opened, startedAt: number): Parameters<typeof seeModules>[0] {
  return {
    files: [...moduleFiles(), ...config.sources],
    places: CONFIG_PLACES.map((place) => join(repository.root, place)),
    resolutions: moduleResolutions(),
    engine: ENGINE ?? dirname(fileURLToPath(import.meta.url)),
    startedAt,
  };
}

/** The digest of the untracked files among all. */
export function untrackedOf({ untracked }: Pick<Opened, "untracked">): Digest {
  return untrackedDigest(untracked);
}

/** Where the index of a run lies. */
export function placeOf({ opened, request }: Pick<SettledRun, "opened" | "request">): Parameters<typeof seeIndex>[1] {
  const { root, gitDir, commonDir } = opened.repository;
  return { root, gitDir, commonDir, hashLength: hashLengthOf(opened), startedAt: request.startedAt.getTime() };
}

/** By these variables Node finds modules and chooses what is loaded of them. */
export const OF_NODE: readonly string[] = ["NODE_OPTIONS", "NODE_PATH"];

/** How many bytes an object id of the repository has. */
export function hashLengthOf({ repository }: Pick<Opened, "repository">): number {
  return repository.head?.length === 64 ? 32 : 20;
}
