import { expect, test } from "vitest";
import { stageRuns } from "./stages.ts";

const args = (affected: boolean): unknown =>
  stageRuns({ affected, args: ["--base=main", "--filter=api"] }).map((run) => [run.stage, ...run.args]);

test("what changed comes first, then all of lint and types, then everything", () => {
  expect(args(false)).toEqual([
    [1, "validate", "--affected", "--base=main", "--filter=api"],
    [1, "validate", "--filter=api"],
    [2, "gates", "--filter=api"],
  ]);
});

test("with --affected each stage is about what changed alone", () => {
  expect(args(true)).toEqual([
    [1, "validate", "--affected", "--base=main", "--filter=api"],
    [2, "gates", "--affected", "--base=main", "--filter=api"],
  ]);
});
