import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { seeModules, type Modules } from "./see-modules.ts";
import type { SeenPath } from "./seen-paths.ts";

interface Place extends Disposable {
  readonly root: string;
  at(path: string): string;
  write(path: string): string;
  see(modules: Partial<Modules>): readonly SeenPath[] | undefined;
  kinds(modules: Partial<Modules>): unknown;
}

function makePlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-modules-")));
  const at = (path: string): string => join(root, path);
  const see: Place["see"] = (modules) =>
    seeModules({
      files: [],
      places: [],
      resolutions: [],
      engine: at("engine"),
      startedAt: Date.now() + 3_600_000,
      ...modules,
    });
  return {
    root,
    at,
    see,
    kinds: (modules) => see(modules)?.map(({ path, kind }) => [path.slice(root.length + 1), kind]),
    write: (path) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), "export {};\n");
      return at(path);
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

test("loaded files must be there and untouched, places of a configuration may be empty", () => {
  using place = makePlace();
  const file = place.write("symbiotic.config.ts");
  const places = [file, place.at("symbiotic.config.js")];
  expect(place.kinds({ files: [file, file], places })).toEqual([
    ["symbiotic.config.ts", "file"],
    ["symbiotic.config.js", "absent"],
  ]);
  expect(place.see({ files: [file], startedAt: Date.now() })).toBeUndefined();
  expect(place.see({ places: [file], startedAt: Date.now() })).toBeUndefined();
  expect(place.see({ files: [place.at("gone.ts")] })).toBeUndefined();
});

test.runIf(process.platform !== "win32")("a file behind a link is not known by the link", () => {
  using place = makePlace();
  place.write("elsewhere.json");
  symlinkSync("elsewhere.json", place.at("symbiotic.config.json"));
  expect(place.see({ files: [place.at("symbiotic.config.json")] })).toBeUndefined();
});

test("what is written here may import what reads the machine only if it is not seen through a snapshot", () => {
  using place = makePlace();
  const from = (path: string, specifier: string): Modules["resolutions"] => {
    const parent = pathToFileURL(place.write(path)).href;
    return [{ specifier, parent }];
  };
  for (const specifier of ["node:fs", "node:fs/promises", "node:os", "node:child_process"])
    expect(place.see({ resolutions: from("plugin.ts", specifier) }), specifier).toBeUndefined();
  for (const specifier of ["node:path", "node:url", "node:crypto", "node:process"])
    expect(place.see({ resolutions: from("plugin.ts", specifier) }), specifier).toEqual([]);
  expect(place.see({ resolutions: from("node_modules/acme/index.js", "node:fs") })).toEqual([]);
  expect(place.see({ resolutions: from("engine/index.js", "node:fs") })).toEqual([]);
});

test("a package is looked for again where it was not found before, and where a link led", () => {
  using place = makePlace();
  const parent = pathToFileURL(place.write("a/b/plugin.ts")).href;
  const resolutions = [{ specifier: "@acme/tool/sub", parent }];
  place.write("node_modules/.store/tool@1/index.js");
  mkdirSync(place.at("node_modules/@acme"));
  symlinkSync(place.at("node_modules/.store/tool@1"), place.at("node_modules/@acme/tool"), "junction");
  expect(place.kinds({ resolutions })).toEqual([
    ["a/b/node_modules/@acme/tool", "absent"],
    ["a/node_modules/@acme/tool", "absent"],
    ["node_modules/@acme/tool", "place"],
  ]);
  rmSync(place.at("node_modules/@acme/tool"));
  place.write("node_modules/@acme/tool/index.js");
  expect(place.kinds({ resolutions })).toEqual([
    ["a/b/node_modules/@acme/tool", "absent"],
    ["a/node_modules/@acme/tool", "absent"],
  ]);
});

test("a relative path that leads through a link is a place", () => {
  using place = makePlace();
  place.write("real/helper.ts");
  symlinkSync(place.at("real"), place.at("linked"), "junction");
  const parent = pathToFileURL(place.write("plugin.ts")).href;
  expect(place.kinds({ resolutions: [{ specifier: "./real/helper.ts", parent }] })).toEqual([]);
  expect(place.kinds({ resolutions: [{ specifier: "./linked/helper.ts", parent }] })).toEqual([
    ["linked/helper.ts", "place"],
  ]);
});

test("the folders of an installed package are seen: a file that is added changes what it is", () => {
  using place = makePlace();
  const file = place.write("node_modules/acme/dist/index.js");
  expect(place.kinds({ files: [file] })).toEqual([
    ["node_modules/acme/dist/index.js", "file"],
    ["node_modules/acme/dist", "folder"],
  ]);
});
