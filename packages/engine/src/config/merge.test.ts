import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeSettings, withOverride } from "./merge.ts";
import type { Settings } from "./schema.ts";

test("one file stays as it is", () => {
  const own: Settings = { base: "main", disable: ["ruff"] };
  expect(mergeSettings([own])).toBe(own);
});

test("lists of what is left out, passed or global add up, each entry once", () => {
  const base: Settings = {
    disable: ["ruff"],
    globalInputs: ["a", "b"],
    projects: { exclude: ["x"] },
    environment: { pass: ["A"] },
  };
  const own: Settings = { disable: ["pytest", "ruff"], globalInputs: ["b", "c"], environment: { pass: ["B"] } };
  expect(mergeSettings([base, own])).toEqual({
    disable: ["ruff", "pytest"],
    globalInputs: ["a", "b", "c"],
    projects: { exclude: ["x"] },
    environment: { pass: ["A", "B"] },
  });
});

test("a list with a name takes the place of the earlier one, and other names stay", () => {
  const base: Settings = { inputs: { a: ["1"], b: ["2"] }, targets: { ci: ["x"], all: ["y"] } };
  expect(mergeSettings([base, { inputs: { a: ["3"] }, targets: { ci: [] } }])).toEqual({
    inputs: { a: ["3"], b: ["2"] },
    targets: { ci: [], all: ["y"] },
  });
});

test("a value wins over an earlier one, and one that is not said wins over none", () => {
  const layers: Settings[] = [{ base: "main", timeout: 5, cache: { dir: "x", maxAgeDays: 1 } }, { base: "next" }];
  const last: Settings = { timeout: undefined, cache: { maxAgeDays: 2 }, gates: { g: { threshold: 1 } } };
  expect(mergeSettings([{ gates: { g: { required: true } } }, ...layers, last])).toEqual({
    base: "next",
    timeout: 5,
    cache: { dir: "x", maxAgeDays: 2 },
    gates: { g: { required: true, threshold: 1 } },
  });
});

test("an atom is joined member by member, its variables and projects by name", () => {
  const base: Settings = {
    atoms: {
      build: {
        command: "a",
        inputs: ["1", "2"],
        env: { A: "1", B: "1" },
        resources: { cpu: 2 },
        projects: { web: { timeout: 1, env: { C: "1" } }, old: false, docs: { timeout: 3 } },
      },
      kept: { command: "k" },
    },
  };
  const own: Settings = {
    atoms: {
      build: {
        inputs: ["3"],
        env: { B: "2" },
        resources: { memoryMb: 1 },
        projects: { web: { env: { D: "2" } }, old: { timeout: 2 }, docs: false },
      },
    },
  };
  expect(mergeSettings([base, own]).atoms).toEqual({
    build: {
      command: "a",
      inputs: ["3"],
      env: { A: "1", B: "2" },
      resources: { cpu: 2, memoryMb: 1 },
      projects: { web: { timeout: 1, env: { C: "1", D: "2" } }, old: { timeout: 2 }, docs: false },
    },
    kept: { command: "k" },
  });
});

test("`false` takes an atom away, and an atom that was taken away may come back whole", () => {
  const base: Settings = { atoms: { build: { command: "a", timeout: 1 } } };
  const gone = mergeSettings([base, { atoms: { build: false } }]);
  expect(gone.atoms).toEqual({ build: false });
  expect(mergeSettings([gone, { atoms: { build: { command: "b" } } }]).atoms).toEqual({ build: { command: "b" } });
});

test("what an override does not say stays", () => {
  expect(withOverride({ command: "a", env: { A: "1" }, timeout: 1 }, { timeout: undefined, env: { B: "2" } })).toEqual({
    command: "a",
    env: { A: "1", B: "2" },
    timeout: 1,
  });
});

test("joining is the same however the files are grouped", () => {
  const list = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
  const atom = fc.oneof(
    fc.constant(false as const),
    fc.record(
      {
        command: fc.constantFrom("x", "y"),
        inputs: list,
        env: fc.dictionary(fc.constantFrom("A", "B"), fc.constantFrom("1", "2")),
        projects: fc.dictionary(
          fc.constantFrom("p", "q"),
          fc.record({ timeout: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
        ),
      },
      { requiredKeys: [] },
    ),
  );
  const settings = fc.record(
    {
      base: fc.constantFrom("main", "next"),
      disable: list,
      inputs: fc.dictionary(fc.constantFrom("s", "t"), list),
      atoms: fc.dictionary(fc.constantFrom("build", "test"), atom),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(settings, settings, settings, (a: Settings, b: Settings, c: Settings) => {
      fc.pre(!hasRevived(a, b, c));
      expect(mergeSettings([mergeSettings([a, b]), c])).toEqual(mergeSettings([a, b, c]));
      expect(mergeSettings([a, mergeSettings([b, c])])).toEqual(mergeSettings([a, b, c]));
    }),
  );
});

/** An atom that is taken away in the middle and comes back starts anew, which no grouping of the last two can know. */
function hasRevived(a: Settings, b: Settings, c: Settings): boolean {
  const revived = Object.keys(c.atoms ?? {}).filter((id) => c.atoms?.[id] !== false && b.atoms?.[id] === false);
  return revived.some((id) => a.atoms?.[id] !== undefined);
}
