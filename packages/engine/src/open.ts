import { join, resolve } from "node:path";
import type { Diagnostic } from "./core/diagnostic.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { loadConfig, type DefaultPlugin, type LoadedConfig } from "./config/load.ts";
import type { OnDemandPlugin } from "./config/on-demand.ts";
import { bringDemanded, type Demand, type Demanded } from "./demand.ts";
import { atAtoms } from "./config/errors.ts";
import { indexAtoms, type AtomIndex } from "./graph/atom-index.ts";
import { askRepository, type AskedRepository, type AskRequest } from "./ask-repository.ts";
import type { HashedAhead } from "./fingerprint/files/hash-ahead.ts";
import type { Judge } from "./finding/judge.ts";
import { openJudge } from "./finding/open-judge.ts";
import { keepAnswers } from "./cache/keep-answers.ts";
import { deriveAtoms, type DerivedAtoms } from "./workspace/derive.ts";
import { createFacts, type Facts } from "./workspace/facts.ts";
import type { RepoPath } from "./core/path.ts";
import { createDetours } from "./workspace/detours.ts";
import type { ManifestInput } from "./workspace/manifests.ts";
import { listWorkTree, type WorkFile } from "./workspace/git/list-files.ts";
import type { Repository } from "./workspace/git/repository.ts";
import { unknownNames, unknownProjects } from "./unknown-names.ts";
import { createSourceTexts, type SourceTexts } from "./workspace/source-texts.ts";
import { discover, type Workspace } from "./workspace/workspace.ts";

/** What every command starts from: where it was called, with what environment, and what flags and variables set. */
export interface OpenRequest extends AskRequest {
  /** What git was asked already. */
  readonly asked?: AskedRepository;
  /** A program that is being digested already. */
  readonly hashed?: HashedAhead | undefined;
  readonly defaults: readonly DefaultPlugin[];
  /** Those that are loaded where somebody asks for them. */
  readonly onDemand?: () => Promise<readonly OnDemandPlugin[]>;
  /** What the command asks for beyond what is always there. */
  readonly demand?: Demand;
  /** A configuration file named by flag or variable. */
  readonly configFile?: string;
  /** The configuration where it is known already: none is looked for then. */
  readonly config?: LoadedConfig;
  /** Whether the configuration is evaluated in a process of its own. */
  readonly apart?: boolean;
  /** Where the baseline of findings is read, if that is not the work tree. */
  readonly baseline?: SourceTexts;
  /** Tells which variables loading the configuration looked at; without it, it is taken to have looked at all. */
  readonly watchVariables?: <T>(
    act: () => Promise<T>,
  ) => Promise<{ readonly value: T; readonly variables: readonly string[] | "all" }>;
}

/** A repository with its configuration, plugins and projects: all that is known before a graph is made. */
export interface Opened extends Demanded {
  readonly repository: Repository;
  readonly index: AtomIndex;
  /** What plugins derived from the files: a part of the index. */
  readonly derived: DerivedAtoms;
  readonly workspace: Workspace;
  readonly facts: Facts;
  readonly texts: SourceTexts;
  /** What the configuration and the baseline say of findings. */
  readonly judge: Judge;
  /** The files of the work tree, sorted by path. */
  readonly files: readonly WorkFile[];
  /** Those of them that git does not track. */
  readonly untracked: readonly RepoPath[];
  /** The variables that the configuration looked at while it was loaded. */
  readonly variablesRead: readonly string[] | "all";
  /** When the files were listed, in milliseconds since 1970. */
  readonly listedAt: number;
  /** What git printed of what is not committed, where it was asked beside other work. */
  readonly uncommitted: Buffer | undefined;
  /**
   * Where projects were not looked for, as an earlier run tells of them: with `--affected` the only ones that the change can
   * reach, and how many tasks there would be without it.
   */
  readonly kept?: { readonly reached?: ReadonlySet<string>; readonly tasks?: number };
  readonly hashed?: HashedAhead;
}

/** Opens the repository around a folder: argv ─ config ─ plugins ─ workspace. All that is wrong comes back at once. */
export async function open(request: OpenRequest): Promise<Result<Opened, readonly Diagnostic[]>> {
  const asked = request.asked === undefined ? askRepository(request) : ok(request.asked);
  if (!asked.ok) return fail([asked.error]);
  const { repository, listing, listedAt } = asked.value;
  const { root } = repository;
  const file = request.configFile === undefined ? {} : { file: resolve(request.cwd, request.configFile) };
  const keep = keepAnswers(repository);
  const apart = request.apart === true ? { apart: { environment: request.environment } } : {};
  const load = async (): ReturnType<typeof loadConfig> =>
    request.config === undefined
      ? loadConfig({ root, defaults: request.defaults, keep, ...apart, ...file })
      : ok(request.config);
  const { value: config, variables: variablesRead } = await (request.watchVariables ?? watchNothing)(load);
  if (!config.ok) return config;
  const tree = listWorkTree(repository, await listing());
  if (!tree.ok) return fail([tree.error]);
  const files = tree.value.files.map(({ path }) => path);
  const links = tree.value.files.flatMap(({ path, isLink }) => (isLink ? [path] : []));
  const detours = createDetours({ root, files, links, submodules: tree.value.submodules });
  const texts = createSourceTexts(root);
  const onDemand = (await request.onDemand?.()) ?? [];
  const uncommitted = async (): Promise<Buffer | undefined> => asked.value.uncommitted;
  const demanded = await bringDemanded(request.demand, onDemand, {
    ...{ repository, files, texts, uncommitted, config: config.value, environment: request.environment },
  });
  if (!demanded.ok) return demanded;
  const { plugins, settings } = demanded.value.config;
  const { exclude = [] } = settings.projects ?? {};
  const atoms = await atomsIn(demanded.value.config, { root, files, texts, exclude });
  if (!atoms.ok) return atoms;
  const judge = openJudge(settings, texts, request.baseline);
  if (!judge.ok) return fail([judge.error]);
  const defaults = [...request.defaults, ...onDemand].map(({ name }) => name);
  const unknown = await unknownNames(demanded.value.config, atoms.value.index, { root, defaults });
  if (unknown.length > 0) return fail(unknown);
  const needsProject = demanded.value.brought.length > 0;
  const workspace = discover({ plugins, files, detours, texts, exclude, needsProject });
  if (!workspace.ok) return workspace;
  const unknownOwners = await unknownProjects(demanded.value.config, workspace.value, root);
  if (unknownOwners.length > 0) return fail(unknownOwners);
  return ok({
    repository,
    ...demanded.value,
    ...atoms.value,
    workspace: workspace.value,
    facts: createFacts(workspace.value, texts),
    texts,
    judge: judge.value,
    files: tree.value.files,
    untracked: tree.value.files.flatMap(({ path, tracked }) => (tracked ? [] : [path])),
    listedAt,
    variablesRead,
    uncommitted: await uncommitted(),
    ...(request.hashed === undefined ? {} : { hashed: request.hashed }),
  });
}

/** What plugins offer and what they derive from the files. */
async function atomsIn(
  config: LoadedConfig,
  { root, ...input }: ManifestInput & { readonly root: string },
): Promise<Result<Pick<Opened, "index" | "derived">, readonly Diagnostic[]>> {
  const { plugins, settings } = config;
  const derived = deriveAtoms(plugins, { ...input, globalInputs: settings.globalInputs ?? [] });
  if (!derived.ok) return fail(await atAtoms(derived.error, config, root));
  const index = indexAtoms(plugins, settings.targets ?? {}, derived.value);
  return index.ok ? ok({ index: index.value, derived: derived.value }) : fail(await atAtoms(index.error, config, root));
}

/** Where nobody watches, all variables count. */
export async function watchNothing<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly variables: "all" }> {
  return { value: await act(), variables: "all" };
}

/** Where the cache lies: in git's own folder, which work trees share, unless the configuration says otherwise. */
export function cacheDirectory(
  { repository, config }: Pick<Opened, "repository" | "config">,
  override?: string,
): string {
  const configured = override ?? config.settings.cache?.dir;
  return configured === undefined ? join(repository.commonDir, "symbiotic") : resolve(repository.root, configured);
}

/** The bounds that the configuration sets for the cache, where it sets some. */
export function cacheLimits({ config }: Pick<Opened, "config">): {
  readonly maxBytes?: number;
  readonly maxAgeMs?: number;
} {
  const { maxBytes, maxAgeDays } = config.settings.cache ?? {};
  return {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(maxAgeDays === undefined ? {} : { maxAgeMs: maxAgeDays * 24 * 60 * 60 * 1000 }),
  };
}
