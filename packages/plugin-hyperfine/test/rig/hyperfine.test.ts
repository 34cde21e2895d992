import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { findingsOf, nativeProgram, onDisk, validate } from "../../../../test/support/validators.ts";
import { hyperfine } from "../../src/index.ts";

const RUN = { atom: "hyperfine", programs: { "{tool}": nativeProgram("hyperfine") } };
const NODE = `"${process.execPath}" -e`;
const FAST = { name: "fast", command: `${NODE} 0` };

test("what is measured is what hyperfine wrote", () => {
  using repository = onDisk({ "a.txt": "" });
  const outcome = validate(hyperfine({ benchmarks: [FAST], runs: 2 }), repository, RUN);
  expect(findingsOf(outcome)).toEqual([]);
  const report = join(repository.root, ".symbiotic/out/app~3arun_hyperfine/hyperfine.json");
  const { results } = JSON.parse(readFileSync(report, "utf8")) as { results: Record<string, number>[] };
  const metrics = ["mean", "median", "stddev", "min", "max"].map((each) => ({
    name: `fast ${each}`,
    value: results[0]?.[each],
    unit: "s",
  }));
  expect(outcome).toMatchObject({ value: { status: "ok", summary: "1 benchmark", evidence: { metrics } } });
});

test("a command that fails is a finding, and the others are measured all the same", () => {
  using repository = onDisk({ "a.txt": "" });
  const benchmarks = [{ name: "wrong", command: `${NODE} "process.exit(3)"` }, FAST];
  const outcome = validate(hyperfine({ benchmarks, runs: 2 }), repository, RUN);
  expect(findingsOf(outcome)).toEqual([".:0 command-failed"]);
  if (!outcome.ok) return;
  expect(outcome.value.evidence.metrics).toContainEqual(expect.objectContaining({ name: "fast mean" }));
  const kit = testPlugin(hyperfine({ benchmarks }), { files: repository.files });
  const decided = kit.gate("benchmarks_run").decide({ run_hyperfine: outcome.value });
  expect(decided).toMatchObject({ required: true, verdict: "fail", measured: "1" });
});

test("each command is prepared by its own line, in the project's folder", () => {
  using repository = onDisk({ "a.txt": "" });
  const add = `${NODE} "require('fs').appendFileSync('log', 'x')"`;
  const benchmarks = [FAST, { name: "prepared", command: `${NODE} 0`, prepare: add }];
  findingsOf(validate(hyperfine({ benchmarks, warmup: 1, runs: 2 }), repository, RUN));
  expect(existsSync(join(repository.root, "log"))).toBe(true);
  expect(readFileSync(join(repository.root, "log"), "utf8")).toBe("xxx");
});

test("a line that cannot prepare a command is a clear error", () => {
  using repository = onDisk({ "a.txt": "" });
  const benchmarks = [{ ...FAST, prepare: "exit 1" }];
  expect(validate(hyperfine({ benchmarks }), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("preparation command"), hint: expect.any(String) },
  });
});
