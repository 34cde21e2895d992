import type { AtomSetting } from "../../../../config/atom-schema.ts";
import { importedAtom } from "./imported-atom.ts";
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
  readonly message: string;
}

/** What a `.pre-commit-config.yaml` becomes, in its order. Each hook is an atom or has a note that says why it is none. */
export interface ImportedHooks {
  readonly atoms: readonly ImportedHook[];
  readonly notes: readonly HookNote[];
}

/** Hooks of well-known repositories that a plugin does the work of, by a word of the address and the hook's id. */
const KNOWN: readonly (readonly [repo: RegExp, ids: RegExp, by: string])[] = [
  [
    /\/ruff-pre-commit(?:\.git)?\/?$/,
    /^(?:legacy-alias|ruff|ruff-check)$/,
    "the ruff plugin lints by itself (run_ruff_lint)",
  ],
  [
    /\/ruff-pre-commit(?:\.git)?\/?$/,
    /^ruff-format$/,
    "the ruff plugin checks formatting by itself (run_ruff_format_check)",
  ],
  [/pytest/, /pytest/, "the pytest plugin runs the tests by itself"],
];

/** Turns local hooks into atoms, and says of every other what becomes of it. */
export function importHooks(config: PreCommitConfig): ImportedHooks {
  const atoms: ImportedHook[] = [];
  const notes: HookNote[] = [];
  const taken = new Set<string>();
  for (const hook of config.hooks) {
    const note = (message: string): void => void notes.push({ hook: hook.id, line: hook.line, message });
    if (hook.repo !== "local") {
      note(foreignHook(hook));
      continue;
    }
    const imported = importedAtom(hook, config);
    if ("not" in imported) note(`not imported: ${imported.not}`);
    else {
      atoms.push({ id: freeId(hook.id, taken), line: hook.line, atom: imported.atom });
      for (const message of imported.notes) note(message);
    }
  }
  return { atoms, notes };
}

function foreignHook({ repo, id }: ConfiguredHook): string {
  if (repo === "meta") return "not imported: it checks the configuration of pre-commit itself";
  const known = KNOWN.find(([repos, ids]) => repos.test(repo) && ids.test(id));
  return known === undefined ? `not imported: hooks of ${repo} are not known yet` : `not imported: ${known[2]}`;
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
