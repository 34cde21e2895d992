/** A run of the local gate: what `symbiotic run` is called with. */
export interface StageRun {
  /** 1 to 3, as the catalogue counts them. */
  readonly stage: 1 | 2;
  readonly name: string;
  readonly args: readonly string[];
  /** That it only comes first to fail early: where nothing can be compared, it is left out. */
  readonly isEarly: boolean;
}

/** What of the command line all stages are given. */
export interface StageRequest {
  readonly affected: boolean;
  /** `--base`, `--filter` and the like, as they stood there. */
  readonly args: readonly string[];
}

/**
 * The runs, in order. What was changed is looked at first; then all of stage 1; the last run has everything, of which what
 * passed before is known, so that its reports are of one run and whole.
 */
export function stageRuns({ affected, args }: StageRequest): readonly StageRun[] {
  const early: StageRun = {
    stage: 1,
    name: "lint and types of what changed",
    args: ["validate", "--affected", ...args],
    isEarly: true,
  };
  const scope = affected ? ["--affected", ...args] : args.filter((word) => !word.startsWith("--base="));
  return [
    ...(affected ? [] : [early]),
    { stage: 1, name: "lint and types", args: ["validate", ...scope], isEarly: false },
    { stage: 2, name: "tests and all gates", args: ["gates", ...scope], isEarly: false },
  ];
}
