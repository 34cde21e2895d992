import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { evaluationError } from "./errors.ts";
import { CONFIG_PLACES, findConfig, isFile, type FoundConfig } from "./find.ts";
import { withPresets } from "./presets.ts";

/** Where a configuration is looked for; both absolute. */
export interface ConfigPlace {
  readonly root: string;
  /** A file named by flag or variable. */
  readonly file?: string;
}

/** Finds and evaluates the configuration, in this process, with what it extends: in order of rising precedence. None where there is no file. */
export async function findLayers(place: ConfigPlace): Promise<Result<readonly FoundConfig[], readonly Diagnostic[]>> {
  const found = await findMain(place);
  if (!found.ok) return found;
  return found.value === undefined ? ok([]) : withPresets(found.value, place.root);
}

/** The file alone, without what it extends. */
export async function findMain({
  root,
  file,
}: ConfigPlace): Promise<Result<FoundConfig | undefined, readonly Diagnostic[]>> {
  if (file !== undefined && !isFile(file))
    return fail([errorOf("SYM1102", `there is no configuration at ${file}`, { hint: "check --config" })]);
  try {
    return ok(await findConfig(root, file));
  } catch (thrown) {
    const culprit = file ?? CONFIG_PLACES.map((place) => join(root, place)).find((place) => existsSync(place)) ?? root;
    return fail([evaluationError(culprit, root, thrown)]);
  }
}
