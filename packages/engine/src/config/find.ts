import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { cosmiconfig } from "cosmiconfig";
import { refuseEndless } from "./endless.ts";
import type { EvaluatedPlugin } from "./evaluated.ts";
import { recordModules, type ModuleGraph } from "../plugin/module-graph.ts";

/** The places a configuration is looked for in, at the repository root. */
export const CONFIG_PLACES: readonly string[] = [
  "symbiotic.config.ts",
  "symbiotic.config.mts",
  "symbiotic.config.js",
  "symbiotic.config.mjs",
  "symbiotic.config.cjs",
  "symbiotic.config.json",
  "symbiotic.config.yaml",
  "symbiotic.config.yml",
  "package.json",
];

/** A configuration file as it was found: nothing of it is checked yet. */
export interface FoundConfig {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly graph: ModuleGraph;
  /** What its `plugins` are, where another process has evaluated it: `value` has none then. */
  readonly apart?: readonly EvaluatedPlugin[];
}

/** Whether a file that can be opened is there: a folder is none, nor a name that no file can have. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Finds and evaluates the configuration: in `file` if one is named, else in the root's usual places. Throws what the file throws. */
export async function findConfig(root: string, file?: string): Promise<FoundConfig | undefined> {
  const explorer = cosmiconfig("symbiotic", {
    searchPlaces: [...CONFIG_PLACES],
    searchStrategy: "none",
    cache: false,
    loaders: {
      ".ts": importModule,
      ".mts": importModule,
      ".js": importModule,
      ".mjs": importModule,
      ".cjs": importModule,
    },
  });
  const { value: found, graph } = await recordModules(() =>
    file === undefined ? explorer.search(root) : explorer.load(file),
  );
  if (found === null) return undefined;
  refuseEndless(found.config);
  return { file: found.filepath, text: readFileSync(found.filepath, "utf8"), value: found.config as unknown, graph };
}

/** Node strips the types of `.ts` files itself, so one loader does for all modules. */
async function importModule(file: string): Promise<unknown> {
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  return module.default ?? null;
}
