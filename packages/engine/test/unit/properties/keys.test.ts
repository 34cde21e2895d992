import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodeUnit } from "../../../src/core/json.ts";
import type { FingerprintInput } from "../../../src/fingerprint/compute.ts";
import { diffFingerprints } from "../../../src/fingerprint/diff.ts";
import type { Fingerprint } from "../../../src/fingerprint/compute.ts";
import { filesOf, fingerprintOf } from "../fingerprint-rig.ts";

/** What a task's key is made of, as far as it has a form in which it could be mistaken for something else. */
interface Parts {
  readonly files: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  readonly variables: Readonly<Record<string, string | null>>;
  readonly upstream: readonly (readonly [string, string, string, string])[];
}

/** Few letters, separators among them, so that parts meet at their borders; and names that objects have of their own. */
const word = fc.string({
  unit: fc.constantFrom("a", "b", "\0", "\n", "/", ",", '"', " ", "=", "\udcff"),
  maxLength: 4,
});
const name = fc.oneof(word, fc.constantFrom("__proto__", "constructor", "toString", "1", "10", "2"));
const digest = fc.constantFrom("0", "1");

function dictionary<T>(values: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> {
  const entries = fc.uniqueArray(fc.tuple(name, values), { selector: ([key]) => key, maxLength: 4 });
  return entries.map((all) => Object.fromEntries(all));
}

const parts: fc.Arbitrary<Parts> = fc.record({
  files: dictionary(word),
  argv: fc.array(word, { maxLength: 4 }),
  cwd: word,
  env: dictionary(word),
  stdin: fc.option(word, { nil: undefined }),
  variables: dictionary(fc.option(digest)),
  upstream: fc.array(fc.tuple(name, digest, digest, digest), { maxLength: 3 }),
});

function fingerprint({ files, argv, cwd, env, stdin, variables, upstream }: Parts): Fingerprint {
  const command = { argv: ["t", ...argv] as const, cwd, env, ...(stdin === undefined ? {} : { stdin }) };
  const more: Partial<FingerprintInput> = { command, variables, upstream };
  return fingerprintOf(filesOf(files), { files: Object.keys(files).sort(byCodeUnit) }, more);
}

/** The same with everything that has no order written down the other way round. */
function turned({ files, env, variables, ...parts }: Parts): Parts {
  const turn = <T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).reverse());
  return { ...parts, files: turn(files), env: turn(env), variables: turn(variables) };
}

/** A text that is equal for two tasks exactly where they are the same, made in another way than keys are. */
function meaning(all: Parts): string {
  const rows = (each: object): unknown => Object.entries(each).sort(([a], [b]) => byCodeUnit(a, b));
  const { files, argv, cwd, env, stdin, variables, upstream } = all;
  return JSON.stringify([rows(files), argv, cwd, rows(env), stdin ?? null, rows(variables), upstream]);
}

const RUNS = { numRuns: 400 };

test("two tasks have the same key exactly when everything that they depend on is the same", () => {
  // One of a pair is often the other with a single part replaced.
  const one = fc.constantFrom<keyof Parts>("files", "argv", "cwd", "env", "stdin", "variables", "upstream");
  fc.assert(
    fc.property(parts, parts, fc.option(one), (a, other, only) => {
      const b = only === null ? other : { ...a, [only]: other[only] };
      expect(fingerprint(a).key === fingerprint(b).key).toBe(meaning(a) === meaning(b));
    }),
    { numRuns: 1000 },
  );
});

test("the order of what has none is in no key", () => {
  fc.assert(
    fc.property(parts, (all) => {
      expect(fingerprint(turned(all)).key).toBe(fingerprint(all).key);
    }),
    RUNS,
  );
});

test("words that are split, joined, swapped or moved over a border are another command", () => {
  fc.assert(
    fc.property(parts, fc.array(word, { minLength: 2, maxLength: 4 }), fc.nat(), (all, argv, at) => {
      const border = 1 + (at % (argv.length - 1));
      const joined = [
        ...argv.slice(0, border - 1),
        argv.slice(border - 1, border + 1).join(""),
        ...argv.slice(border + 1),
      ];
      const swapped = argv.toReversed();
      const keyOf = (words: readonly string[]): string => fingerprint({ ...all, argv: words }).key;
      expect(keyOf(joined)).not.toBe(keyOf(argv));
      expect(keyOf([...argv, ""])).not.toBe(keyOf(argv));
      expect(keyOf(swapped) === keyOf(argv)).toBe(JSON.stringify(swapped) === JSON.stringify(argv));
    }),
    RUNS,
  );
});

test("a name and a value that change places, and a variable that moves between what is given and what is passed, count", () => {
  fc.assert(
    fc.property(parts, word, word, (all, first, second) => {
      const key = (more: Partial<Parts>): string => fingerprint({ ...all, env: {}, variables: {}, ...more }).key;
      expect(key({ env: { [first]: second } }) === key({ env: { [second]: first } })).toBe(first === second);
      expect(key({ env: { [first]: "0" } })).not.toBe(key({ variables: { [first]: "0" } }));
      expect(key({ variables: { [first]: null } })).not.toBe(key({}));
    }),
    RUNS,
  );
});

test("what differs between two fingerprints is named: each file and each variable, whatever its name, and nothing else", () => {
  fc.assert(
    fc.property(parts, dictionary(word), dictionary(fc.option(digest)), (all, files, variables) => {
      const [before, after] = [fingerprint(all), fingerprint({ ...all, files, variables })];
      const texts = new Map([...before.parts(), ...after.parts()]);
      const { differences } = diffFingerprints(before.record, after.record, (each) => texts.get(each));
      const named = (kind: string): string[] => differences.flatMap((each) => (each.kind === kind ? [each.name] : []));
      expect(named("file")).toEqual(changed(all.files, files));
      expect(named("variable")).toEqual(changed(all.variables, variables, null));
      for (const { before: old, after: now } of differences)
        for (const value of [old, now]) expect(value === null || typeof value === "string").toBe(true);
      expect(differences.filter(({ kind }) => !["file", "variable"].includes(kind))).toEqual([]);
    }),
    RUNS,
  );
});

/** The names whose values differ, sorted; one that is not there has the value `none`. */
function changed<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>, none?: T): string[] {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort(byCodeUnit);
  return names.filter((each) => (left.get(each) ?? none) !== (right.get(each) ?? none));
}
