import { join, resolve } from "node:path";
import type { Diagnostic } from "./core/diagnostic.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { loadConfig, type DefaultPlugin, type LoadedConfig } from "./config/load.ts";
import { indexAtoms, type AtomIndex } from "./graph/atom-index.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { listFiles } from "./workspace/git/list-files.ts";
import { openRepository, type Repository } from "./workspace/git/repository.ts";
import { createSourceTexts, type SourceTexts } from "./workspace/source-texts.ts";
import { discover, type Workspace } from "./workspace/workspace.ts";

/** What every command starts from: where it was called, with what environment, and what flags and variables set. */
export interface OpenRequest {
  /** Absolute. */
  readonly cwd: string;
  readonly environment: Variables;
  readonly defaults: readonly DefaultPlugin[];
  /** A configuration file named by flag or variable. */
  readonly configFile?: string;
}

/** A repository with its configuration, plugins and projects: all that is known before a graph is made. */
export interface Opened {
  readonly repository: Repository;
  readonly config: LoadedConfig;
  readonly index: AtomIndex;
  readonly workspace: Workspace;
  readonly texts: SourceTexts;
}

/** Opens the repository around a folder: argv ─ config ─ plugins ─ workspace. All that is wrong comes back at once. */
export async function open(request: OpenRequest): Promise<Result<Opened, readonly Diagnostic[]>> {
  const repository = openRepository(request.cwd, request.environment);
  if (!repository.ok) return fail([repository.error]);
  const { root } = repository.value;
  const file = request.configFile === undefined ? {} : { file: resolve(request.cwd, request.configFile) };
  const config = await loadConfig({ root, defaults: request.defaults, ...file });
  if (!config.ok) return config;
  const { plugins, settings } = config.value;
  const index = indexAtoms(plugins, settings.targets ?? {});
  if (!index.ok) return index;
  const files = listFiles(repository.value);
  if (!files.ok) return fail([files.error]);
  const texts = createSourceTexts(root);
  const workspace = discover({ plugins, files: files.value.map(({ path }) => path), texts, exclude: settings.projects?.exclude ?? [] });
  if (!workspace.ok) return workspace;
  return ok({ repository: repository.value, config: config.value, index: index.value, workspace: workspace.value, texts });
}

/** Where the cache lies: in git's own folder, which work trees share, unless the configuration says otherwise. */
export function cacheDirectory({ repository, config }: Pick<Opened, "repository" | "config">, override?: string): string {
  const configured = override ?? config.settings.cache?.dir;
  return configured === undefined ? join(repository.commonDir, "symbiotic") : resolve(repository.root, configured);
}

/** The bounds that the configuration sets for the cache, where it sets some. */
export function cacheLimits({ config }: Pick<Opened, "config">): { readonly maxBytes?: number; readonly maxAgeMs?: number } {
  const { maxBytes, maxAgeDays } = config.settings.cache ?? {};
  return { ...(maxBytes === undefined ? {} : { maxBytes }), ...(maxAgeDays === undefined ? {} : { maxAgeMs: maxAgeDays * 24 * 60 * 60 * 1000 }) };
}
