import { relative, sep } from "node:path";
import type { Diagnostic } from "./core/diagnostic.ts";
import type { IntentMatched } from "./core/event.ts";
import { isInside, type RepoPath } from "./core/path.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { loadDefaults, type LoadedConfig } from "./config/load.ts";
import { askedFor, type OnDemandPlugin } from "./config/on-demand.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { matchIntents } from "./intent/match-intents.ts";
import type { Changes } from "./workspace/git/changes.ts";
import type { Repository } from "./workspace/git/repository.ts";
import type { SourceTexts } from "./workspace/source-texts.ts";
import { compare, type Compared } from "./compare.ts";

/** What a command asks for beyond the plugins that are always there. */
export interface Demand {
  /** What it names: atoms, gates, targets. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** What a person asked for, in words. */
  readonly request?: string | undefined;
  /** Present with `--affected`. */
  readonly affected?: Compared | undefined;
  /** What was named as the change: files and folders, absolute. */
  readonly places?: readonly string[] | undefined;
  /** Says which intents there are, also where nothing is a sign of one. */
  readonly explains?: boolean | undefined;
}

/** What was brought by what a command and a repository ask for. */
export interface Demanded {
  /** The configuration with the plugins that are asked for. */
  readonly config: LoadedConfig;
  /** Those that the change has; none where nobody asked for intents. */
  readonly intents: readonly IntentMatched[];
  /** The names of the plugins that somebody asked for, and that were loaded for it. */
  readonly brought: readonly string[];
  /** What changed, where that was compared for the intents. */
  readonly changes: Changes | undefined;
}

/** What there is to look into. */
export interface DemandPlace {
  readonly repository: Repository;
  readonly config: LoadedConfig;
  readonly files: readonly RepoPath[];
  readonly texts: SourceTexts;
  /** What git printed of what is not committed, where it was asked beside other work. */
  readonly uncommitted: () => Promise<Buffer | undefined>;
  readonly environment: Variables;
}

/** Loads the plugins that the command line, the configuration, the repository or an intent of the change asks for. */
export async function bringDemanded(
  demand: Demand | undefined,
  onDemand: readonly OnDemandPlugin[],
  place: DemandPlace,
): Promise<Result<Demanded, readonly Diagnostic[]>> {
  const { config, files, texts } = place;
  const { settings } = config;
  const changes = demand === undefined ? ok(undefined) : await changesFor(demand, place);
  if (!changes.ok) return fail([changes.error]);
  const signs = { labels: demand?.labels ?? [], request: demand?.request };
  const changed = changes.value?.files.map(({ path }) => path) ?? [];
  const paths = demand?.places === undefined ? changed : filesAt(demand.places, place);
  const intents = isAboutIntents(demand, config) ? matchIntents(settings.intents ?? {}, { ...signs, paths }) : [];
  const names = [...(demand?.names ?? []), ...intents.flatMap(({ add }) => add)];
  const taken = new Set([...config.plugins.map(({ name }) => name), ...(settings.disable ?? [])]);
  const free = onDemand.filter(({ name }) => !taken.has(name));
  const loaded = await loadDefaults(askedFor(free, { names, settings, files, texts }));
  if (!loaded.ok) return loaded;
  const plugins = loaded.value.length === 0 ? config.plugins : [...loaded.value, ...config.plugins];
  return ok({
    config: { ...config, plugins },
    intents,
    brought: loaded.value.map(({ name }) => name),
    changes: changes.value,
  });
}

/** The files of the repository that are named, or lie in a folder that is. */
function filesAt(places: readonly string[], { repository, files }: DemandPlace): readonly RepoPath[] {
  const named = places.map((each) => relative(repository.root, each).split(sep).join("/") || ".");
  return files.filter((path) => named.some((each) => isInside(each, path)));
}

/** Intents change what is run, so nothing is added unless the configuration or the command line speaks of them. */
function isAboutIntents(demand: Demand | undefined, { settings }: LoadedConfig): boolean {
  if (demand === undefined) return false;
  const { labels, request, explains } = demand;
  return settings.intents !== undefined || labels.length > 0 || request !== undefined || explains === true;
}

async function changesFor(demand: Demand, place: DemandPlace): Promise<Result<Changes | undefined, Diagnostic>> {
  if (demand.affected === undefined || !isAboutIntents(demand, place.config)) return ok(undefined);
  return compare({ ...place, uncommitted: await place.uncommitted() }, demand.affected, place.environment);
}
