import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Cache } from "../../cache/cache.ts";
import type { Prepared } from "../../execute/prepare.ts";
import type { Opened } from "../../open.ts";
import { selectAtoms } from "../../graph/selection.ts";
import type { RunRequest } from "../../request.ts";
import { probe } from "../probe.ts";

/** Computes what the one named task's key is made of now, without running anything. */
export function prepareForWhy<T>(
  opened: Opened,
  request: RunRequest,
  use: (id: string, prepared: Prepared, cache: Cache) => T,
): Result<T, readonly Diagnostic[]> {
  const named = selectAtoms(request.names, opened.index, opened.workspace);
  if (!named.ok) return named;
  const used = probe(opened, request, (prospects, cache): Result<T, readonly Diagnostic[]> => {
    const wanted = prospects.filter(({ task }) =>
      named.value.some(
        ({ atom, project = task.project.name }) => atom === task.atomId && project === task.project.name,
      ),
    );
    const [prospect] = wanted;
    if (prospect === undefined || wanted.length > 1)
      return fail([
        errorOf("SYM2013", `\`${request.names[0] ?? ""}\` means ${String(wanted.length)} tasks, and why explains one`, {
          hint: "write <project>:<atom>; `symbiotic run gates --dry-run` lists the tasks",
        }),
      ]);
    if (prospect.kind === "depends")
      return fail([
        errorOf("SYM2014", `${prospect.task.id} waits for ${prospect.on.join(", ")}, whose result is not known`, {
          hint: `ask \`symbiotic why ${prospect.on[0] ?? ""}\``,
        }),
      ]);
    const prepared = prospect.kind === "miss" ? prospect.miss.prepared : prospect.result.prepared;
    if (prepared === undefined)
      return fail([
        errorOf(
          "SYM2015",
          `${prospect.task.id} is not run: ${prospect.kind === "settled" ? (prospect.result.reason ?? "") : ""}`,
          { hint: "`symbiotic doctor` shows where tools are looked for" },
        ),
      ]);
    return ok(use(prospect.task.id, prepared, cache));
  });
  return used.ok ? used.value : used;
}
