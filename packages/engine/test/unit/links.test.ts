import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../support/test-repository.ts";
import { look } from "./detour-rig.ts";

const PYTHON = { files: ["**/*.py"] };
const UNIX = process.platform !== "win32";

test.runIf(UNIX)("an edit of the file behind a link makes another key and affects the task", () => {
  using repository = createRepository();
  repository.write({ "p/a.py": "", "shared/helper.py": "x = 1\n", "other.py": "" });
  repository.link("p/tests/helper.py", "../../shared/helper.py");
  repository.commit();
  const before = look(repository, "p", PYTHON);
  expect(look(repository, "p", PYTHON).key).toBe(before.key);
  expect(before.isAffectedBy("shared/helper.py")).toBe(true);
  expect(before.isAffectedBy("other.py")).toBe(false);
  repository.write({ "other.py": "changed" });
  expect(look(repository, "p", PYTHON).key).toBe(before.key);
  repository.write({ "shared/helper.py": "x = 2\n" });
  expect(look(repository, "p", PYTHON).key).not.toBe(before.key);
  expect(before.digests.verify(before.paths)).toEqual(["p/tests/helper.py"]);
});

test.runIf(UNIX)(
  "files below a folder that a link leads to are inputs as if they lay there, under globs of the project",
  () => {
    using repository = createRepository();
    repository.write({
      "p/a.py": "",
      "shared/tests/test_a.py": "1",
      "shared/tests/data.json": "{}",
      "shared/b.py": "",
    });
    repository.link("p/tests", "../shared/tests");
    repository.commit();
    const before = look(repository, "p", PYTHON);
    expect(before.paths).toEqual(["p/a.py", "shared/tests/test_a.py"]);
    expect(["shared/tests/test_a.py", "shared/tests/test_new.py", "p/tests"].map(before.isAffectedBy)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["shared/tests/data.json", "shared/b.py"].map(before.isAffectedBy)).toEqual([false, false]);
    repository.write({ "shared/tests/test_new.py": "" });
    expect(look(repository, "p", PYTHON).paths).toContain("shared/tests/test_new.py");
  },
);

test.runIf(UNIX)("links are followed through links, and each link on the way counts", () => {
  using repository = createRepository();
  repository.write({ "real/one/a.py": "1", "real/two/a.py": "2", "p/own.py": "" });
  repository.link("current", "real/one");
  repository.link("p/code", "../current");
  repository.link("real/one/more", "../two");
  repository.commit();
  const before = look(repository, "p", PYTHON);
  expect(before.paths).toEqual(["p/own.py", "real/one/a.py", "real/two/a.py"]);
  expect(before.isAffectedBy("current")).toBe(true);
  repository.remove("current", "real/one/more");
  repository.link("current", "real/two");
  expect(look(repository, "p", PYTHON).paths).toEqual(["p/own.py", "real/two/a.py"]);
});

test.runIf(UNIX)("links that lead around in a circle, above themselves or to nothing end", () => {
  using repository = createRepository();
  repository.write({ "p/a.py": "" });
  repository.link("p/self", ".");
  repository.link("p/up", "..");
  repository.link("p/x.py", "y.py");
  repository.link("p/y.py", "x.py");
  repository.link("p/missing.py", "../later/missing.py");
  repository.commit();
  const before = look(repository, "p", PYTHON);
  expect(before.paths).toEqual(["p/a.py", "p/missing.py", "p/x.py", "p/y.py"]);
  expect(before.isAffectedBy("later/missing.py")).toBe(true);
  repository.write({ "later/missing.py": "here now" });
  expect(look(repository, "p", PYTHON).key).not.toBe(before.key);
});

test.runIf(UNIX)(
  "a link out of the repository counts with the bytes of its file; one to a folder keeps results from being kept",
  () => {
    using repository = createRepository();
    const outside = join(repository.root, "../outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "helper.py"), "1");
    repository.write({ "p/a.py": "", "q/a.py": "" });
    repository.link("p/helper.py", join(outside, "helper.py"));
    repository.commit();
    const before = look(repository, "p", PYTHON);
    expect(before.uncacheable).toEqual([]);
    writeFileSync(join(outside, "helper.py"), "2");
    expect(look(repository, "p", PYTHON).key).not.toBe(before.key);
    repository.link("p/data", "../../outside");
    expect(look(repository, "p", PYTHON).uncacheable).toEqual([
      "p/data leads to a folder outside the repository, whose files cannot be known",
    ]);
    expect(look(repository, "p", { files: ["*.py", "src/**/*.py"] }).uncacheable).toEqual([]);
    expect(look(repository, "q", PYTHON).uncacheable).toEqual([]);
  },
);

test.runIf(UNIX)("a link that leaves the repository and comes back is followed back", () => {
  using repository = createRepository();
  repository.write({ "p/a.py": "", "shared/b.py": "" });
  repository.link("p/there", join(repository.root, "shared"));
  repository.link("p/back", "../../repository/shared");
  repository.commit();
  expect(look(repository, "p", PYTHON).paths).toEqual(["p/a.py", "shared/b.py"]);
});

test("a repository without links and submodules has the sets that it declares, and no more", () => {
  using repository = createRepository();
  repository.write({ "p/a.py": "", "uv.lock": "" });
  repository.commit();
  expect(look(repository, "p", { ...PYTHON, repositoryFiles: ["uv.lock"] }).sets.map(({ label }) => label)).toEqual([
    "files",
    "repository files",
  ]);
});

test("a submodule counts with all that is checked out of it, edits that are in no commit too", () => {
  using library = createRepository();
  library.write({ "lib.py": "1", "README.md": "" });
  library.commit();
  using repository = createRepository();
  repository.write({ "p/a.py": "", "q/a.py": "" });
  addSubmodule(repository, library, "p/vendor/lib");
  const seen = (): string => look(repository, "p", PYTHON, ["q"]).key;
  const [first, other] = [look(repository, "p", PYTHON, ["q"]), look(repository, "q", PYTHON, ["p"])];
  expect(first.isAffectedBy("p/vendor/lib")).toBe(true);
  expect(other.isAffectedBy("p/vendor/lib")).toBe(false);
  expect(seen()).toBe(first.key);
  writeFileSync(join(repository.root, "p/vendor/lib/lib.py"), "2");
  const edited = seen();
  expect(edited).not.toBe(first.key);
  writeFileSync(join(repository.root, "p/vendor/lib/new.py"), "");
  expect(seen()).not.toBe(edited);
  expect(look(repository, "q", PYTHON, ["p"]).key).toBe(other.key);
  expect(first.digests.verify(first.paths)).toEqual(["p/vendor/lib"]);
});

test("a submodule that is not checked out has no files, and counts when it gets them", () => {
  using library = createRepository();
  library.write({ "lib.py": "1" });
  library.commit();
  using repository = createRepository();
  repository.write({ "p/a.py": "" });
  addSubmodule(repository, library, "p/lib");
  const full = look(repository, "p", PYTHON).key;
  rmSync(join(repository.root, "p/lib"), { recursive: true });
  mkdirSync(join(repository.root, "p/lib"));
  expect(look(repository, "p", PYTHON).key).not.toBe(full);
});

function addSubmodule(repository: TestRepository, library: TestRepository, path: string): void {
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.root, path);
  repository.commit();
}
