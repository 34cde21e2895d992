import type { LineCoverage } from "../core/evidence.ts";

/** The branches of a file that tasks measured, as texts `2>5`. */
export interface SeenBranches {
  readonly executed: Set<string>;
  readonly all: Set<string>;
}

/** A line from which there are several ways on. */
export interface BranchLine {
  readonly line: number;
  readonly covered: number;
  readonly branches: number;
}

/** Adds what one task measured. */
export function addBranches({ executed, all }: SeenBranches, { branches }: LineCoverage): void {
  for (const jump of jumpsIn(branches?.executed)) executed.add(jump);
  for (const jump of [...jumpsIn(branches?.executed), ...jumpsIn(branches?.missing)]) all.add(jump);
}

/** How many of the ways on from each line were taken, sorted by line. */
export function branchLines({ executed, all }: SeenBranches): readonly BranchLine[] {
  const lines = Map.groupBy(all, (jump) => Math.abs(Number.parseInt(jump, 10)));
  return [...lines]
    .map(([line, jumps]) => ({
      line,
      covered: jumps.filter((jump) => executed.has(jump)).length,
      branches: jumps.length,
    }))
    .sort((a, b) => a.line - b.line);
}

/** What is no jump is left out: a run of an older release may be read. */
function jumpsIn(text = ""): readonly string[] {
  return text.split(",").filter((jump) => /^-?\d+>-?\d+$/.test(jump));
}
