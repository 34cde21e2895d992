import type { AtomSetting } from "../../../../config/atom-schema.ts";
import { coveredBy } from "./covered.ts";
import { importedAtom, type Imported } from "./imported-atom.ts";
import type { ConfiguredHook, PreCommitConfig } from "./read-hooks.ts";

/** An atom that a hook became. */
export interface ImportedHook {
  readonly id: string;
  readonly line: number;
  readonly atom: AtomSetting;
}

/** Something to know of a hook. */
export interface HookNote {
  /** The hook's id in the file. */
  readonly hook: string;
  readonly line: number;
  /** What became of it: an atom, nothing as a plugin does it, or nothing at all. */
  readonly became: "atom" | "plugin" | "nothing";
  readonly message: string;
}

/** What a `.pre-commit-config.yaml` becomes, in its order. Each hook is an atom or has a note that says why it is none. */
export interface ImportedHooks {
  readonly atoms: readonly ImportedHook[];
  readonly notes: readonly HookNote[];
}

/** Turns local hooks into atoms, and says of every other what becomes of it. */
export function importHooks(config: PreCommitConfig): ImportedHooks {
  const atoms: ImportedHook[] = [];
  const notes: HookNote[] = [];
  const taken = new Set<string>();
  for (const hook of config.hooks) {
    const note = (became: HookNote["became"], message: string): void =>
      void notes.push({ hook: hook.id, line: hook.line, became, message });
    const covered = coveredBy(hook);
    const imported = covered === undefined ? ownHook(hook, config) : undefined;
    if (imported === undefined) note("plugin", `needs no atom: ${covered ?? ""}`);
    else if ("not" in imported) note("nothing", `not imported: ${imported.not}`);
    else {
      atoms.push({ id: freeId(hook.id, taken), line: hook.line, atom: imported.atom });
      for (const message of imported.notes) note("atom", message);
    }
  }
  return { atoms, notes };
}

function ownHook(hook: ConfiguredHook, config: PreCommitConfig): Imported {
  if (hook.repo === "local") return importedAtom(hook, config);
  if (hook.repo === "meta") return { not: "it checks the configuration of pre-commit itself" };
  return { not: `no plugin does what ${hook.repo} does; what it runs can be a command atom` };
}

/** An atom's id is snake_case and stands once. */
function freeId(id: string, taken: Set<string>): string {
  const plain = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  const base = plain === "" ? "hook" : plain;
  let free = base;
  for (let count = 2; taken.has(free); count += 1) free = `${base}_${String(count)}`;
  taken.add(free);
  return free;
}
