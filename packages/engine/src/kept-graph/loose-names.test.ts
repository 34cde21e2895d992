import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../test/support/test-repository.ts";
import { askUncommitted, namesIn } from "../workspace/git/read-steps.ts";
import { openRepository } from "../workspace/git/repository.ts";
import { looseNames } from "./loose-names.ts";

async function told({ root, env }: TestRepository): Promise<Buffer> {
  const opened = openRepository(root, env);
  const answer = opened.ok ? await askUncommitted(opened.value, env) : undefined;
  if (answer === undefined) throw new Error("git does not answer");
  return answer;
}

test("what is there and not in the index, and the reverse, by their names alone", async () => {
  using repository = createRepository();
  const { root } = repository;
  repository.write({ "a b.txt": "1", "c.txt": "1", "d.txt": "1", "e.txt": "1", ".gitignore": "*.log\n" });
  repository.commit();
  expect(namesIn(await told(repository))).toEqual({ untracked: [], gone: [] });
  repository.write({ "new/ä ö.txt": "x", "own.log": "x", "c.txt": "2", ".symbiotic/x": "x" });
  rmSync(join(root, "a b.txt"));
  repository.git("rm", "-q", "d.txt");
  repository.write({ "staged.txt": "x" });
  repository.git("add", "staged.txt");
  renameSync(join(root, "e.txt"), join(root, "f.txt"));
  expect(namesIn(await told(repository))).toEqual({
    untracked: ["f.txt", "new/ä ö.txt"],
    gone: ["a b.txt", "e.txt"],
  });
});

test("a staged rename is none of both, and one whose file is gone is gone", async () => {
  using repository = createRepository();
  repository.write({ "a.txt": "some text that git knows again\n" });
  repository.commit();
  repository.git("mv", "a.txt", "b c.txt");
  expect(namesIn(await told(repository))).toEqual({ untracked: [], gone: [] });
  rmSync(join(repository.root, "b c.txt"));
  expect(namesIn(await told(repository))).toEqual({ untracked: [], gone: ["b c.txt"] });
});

test("the digest is of both lists; an untracked link has none", async () => {
  using repository = createRepository();
  repository.write({ "a.txt": "1", "b.txt": "1" });
  repository.commit();
  const digest = async (): Promise<string | undefined> => looseNames(repository.root, await told(repository))?.digest;
  const clean = await digest();
  rmSync(join(repository.root, "a.txt"));
  const gone = await digest();
  writeFileSync(join(repository.root, "c.txt"), "");
  const both = await digest();
  expect(new Set([clean, gone, both, undefined]).size).toBe(4);
  symlinkSync("b.txt", join(repository.root, "link"));
  expect(await digest()).toBeUndefined();
});
