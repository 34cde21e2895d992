import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Lane } from "../../core/lane.ts";
import type { OwnedAtom } from "../../graph/atom-index.ts";
import { selectAtoms } from "../../graph/selection.ts";
import type { Opened } from "../../open.ts";

/** An atom that mends, and the checks that say where it is needed. */
export interface WantedFix {
  readonly atom: string;
  readonly title: string;
  readonly lane: Lane;
  /** As a command line names them: ids of checks, in one project where that was said. */
  readonly checks: readonly string[];
}

/** The lanes that tools mend by themselves, in the order in which they have to: what a linter writes is formatted after it. */
export const FIX_LANES: readonly Lane[] = ["lint", "format"];

/** The atoms that mend, of these names or all; a name that stands for no check that a tool can mend is an error. */
export function wantedFixes(
  names: readonly string[],
  { index, workspace }: Opened,
): Result<readonly WantedFix[], readonly Diagnostic[]> {
  const fixes = [...index.atoms.values()].filter(isFix);
  if (names.length === 0) return ok(fixes.map((fix) => wantedFix(fix, fixesOf(fix))));
  const problems: Diagnostic[] = [];
  const checks = new Set<string>();
  for (const name of names) {
    const wanted = selectAtoms([name], index, workspace);
    if (!wanted.ok) {
      problems.push(...wanted.error);
      continue;
    }
    const found = wanted.value.flatMap(({ atom, project }) =>
      checksMeant(atom, fixes).map((check) => (project === undefined ? check : `${project}:${check}`)),
    );
    if (found.length === 0) problems.push(notFixable(name));
    for (const check of found) checks.add(check);
  }
  if (problems.length > 0) return fail(problems);
  const meant = fixes.map((fix) =>
    wantedFix(
      fix,
      [...checks].filter((check) => fixesOf(fix).includes(check.slice(check.lastIndexOf(":") + 1))),
    ),
  );
  return ok(meant.filter((fix) => fix.checks.length > 0));
}

/** Whether `symbiotic fix` runs it. */
export function isFix({ atom }: OwnedAtom): boolean {
  return atom.kind === "edit" && (atom.fixes ?? []).length > 0;
}

function fixesOf({ atom }: OwnedAtom): readonly string[] {
  return atom.fixes ?? [];
}

function checksMeant(id: string, fixes: readonly OwnedAtom[]): readonly string[] {
  const own = fixes.find((fix) => fix.id === id);
  return own === undefined ? (fixes.some((fix) => fixesOf(fix).includes(id)) ? [id] : []) : fixesOf(own);
}

function wantedFix({ id, atom }: OwnedAtom, checks: readonly string[]): WantedFix {
  return { atom: id, title: atom.title, lane: atom.lane ?? "other", checks };
}

function notFixable(name: string): Diagnostic {
  return errorOf("SYM2082", `\`${name}\` finds nothing that its tool could mend`, {
    hint: "`symbiotic fix` takes linters and formatters: name one of those, or none for all; `symbiotic triage` says who mends what",
  });
}
