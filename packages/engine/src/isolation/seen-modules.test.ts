import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { sha256 } from "./argument-digest.ts";
import { areUnchanged, type SeenModules } from "./seen-modules.ts";

interface Place extends Disposable {
  readonly seen: SeenModules;
  write(path: string, text: string): void;
  remove(path: string): void;
}

/** A module that imports the package `dep`, as a process would have seen the two. */
function createPlace(): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-seen-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const file = join(folder, "acme.js");
  const parent = pathToFileURL(file).href;
  const manifest = join(folder, "node_modules/dep/package.json");
  write("acme.js", "one");
  write("node_modules/dep/index.js", "");
  write("node_modules/dep/package.json", '{ "name": "dep", "version": "1.0.0" }');
  return {
    seen: {
      files: [[file, sha256("one")]],
      packages: [
        { specifier: "dep", parent, found: [manifest, "dep", "1.0.0"] },
        { specifier: "not-there", parent, found: null },
      ],
    },
    write,
    remove: (path) => {
      rmSync(join(folder, path), { recursive: true });
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

test("modules are unchanged while their bytes and the packages' versions are the same", () => {
  using place = createPlace();
  expect(areUnchanged(place.seen)).toBe(true);
});

test.each<[string, (place: Place) => void]>([
  ["a module with other bytes", (place) => place.write("acme.js", "two")],
  ["a module that is gone", (place) => place.remove("acme.js")],
  [
    "a package of another version",
    (place) => place.write("node_modules/dep/package.json", '{ "name": "dep", "version": "1.0.1" }'),
  ],
  ["a package that is gone", (place) => place.remove("node_modules/dep")],
  [
    "a package that was not there",
    (place) => place.write("node_modules/not-there/package.json", '{ "name": "not-there", "version": "1.0.0" }'),
  ],
])("%s is a change", (_title, change) => {
  using place = createPlace();
  change(place);
  expect(areUnchanged(place.seen)).toBe(false);
});
