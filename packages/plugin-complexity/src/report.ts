import { byCodeUnit, ok, type Diagnostic, type RepoPath, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson, type PathStart } from "@symbiotic-build/validator";
import { z } from "zod";

/** A function and how complex it is: one more than the branches in it, as McCabe counts. */
export type Measured = readonly [name: string, complexity: number];

/** The functions of each file, in the order of the file. */
export type Functions = Readonly<Record<RepoPath, readonly Measured[]>>;

const reportSchema = z.array(
  z.object({
    code: z.string().nullable(),
    message: z.string(),
    filename: z.string(),
    location: z.object({ row: z.number(), column: z.number() }),
  }),
);

/** Reads ruff's JSON about the rule C901 with a limit of 0, under which it names every function. */
export function readFunctions(text: string, start: PathStart): Result<Functions, Diagnostic> {
  const report = readJson(start.tool, text, reportSchema);
  if (!report.ok) return report;
  const files = new Map<RepoPath, { readonly measured: Measured; readonly row: number }[]>();
  for (const { message, filename, location } of report.value) {
    const [, name, complexity] = /^`(.+)` is too complex \((\d+) > 0\)$/.exec(message) ?? [];
    // What does not parse is told of too, and has no functions.
    if (name === undefined || complexity === undefined) continue;
    const path = pathOf(filename, start);
    if (!path.ok) return path;
    const known = files.get(path.value) ?? [];
    known.push({ measured: [name, Number(complexity)], row: location.row });
    files.set(path.value, known);
  }
  const sorted = [...files].sort(([a], [b]) => byCodeUnit(a, b));
  return ok(
    Object.fromEntries(
      sorted.map(([path, all]) => [path, all.toSorted((a, b) => a.row - b.row).map(({ measured }) => measured)]),
    ),
  );
}
