import { expect, test } from "vitest";
import type { FoundDependency } from "../../../src/cache/record.ts";
import { type FoundHost, isFoundHere, listingDigest } from "../../../src/execute/found-dependencies.ts";
import { createFileDigests } from "../../../src/fingerprint/files/file-digests.ts";
import { digestOf } from "../../../src/fingerprint/files/hash-file.ts";
import type { Variables } from "../../../src/fingerprint/variables.ts";
import { type CacheRig, createCacheRig, keep, recordOf } from "./cache-rig.ts";

const KEY = digestOf("a static key");

/** A new look at the work tree, as each run takes one. */
function host(rig: CacheRig, environment: Variables = {}): FoundHost {
  const memo = { get: () => undefined, set: () => undefined };
  return { root: rig.root, environment, digests: createFileDigests({ root: rig.root, memo, now: Date.now }) };
}

/** Whether the next process, with this environment, finds the record. */
function isHit(rig: CacheRig, environment: Variables = {}): boolean {
  const look = host(rig, environment);
  return rig.reopen().lookup(KEY, (dependency) => isFoundHere(dependency, look)) !== undefined;
}

function storeWith(rig: CacheRig, ...found: readonly FoundDependency[]): void {
  const made = recordOf({ key: KEY, found });
  expect(keep(rig.reopen(), made)).toBe(true);
  expect(rig.reopen().lookup(KEY, () => true)).toEqual(made.record);
}

interface Case {
  readonly title: string;
  readonly dependency: (rig: CacheRig) => FoundDependency;
  readonly before?: Variables;
  readonly after?: Variables;
  readonly change: (rig: CacheRig) => void;
}

const nothing = (): void => undefined;

const CASES: readonly Case[] = [
  {
    title: "a file that was read and now has other bytes",
    dependency: () => ({ kind: "file", path: "data/rows.csv", digest: digestOf("1,2\n") }),
    change: (rig) => rig.write("data/rows.csv", "1,3\n"),
  },
  {
    title: "a file that was read and now is gone",
    dependency: () => ({ kind: "file", path: "data/rows.csv", digest: digestOf("1,2\n") }),
    change: (rig) => rig.remove("data/rows.csv"),
  },
  {
    title: "a file that was not there to be read and now is",
    dependency: () => ({ kind: "file", path: "data/more.csv", digest: null }),
    change: (rig) => rig.write("data/more.csv", ""),
  },
  {
    title: "a place that was looked at in vain and now holds a file",
    dependency: () => ({ kind: "absent", path: "src/plugin.py" }),
    change: (rig) => rig.write("src/plugin.py", ""),
  },
  {
    title: "a place that was looked at in vain and now holds a folder",
    dependency: () => ({ kind: "absent", path: "src/plugin" }),
    change: (rig) => rig.mkdir("src/plugin"),
  },
  {
    title: "a folder that was listed and now holds one name more",
    dependency: (rig) => ({ kind: "listing", path: "data", digest: listingDigest("data", rig.root) ?? "" }),
    change: (rig) => rig.write("data/more.csv", ""),
  },
  {
    title: "a folder that was listed and now holds the same number under another name",
    dependency: (rig) => ({ kind: "listing", path: "data", digest: listingDigest("data", rig.root) ?? "" }),
    change: (rig) => {
      rig.remove("data/rows.csv");
      rig.write("data/lines.csv", "1,2\n");
    },
  },
  {
    title: "a folder that was listed and now is gone",
    dependency: (rig) => ({ kind: "listing", path: "data", digest: listingDigest("data", rig.root) ?? "" }),
    change: (rig) => rig.remove("data"),
  },
  {
    title: "a variable that was read and now has another value",
    dependency: () => ({ kind: "variable", name: "MODE", digest: digestOf("fast") }),
    before: { MODE: "fast" },
    after: { MODE: "slow" },
    change: nothing,
  },
  {
    title: "a variable that was not set and now is, to nothing",
    dependency: () => ({ kind: "variable", name: "MODE", digest: null }),
    before: {},
    after: { MODE: "" },
    change: nothing,
  },
];

for (const { title, dependency, before, after, change } of CASES) {
  test(`a record is served until it meets ${title}`, () => {
    using rig = createCacheRig();
    rig.write("data/rows.csv", "1,2\n");
    storeWith(rig, dependency(rig));
    expect(isHit(rig, before)).toBe(true);
    change(rig);
    expect(isHit(rig, after)).toBe(false);
  });
}

test("a listing is of names: new bytes under an old name leave it as it was", () => {
  using rig = createCacheRig();
  rig.write("data/rows.csv", "1,2\n");
  storeWith(rig, { kind: "listing", path: "data", digest: listingDigest("data", rig.root) ?? "" });
  rig.write("data/rows.csv", "1,3\n");
  expect(isHit(rig)).toBe(true);
});

test("a function's body is kept in a record, and is never taken on trust while nothing can check it", () => {
  using rig = createCacheRig();
  rig.write("src/a.py", "def f(): ...\n");
  storeWith(rig, { kind: "body", path: "src/a.py", name: "f", digest: digestOf("def f(): ...") });
  expect(isHit(rig)).toBe(false);
});

test("one dependency that does not hold, among many that do, makes a miss", () => {
  using rig = createCacheRig();
  rig.write("a", "1");
  rig.write("b", "2");
  const file = (path: string, text: string): FoundDependency => ({ kind: "file", path, digest: digestOf(text) });
  storeWith(rig, file("a", "1"), { kind: "absent", path: "c" }, file("b", "2"));
  expect(isHit(rig)).toBe(true);
  rig.write("b", "3");
  expect(isHit(rig)).toBe(false);
});

test("of several records under one key the one whose dependencies hold here is served, whichever is newer", () => {
  using rig = createCacheRig();
  const cache = rig.reopen();
  for (const [index, mode] of ["fast", "slow"].entries()) {
    const found: FoundDependency[] = [{ kind: "variable", name: "MODE", digest: digestOf(mode) }];
    keep(cache, recordOf({ key: KEY, found, summary: mode, storedAt: 1_700_000_000_000 + index }));
  }
  const served = (MODE: string): string | undefined => {
    const look = host(rig, { MODE });
    return rig.reopen().lookup(KEY, (dependency) => isFoundHere(dependency, look))?.summary;
  };
  expect([served("fast"), served("slow"), served("other")]).toEqual(["fast", "slow", undefined]);
});

test("of several records whose dependencies hold the newest is served", () => {
  using rig = createCacheRig();
  const cache = rig.reopen();
  for (const summary of ["first", "second"]) keep(cache, recordOf({ key: KEY, summary }));
  expect(rig.reopen().lookup(KEY, () => true)?.summary).toBe("second");
});
