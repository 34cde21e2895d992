import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodeUnit } from "../../../src/core/json.ts";
import { filesAt, filesOf, fingerprintOf } from "../fingerprint-rig.ts";

type Files = Readonly<Record<string, string>>;

const PATHS = ["a.py", "b.py", "ab.py", "src/a.py", "src/b.py", "sr/ca.py"];
/** Two to five files, not all with the same bytes. */
const anyFiles: fc.Arbitrary<Files> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...PATHS), fc.string({ maxLength: 6 })), {
    minLength: 2,
    maxLength: 5,
    selector: ([path]) => path,
  })
  .map((entries) => Object.fromEntries(entries));

const all = (paths: readonly string[]): Record<string, readonly string[]> => ({ files: paths });

/** The key that these files give if they are read in these sets. */
function keyOf(files: Files, sets: typeof all = all): string {
  return fingerprintOf(filesOf(files), sets(Object.keys(files).sort(byCodeUnit))).key;
}

const RUNS = { numRuns: 300 };

test("the same files give the same key in another folder, written in another order", () => {
  const files = Object.entries({ "a.py": "x", "src/b.py": "y", "src/a.py": "" });
  const keys = [files, files.toReversed()].map((order) => {
    using folder = temporaryFolder();
    for (const [path, text] of order) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    }
    return fingerprintOf(filesAt(folder.path), { files: files.map(([path]) => path).sort(byCodeUnit) }).key;
  });
  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).toBe(keyOf(Object.fromEntries(files)));
});

test("a file that is renamed changes the key", () => {
  fc.assert(
    fc.property(anyFiles, fc.nat(), (files, which) => {
      const paths = Object.keys(files);
      const renamed = paths[which % paths.length];
      const to = PATHS.find((path) => !paths.includes(path)) ?? "new.py";
      const after = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path === renamed ? to : path, text]),
      );
      expect(keyOf(after)).not.toBe(keyOf(files));
    }),
    RUNS,
  );
});

test("two files that change places change the key, unless they are the same", () => {
  fc.assert(
    fc.property(anyFiles, (files) => {
      const [first = "", second = ""] = Object.keys(files);
      const after = { ...files, [first]: files[second] ?? "", [second]: files[first] ?? "" };
      expect(keyOf(after) === keyOf(files)).toBe(files[first] === files[second]);
    }),
    RUNS,
  );
});

test("bytes that move over the border of two files change the key", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (text, i, j) => {
      const [a, b] = [i % (text.length + 1), j % (text.length + 1)];
      const split = (at: number): Files => ({ "a.py": text.slice(0, at), "b.py": text.slice(at) });
      expect(keyOf(split(a)) === keyOf(split(b))).toBe(a === b);
    }),
    RUNS,
  );
});

test("a file more, even an empty one, and a file less change the key", () => {
  fc.assert(
    fc.property(anyFiles, (files) => {
      expect(keyOf({ ...files, "new.py": "" })).not.toBe(keyOf(files));
      expect(keyOf(Object.fromEntries(Object.entries(files).slice(1)))).not.toBe(keyOf(files));
    }),
    RUNS,
  );
});

test("the same files under another name of their set are another key", () => {
  fc.assert(
    fc.property(anyFiles, (files) => {
      expect(keyOf(files, (paths) => ({ "files of core": paths }))).not.toBe(keyOf(files));
    }),
    RUNS,
  );
});

test("a file that moves from one set to another changes the key", () => {
  fc.assert(
    fc.property(anyFiles, (files) => {
      const together = keyOf(files, (paths) => ({ files: paths, "files of core": [] }));
      const apart = keyOf(files, (paths) => ({ files: paths.slice(1), "files of core": paths.slice(0, 1) }));
      expect(apart).not.toBe(together);
    }),
    RUNS,
  );
});

test.runIf(process.platform !== "win32")("a file that becomes a program changes the key", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "a.sh");
  writeFileSync(file, "");
  const before = fingerprintOf(filesAt(folder.path), { files: ["a.sh"] }).key;
  chmodSync(file, 0o755);
  expect(fingerprintOf(filesAt(folder.path), { files: ["a.sh"] }).key).not.toBe(before);
});

test("a configuration file that is not there is in the key, and one that appears changes it", () => {
  const absent = keyOf({ "a.py": "" }, (paths) => ({ files: paths, configuration: ["ruff.toml"] }));
  const elsewhere = keyOf({ "a.py": "" }, (paths) => ({ files: paths, configuration: [".ruff.toml"] }));
  const present = keyOf({ "a.py": "", "ruff.toml": "" }, () => ({ files: ["a.py"], configuration: ["ruff.toml"] }));
  expect(new Set([absent, elsewhere, present]).size).toBe(3);
});

function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "symbiotic-sets-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
