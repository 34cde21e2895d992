import { fileURLToPath } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Atom } from "../plugin/atom.ts";
import type { PluginSpec } from "../plugin/contract.ts";
import type { PluginUse } from "../plugin/define-plugin.ts";
import { moduleDigest, pluginIdentity } from "../plugin/identity.ts";
import { recordModules } from "../plugin/module-graph.ts";
import type { Job } from "./job.ts";

interface LoadedModule {
  readonly plugin?: (options: unknown) => PluginUse;
  readonly default?: { readonly plugins?: readonly PluginUse[] };
}

/** Modules that were imported here, by URL; a worker serves many tasks of the same few plugins. */
const specs = new Map<string, PluginSpec>();

/** Imports the atom that a job is about, from the same module as the main process, or refuses. */
export async function loadAtom({ ref, options, identity, atomId, template }: Job): Promise<Result<Atom, Diagnostic>> {
  const index = ref.kind === "module" ? undefined : ref.index;
  const key = index === undefined ? ref.url : `${ref.url}#${String(index)}`;
  let spec = specs.get(key);
  if (spec === undefined) {
    if (moduleDigest(ref.url) !== ref.digest) return fail(changedModule(fileURLToPath(ref.url)));
    const { value: module, graph } = await recordModules(async () => (await import(ref.url)) as LoadedModule);
    spec = index === undefined ? module.plugin?.(options).spec : module.default?.plugins?.[index]?.spec;
    // The entry may be the same and a module that it imports not.
    if (
      spec !== undefined &&
      identity.kind === "modules" &&
      canonicalJson(pluginIdentity(spec, graph)) !== canonicalJson(identity)
    ) {
      return fail(changedModule(fileURLToPath(spec.from)));
    }
  }
  const atom = template === undefined ? spec?.atoms?.[atomId] : spec?.templates?.[template];
  if (spec === undefined || atom === undefined)
    return fail(
      errorOf("SYM4010", `a worker does not find the atom ${atomId} in ${fileURLToPath(ref.url)}`, {
        hint: "let the atoms that a module offers depend on nothing but the plugin's options",
      }),
    );
  specs.set(key, spec);
  return ok(atom);
}

function changedModule(file: string): Diagnostic {
  return errorOf("SYM4011", `${file} changed while the run was going on`, { hint: "run again" });
}
