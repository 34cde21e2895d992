import { expect, test } from "vitest";
import { sampleAtom, sampleTask } from "../../test/support/sample-tasks.ts";
import type { Atom } from "../plugin/atom.ts";
import { needsOf } from "./needs.ts";

const needs = (resources: unknown): ReturnType<typeof needsOf> =>
  needsOf(sampleTask("app:a", [], { atom: sampleAtom({ resources } as Partial<Atom>) }));

test("an atom that says nothing takes one slot, no memory and no mutex", () => {
  expect(needsOf(sampleTask("app:a"))).toEqual({ ok: true, value: { cpu: 1, memoryMb: 0, mutex: [] } });
  expect(needs({})).toEqual({ ok: true, value: { cpu: 1, memoryMb: 0, mutex: [] } });
});

test("needs may be a function of the project, and mutexes are sorted, each once", () => {
  expect(
    needs(({ project }: { readonly project: { readonly name: string } }) => ({
      cpu: 2,
      memoryMb: 512,
      mutex: ["port", project.name, "port"],
    })),
  ).toEqual({ ok: true, value: { cpu: 2, memoryMb: 512, mutex: ["app", "port"] } });
});

test.each([
  [{ cpu: 0 }, "`resources.cpu` of its atom is not a whole number from 1"],
  [{ cpu: 1.5 }, "`resources.cpu` of its atom is not a whole number from 1"],
  [{ cpu: Number.NaN }, "`resources.cpu` of its atom is not a whole number from 1"],
  [{ memoryMb: -1 }, "`resources.memoryMb` of its atom is not a number of MiB from 0"],
  [{ memoryMb: "1 GB" }, "`resources.memoryMb` of its atom is not a number of MiB from 0"],
  [{ mutex: "port" }, "`resources.mutex` of its atom is not a list of names"],
  [{ mutex: [""] }, "`resources.mutex` of its atom is not a list of names"],
])("%j is refused", (resources, message) => {
  const refused = needs(resources);
  expect(refused).toMatchObject({ ok: false, error: { code: "SYM4019", message: `app:a: ${message}` } });
});

test("a function that throws is an error of its plugin, not an exception", () => {
  const refused = needs(() => {
    throw new Error("no answer today");
  });
  expect(refused.ok).toBe(false);
  expect(refused.ok ? "" : refused.error.message).toContain("no answer today");
});
