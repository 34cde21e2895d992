import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { leaseHolder, type LeaseHolder } from "../../worktree/lease.ts";
import type { Worktrees } from "../../worktree/open-worktrees.ts";
import { safeName } from "../../worktree/safe-name.ts";

const NAMED = 5;

/** Who works already on trees of these names, one error a process: of two runs that want the same the second begins nothing. */
export function heldByOthers(worktrees: Pick<Worktrees, "leases">, names: readonly string[]): readonly Diagnostic[] {
  const held = names.flatMap((name) => {
    const holder = leaseHolder(worktrees, safeName(name));
    return holder === undefined ? [] : [{ name, holder }];
  });
  const byProcess = Map.groupBy(held, ({ holder: { pid, run = "" } }) => `${String(pid)} ${run}`);
  return [...byProcess.values()].flatMap((all) => {
    const [first] = all;
    return first === undefined
      ? []
      : [
          heldError(
            all.map(({ name }) => name),
            first.holder,
          ),
        ];
  });
}

function heldError(names: readonly string[], { pid, run, since }: LeaseHolder): Diagnostic {
  const more = names.length > NAMED ? ` and ${String(names.length - NAMED)} more` : "";
  const who = run === undefined ? "" : ` of run ${run}`;
  const when = since === undefined ? "" : ` since ${since}`;
  const what = `${names.slice(0, NAMED).join(", ")}${more}`;
  return errorOf("SYM7561", `process ${String(pid)}${who} works on ${what}${when}: nothing was begun`, {
    hint: "wait for its end, or ask for other issues by `--issue`; where that process is ended, `--resume` goes on with its run",
  });
}
