import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { isAtomId } from "../core/task-id.ts";
import type { Derived } from "../plugin/derived.ts";
import { guarded, hookError } from "../plugin/guarded.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { manifestsOf, type ManifestInput } from "./manifests.ts";

/** What plugins derived, by the plugin's name. */
export type DerivedAtoms = ReadonlyMap<string, Derived>;

/** Asks every plugin that derives atoms for those of this repository. */
export function deriveAtoms(
  plugins: readonly LoadedPlugin[],
  input: ManifestInput & { readonly globalInputs?: readonly string[] },
): Result<DerivedAtoms, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const derived = new Map<string, Derived>();
  for (const plugin of plugins) {
    const { spec, options } = plugin;
    const { discovery } = spec;
    if (spec.derive === undefined) continue;
    const files = discovery === undefined ? [] : manifestsOf(discovery.files, input);
    const what = `the plugin ${plugin.name}, deriving atoms,`;
    const { globalInputs = [] } = input;
    const asked = guarded(what, () => spec.derive?.({ files, options, globalInputs }));
    const given = asked.ok ? (asked.value ?? fail([hookError(`${what} gave no Result`)])) : fail([asked.error]);
    if (!given.ok) problems.push(...given.error);
    else {
      problems.push(...misdefined(plugin, given.value));
      derived.set(plugin.name, given.value);
    }
  }
  return problems.length > 0 ? fail(problems) : ok(derived);
}

function misdefined({ name, spec }: LoadedPlugin, { atoms }: Derived): Diagnostic[] {
  return atoms.flatMap(({ id, template }) => {
    if (!isAtomId(id))
      return [
        errorOf("SYM1302", `${name}: \`${id}\` is not an atom id`, {
          hint: "an atom id is snake_case: letters, digits and `_`",
        }),
      ];
    if (spec.templates?.[template] !== undefined) return [];
    return [
      errorOf("SYM1302", `${name}: atom \`${id}\` is derived from \`${template}\`, which is no template`, {
        hint: "name one of the plugin's `templates`",
      }),
    ];
  });
}
