import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BINARY } from "../../support/places.ts";
import type { TestRepository } from "../../support/repository.ts";
import { createListedRepository, EDITS, list, takeChanges } from "./support/listed.ts";

/** Variables that point at another repository's git. */
function pointingAt({ root }: TestRepository): Record<string, string> {
  const git = join(root, ".git");
  return {
    GIT_DIR: git,
    GIT_WORK_TREE: root,
    GIT_INDEX_FILE: join(git, "index"),
    GIT_OBJECT_DIRECTORY: join(git, "objects"),
    GIT_COMMON_DIR: git,
    GIT_PREFIX: "b/",
    GIT_NAMESPACE: "other",
    GIT_CEILING_DIRECTORIES: root,
    GIT_LITERAL_PATHSPECS: "1",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.worktree",
    GIT_CONFIG_VALUE_0: root,
  };
}

test("inherited variables that name another repository say nothing", async () => {
  using repository = createListedRepository();
  using other = createListedRepository({ "a/src/one.txt": "other\n", "a/src/more.txt": "more\n" });
  const env = pointingAt(other);
  await takeChanges(repository, EDITS, { env });
  // The same without them: they are in no key, and no task was made from the other repository.
  expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
  expect(other.git("status", "--porcelain")).toBe("");
});

test.concurrent.each([
  ["GIT_DIR", "/nowhere"],
  ["GIT_WORK_TREE", "/nowhere"],
  ["GIT_INDEX_FILE", "/nowhere/index"],
  ["GIT_CONFIG_PARAMETERS", "nonsense"],
  ["GIT_EXTERNAL_DIFF", "/nowhere"],
])("an inherited %s that leads nowhere says nothing", async (name, value) => {
  using repository = createListedRepository();
  const env = { [name]: value };
  expect(await list(repository, { env })).toEqual({ a: "miss", b: "miss" });
  repository.write({ "a/src/one.txt": "a 111\n" });
  expect(await list(repository, { env })).toEqual({ a: "miss", b: "hit" });
  expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
});

/** Makes the commit hook run the binary; what it prints goes to a file. */
function hook(repository: TestRepository): string {
  const said = join(repository.home, "said");
  const run = [process.execPath, BINARY, "run", "list", "--json"].map((word) => `'${word}'`).join(" ");
  const script = `#!/bin/sh\necho "$GIT_INDEX_FILE" > '${said}.index'\n${run} > '${said}'\n`;
  writeFileSync(join(repository.root, ".git/hooks/pre-commit"), script, { mode: 0o755 });
  return said;
}

test.runIf(process.platform !== "win32")(
  "in a hook, with an index of its own, a run sees the work tree and leaves that index as it is",
  async () => {
    using repository = createListedRepository();
    expect(await list(repository)).toEqual({ a: "miss", b: "miss" });
    const said = hook(repository);
    const ended = (): unknown => {
      const { tasks } = JSON.parse(execFileSync("cat", [said], { encoding: "utf8" })) as {
        readonly tasks: readonly { readonly id: string; readonly cache: string }[];
      };
      return Object.fromEntries(tasks.map(({ id, cache }) => [id, cache]));
    };
    repository.write({ "a/src/one.txt": "a 111\n", "b/src/two.txt": "b 222\n", "b/src/untracked.txt": "u\n" });
    // With paths, git hands an index to the hook that holds these alone.
    repository.git("commit", "-qm", "a alone", "--", "a");
    expect(execFileSync("cat", [`${said}.index`], { encoding: "utf8" })).toMatch(/next-index/);
    expect(ended()).toEqual({ "a:list": "miss", "b:list": "miss" });
    expect(repository.git("status", "--porcelain")).toBe(" M b/src/two.txt\n?? b/src/untracked.txt");
    expect(repository.git("show", "--stat", "--format=", "HEAD").split("\n")).toHaveLength(2);
    expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
    repository.git("commit", "-qam", "all of it");
    expect(ended()).toEqual({ "a:list": "hit", "b:list": "hit" });
  },
);
