import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cloneRepository, createRepository, type TestRepository } from "../support/test-repository.ts";
import { affectedSince, manifest } from "./affected-rig.ts";

/** `web` needs `api`, which needs `core`; `docs` needs nothing. */
function monorepo(): TestRepository {
  const repository = createRepository();
  repository.write({
    ...{ "core/project.json": manifest("core"), "core/a.py": "1", "core/deep/b.py": "1" },
    ...{ "api/project.json": manifest("api", "core"), "api/a.py": "1" },
    ...{ "web/project.json": manifest("web", "api"), "web/a.py": "1" },
    ...{ "docs/project.json": manifest("docs"), "docs/a.py": "1" },
  });
  repository.commit();
  return repository;
}

const both = (project: string, because: string): Record<string, string> => ({
  [`${project}:lint`]: because,
  [`${project}:test`]: because,
});
const all = (because: string): Record<string, string> => ({
  ...both("api", because),
  ...both("core", because),
  ...both("docs", because),
  ...both("web", because),
});

test("a project that is deleted affects all that depended on it", () => {
  using repository = monorepo();
  repository.git("rm", "-r", "-q", "core");
  const gone = "its projects changed: it no longer depends on core";
  expect(affectedSince(repository)).toEqual({ ...both("api", gone), ...both("web", gone) });
  repository.commit();
  expect(affectedSince(repository, "HEAD~1"), "once committed").toEqual({ ...both("api", gone), ...both("web", gone) });
  expect(affectedSince(repository)).toEqual({});
});

test("a project that gets another name affects all that depended on it by the old one", () => {
  using repository = monorepo();
  repository.write({ "core/project.json": manifest("kernel") });
  const gone = "its projects changed: it no longer depends on core";
  expect(affectedSince(repository)).toEqual({
    ...both("api", gone),
    ...both("kernel", "core/project.json changed"),
    ...both("web", gone),
  });
});

test("a name that the project's own dependents follow affects those that depend on them, too", () => {
  using repository = monorepo();
  repository.write({ "core/project.json": manifest("kernel"), "api/project.json": manifest("api", "kernel") });
  expect(affectedSince(repository)).toEqual({
    ...both("api", "api/project.json changed"),
    ...both("kernel", "core/project.json changed"),
    ...both("web", "its projects changed: kernel was called core"),
  });
});

test("a project that is called otherwise because another took its name is affected", () => {
  using repository = monorepo();
  repository.write({ "tools/a/project.json": manifest("a") });
  repository.commit();
  repository.write({ "tools/b/project.json": manifest("a") });
  expect(affectedSince(repository)).toEqual({
    ...both("tools/a", "its projects changed: it was called a"),
    ...both("tools/b", "tools/b/project.json changed"),
  });
});

test("a project inside another takes files from it: the outer one is affected, and all that depend on it", () => {
  using repository = monorepo();
  repository.write({ "core/deep/project.json": manifest("deep") });
  const taken = "its projects changed: core/deep is a project of its own now";
  expect(affectedSince(repository)).toEqual({
    ...both("api", taken),
    ...both("core", taken),
    ...both("deep", "core/deep/project.json changed"),
    ...both("web", taken),
  });
});

test("a project inside another that is no project any more gives its files to the outer one", () => {
  using repository = monorepo();
  repository.write({ "core/deep/project.json": manifest("deep") });
  repository.commit();
  repository.remove("core/deep/project.json");
  const given = "its projects changed: core/deep is no project of its own any more";
  expect(affectedSince(repository)).toEqual({ ...both("api", given), ...both("core", given), ...both("web", given) });
});

test("an edge that a manifest far away makes affects what is above it", () => {
  using repository = monorepo();
  repository.write({ "api/project.json": manifest("api", "core", "docs") });
  expect(affectedSince(repository)).toEqual({
    ...both("api", "api/project.json changed"),
    ...both("web", "its projects changed: it depends on docs now"),
  });
});

test("a manifest that changes in nothing that makes a project affects that project alone", () => {
  using repository = monorepo();
  repository.write({ "core/project.json": `${manifest("core")}\n` });
  expect(affectedSince(repository)).toEqual(both("core", "core/project.json changed"));
});

test("a manifest that was no manifest at the base affects everything: nobody knows what it was", () => {
  using repository = monorepo();
  repository.write({ "core/project.json": "{" });
  repository.commit();
  repository.write({ "core/project.json": manifest("core") });
  const reasons = affectedSince(repository);
  expect(Object.keys(reasons)).toEqual(Object.keys(all("")));
  expect(reasons["docs:lint"]).toContain(
    "the projects at the base cannot be told: the plugin t, looking for projects, threw",
  );
});

test("a manifest that was a symbolic link at the base affects everything", () => {
  using repository = monorepo();
  repository.remove("core/project.json");
  repository.write({ "shared/core.json": manifest("core") });
  repository.link("core/project.json", "../shared/core.json");
  repository.commit();
  repository.remove("core/project.json");
  repository.write({ "core/project.json": manifest("core") });
  expect(affectedSince(repository)).toEqual(
    all("the projects at the base cannot be told: core/project.json was a symbolic link"),
  );
});

test("a partial clone that cannot get the manifest as it was affects everything", () => {
  using repository = monorepo();
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.write({ "core/project.json": manifest("kernel") });
  repository.commit();
  using clone = cloneRepository(repository, "--filter=blob:none");
  clone.git("remote", "set-url", "origin", "file:///nowhere");
  const reasons = Object.values(affectedSince(clone, "HEAD~1"));
  expect(new Set(reasons).size).toBe(1);
  // By its version git either says that the text is missing, or that it could not fetch it.
  expect(reasons[0]).toMatch(/^the projects at the base cannot be told: .*(?:is not in this clone|promisor)/);
  expect(reasons).toHaveLength(8);
});

test("a lockfile affects the tasks that a tool of its environment does, wherever above the project it is", () => {
  using repository = monorepo();
  repository.write({ "project.lock": "1" });
  repository.commit();
  const linted = (because: string): Record<string, string> =>
    Object.fromEntries(Object.entries(all(because)).filter(([task]) => task.endsWith(":lint")));
  repository.write({ "project.lock": "2" });
  expect(affectedSince(repository), "edited").toEqual(linted("project.lock changed"));
  repository.remove("project.lock");
  expect(affectedSince(repository), "deleted").toEqual(linted("project.lock changed"));
  repository.git("checkout", "-q", ".");
  repository.write({ "core/project.lock": "1" });
  expect(affectedSince(repository), "of one project").toEqual({ "core:lint": "core/project.lock changed" });
});

test.each(["symbiotic.config.ts", "symbiotic.config.yaml"])(
  "a deleted %s affects everything; a package.json does not",
  (name) => {
    using repository = monorepo();
    repository.write({ [name]: "", "package.json": "{}" });
    repository.commit();
    repository.remove("package.json");
    expect(affectedSince(repository)).toEqual({});
    repository.remove(name);
    expect(affectedSince(repository)).toEqual(all(`${name} changed`));
  },
);

test("before the first commit every project is affected", () => {
  using repository = createRepository();
  repository.write({ "core/project.json": manifest("core"), "core/a.py": "1" });
  expect(affectedSince(repository, "main")).toEqual(both("core", "core/project.json changed"));
});

test("where no manifest changed nothing is asked of the base: a source alone affects by inputs", () => {
  using repository = monorepo();
  writeFileSync(join(repository.root, "core/a.py"), "2");
  expect(affectedSince(repository)).toEqual({
    ...both("core", "core/a.py changed"),
    "api:test": "depends on core",
    "web:test": "depends on core",
  });
});
