import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkNodeModules } from "../staged/node-modules.ts";
import { createInstalledCopies, type CopyPlaces } from "./installed-copies.ts";

/** A repository with an installed package, and a package of its own that is linked beside it. */
function workspace(): CopyPlaces & Disposable {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-installed-")));
  const [root, tree, copies] = [join(folder, "root"), join(folder, "tree"), join(folder, "copies")];
  for (const path of ["node_modules/@scope/tool", "node_modules/.cache", "core"])
    mkdirSync(join(root, path), { recursive: true });
  for (const path of ["node_modules/@scope/tool/i.js", "node_modules/.cache/state", "core/i.js"])
    writeFileSync(join(root, path), path);
  symlinkSync(join(root, "core"), join(root, "node_modules/core"), "junction");
  mkdirSync(join(tree, "core"), { recursive: true });
  writeFileSync(join(tree, "core/i.js"), "the tree's");
  return {
    ...{ root, tree, copies, projects: [".", "core"] },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

test("what a task writes among installed packages reaches a copy, and is there for the next task", () => {
  using places = workspace();
  const installed = createInstalledCopies(places);
  for (const text of ["node_modules/@scope/tool/i.js", "changed"]) {
    rmSync(join(places.tree, "node_modules"), { recursive: true, force: true });
    linkNodeModules(["package.json"], { from: places.root, to: places.tree });
    installed.relink("node_modules");
    expect(readFileSync(join(places.tree, "node_modules/@scope/tool/i.js"), "utf8")).toBe(text);
    writeFileSync(join(places.tree, "node_modules/@scope/tool/i.js"), "changed");
  }
  expect(readFileSync(join(places.root, "node_modules/@scope/tool/i.js"), "utf8")).toBe(
    "node_modules/@scope/tool/i.js",
  );
});

test("an installed package finds the tree's sources where it would find the repository's, and no tool's cache", () => {
  using places = workspace();
  expect(createInstalledCopies(places).has("node_modules")).toBe(true);
  expect(readFileSync(join(places.copies, "node_modules/core/i.js"), "utf8")).toBe("the tree's");
  expect(existsSync(join(places.copies, "node_modules/.cache"))).toBe(false);
});
