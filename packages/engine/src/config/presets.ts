import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, ok, type Result } from "../core/result.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { displayPath, evaluationError, explain } from "./errors.ts";
import { findConfig, isFile, type FoundConfig } from "./find.ts";
import { resolvePackage } from "./resolve-package.ts";

/** A configuration with the presets that it extends, whatever these extend before them: in order of rising precedence. */
export async function withPresets(
  found: FoundConfig,
  root: string,
): Promise<Result<readonly FoundConfig[], readonly Diagnostic[]>> {
  const walk: Walk = { root, layers: [], problems: [] };
  await visit(found, walk, []);
  return walk.problems.length > 0 ? fail(walk.problems) : ok(walk.layers);
}

interface Walk {
  readonly root: string;
  readonly layers: FoundConfig[];
  readonly problems: Diagnostic[];
}

async function visit(found: FoundConfig, walk: Walk, above: readonly FoundConfig[]): Promise<void> {
  const within = [...above, found];
  for (const { name, path } of extended(found.value)) {
    const preset = await load(name, { found, path, within }, walk);
    if (!preset.ok) walk.problems.push(...preset.error);
    else if (preset.value !== undefined) await visit(preset.value, walk, within);
  }
  walk.layers.push(found);
}

interface Extended {
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** What `extends` names; where it is of another form, the schema says so. */
function extended(value: unknown): Extended[] {
  const names: unknown = typeof value === "object" && value !== null && "extends" in value ? value.extends : undefined;
  if (typeof names === "string") return [{ name: names, path: ["extends"] }];
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown, index) =>
    typeof name === "string" ? [{ name, path: ["extends", index] }] : [],
  );
}

interface Use {
  readonly found: FoundConfig;
  readonly path: readonly (string | number)[];
  readonly within: readonly FoundConfig[];
}

/** The preset; undefined where it has been taken in before, by another that extends it too. */
async function load(
  name: string,
  { found, path, within }: Use,
  { root, layers }: Walk,
): Promise<Result<FoundConfig | undefined, readonly Diagnostic[]>> {
  const namesFile = name.startsWith(".") || isAbsolute(name);
  const file = namesFile ? resolve(dirname(found.file), name) : packageFile(name, found.file);
  if (file === undefined || !isFile(file))
    return fail([await explain(found, root, { path, ...missing(name, namesFile) })]);
  const cycle = within.findIndex((each) => each.file === file);
  if (cycle >= 0)
    return fail([await explain(found, root, { path, ...cyclic([...within.slice(cycle), { file }], root) })]);
  if (layers.some((each) => each.file === file)) return ok(undefined);
  try {
    const preset = await findConfig(root, file);
    return preset === undefined ? fail([await explain(found, root, { path, ...empty(name) })]) : ok(preset);
  } catch (thrown) {
    return fail([evaluationError(file, root, thrown)]);
  }
}

function packageFile(name: string, from: string): string | undefined {
  const url = resolvePackage(name, from);
  return url?.startsWith("file:") === true ? fileURLToPath(url) : undefined;
}

function missing(name: string, namesFile: boolean): { code: string; message: string; hint: string } {
  return {
    code: "SYM1208",
    message: namesFile
      ? `names \`${name}\`, and there is no such file`
      : `names the package \`${name}\`, which is not installed`,
    hint: namesFile
      ? "a file counts from the configuration that names it, and is written with its ending: `./base.config.ts`"
      : `install it: npm install --save-dev ${name}; for a file write \`./${name}\``,
  };
}

function cyclic(
  files: readonly { readonly file: string }[],
  root: string,
): { code: string; message: string; hint: string } {
  return {
    code: "SYM1209",
    message: `makes a cycle: ${files.map(({ file }) => displayPath(root, file)).join(" → ")}`,
    hint: "let one of them extend no other",
  };
}

function empty(name: string): { code: string; message: string; hint: string } {
  return {
    code: "SYM1208",
    message: `names \`${name}\`, which exports no configuration`,
    hint: "a preset's module exports a configuration by default: `export default defineConfig({ … })`",
  };
}
