import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CATALOGUE, catalogueEntry, PHASES } from "./catalogue.ts";

const PACKAGES = join(import.meta.dirname, "..", "..");

test("the catalogue has 119 entries, numbered 000 to 118 in order", () => {
  const numbers = Array.from({ length: 119 }, (_, index) => String(index).padStart(3, "0"));
  expect(CATALOGUE.map(({ number }) => number)).toEqual(numbers);
});

test("every name is snake_case and stands once", () => {
  const names = CATALOGUE.map(({ name }) => name);
  expect(names.filter((name) => !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test("the phases are 0 to 20, named, and their entries follow each other", () => {
  expect(PHASES.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, index) => index));
  expect(new Set(PHASES.map(({ name }) => name)).size).toBe(21);
  const phases = CATALOGUE.map(({ phase }) => phase);
  expect(phases).toEqual(phases.toSorted((a, b) => a - b));
  expect(new Set(phases).size).toBe(21);
});

test("an entry is optional by itself or by its phase", () => {
  const alone = CATALOGUE.filter(({ optional, phase }) => optional && ![8, 14, 16].includes(phase));
  expect(alone.map(({ number }) => number)).toEqual(["003", "004", "005", "038", "076", "079"]);
  const whole = CATALOGUE.filter(({ phase }) => [8, 14, 16].includes(phase));
  expect(whole.length).toBe(5 + 8 + 8);
  expect(whole.every(({ optional }) => optional)).toBe(true);
});

test("an entry is found by its number and by nothing else", () => {
  expect(catalogueEntry("031")).toEqual({
    number: "031",
    name: "run_ruff_lint",
    phase: 4,
    purpose: "Find mistakes and bad style in Python within seconds",
    inputs: ["Python sources", "ruff's settings"],
    outputs: ["findings"],
    dependsOn: ["012", "016"],
    optional: false,
  });
  expect(catalogueEntry("118")?.name).toBe("pr_checks_green_and_approved");
  for (const wrong of ["119", "31", "", "constructor"]) expect(catalogueEntry(wrong)).toBeUndefined();
});

test("every entry says what it is for, what it works on and what it leaves, in words of its own", () => {
  const wordless = CATALOGUE.filter(
    ({ purpose, inputs, outputs }) =>
      !/^[A-Z][^.]{20,120}$/.test(purpose) || [inputs, outputs].some((list) => list.length === 0 || list.includes("")),
  );
  expect(wordless).toEqual([]);
  expect(new Set(CATALOGUE.map(({ purpose }) => purpose)).size).toBe(119);
});

test("what an entry depends on is in the catalogue, and nothing depends on itself in the end", () => {
  const unknown = CATALOGUE.flatMap(({ dependsOn }) => dependsOn.filter((each) => catalogueEntry(each) === undefined));
  expect(unknown).toEqual([]);
  const done = new Set<string>();
  for (let left = [...CATALOGUE]; left.length > 0; ) {
    const ready = left.filter(({ dependsOn }) => dependsOn.every((each) => done.has(each)));
    expect(ready.map(({ number }) => number)).not.toEqual([]);
    for (const { number } of ready) done.add(number);
    left = left.filter(({ number }) => !done.has(number));
  }
  expect(done.size).toBe(119);
});

test("nothing that the pipeline needs depends on what it is whole without", () => {
  const needy = CATALOGUE.filter(
    ({ optional, dependsOn }) => !optional && dependsOn.some((each) => catalogueEntry(each)?.optional === true),
  );
  expect(needy).toEqual([]);
});

test("whatever a plugin says that it implements is in the catalogue", () => {
  const numbers = pluginSources().flatMap(({ file, text }) =>
    [...text.matchAll(/\bimplements:\s*\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
      [...list.matchAll(/["']([^"']*)["']/g)].map(([, number = ""]) => ({ file, number })),
    ),
  );
  expect(numbers.map(({ number }) => number)).toContain("031");
  expect(numbers.filter(({ number }) => catalogueEntry(number) === undefined)).toEqual([]);
});

function pluginSources(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(PACKAGES)
    .filter((name) => name.startsWith("plugin-"))
    .flatMap((name) =>
      readdirSync(join(PACKAGES, name, "src"), { recursive: true, encoding: "utf8" }).map((path) =>
        join(PACKAGES, name, "src", path),
      ),
    )
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
}
