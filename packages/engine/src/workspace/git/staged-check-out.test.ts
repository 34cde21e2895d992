import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRepository } from "../../../test/support/test-repository.ts";
import { openRepository } from "./repository.ts";
import { checkOut, removeUntracked, type CheckOut } from "./staged-check-out.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "symbiotic-check-out-"));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

function wantedOf({ root, env }: { readonly root: string; readonly env: Readonly<Record<string, string>> }): CheckOut {
  const opened = openRepository(root, env);
  if (!opened.ok) throw new Error(opened.error.message);
  const [folder, gitDirectory] = [join(place, "tree"), join(place, "git")];
  return { repository: opened.value, tree: "HEAD", folder, gitDirectory, environment: env };
}

const read = (path: string): string => readFileSync(join(place, "tree", path), "utf8");

test("only what differs is written, and what a task has changed comes back", () => {
  using repository = createRepository();
  repository.write({ "a.txt": "a\n", "b.txt": "b\n" });
  repository.commit();
  expect(checkOut(wantedOf(repository))).toEqual({ ok: true, value: [] });
  repository.write({ "b.txt": "longer\n" });
  repository.commit();
  writeFileSync(join(place, "tree/a.txt"), "spoilt by a task\n");
  writeFileSync(join(place, "tree/new.txt"), "made by a task\n");
  expect(checkOut(wantedOf(repository))).toEqual({ ok: true, value: [] });
  expect(removeUntracked(wantedOf(repository))).toEqual({ ok: true, value: undefined });
  expect([read("a.txt"), read("b.txt")]).toEqual(["a\n", "longer\n"]);
  expect(() => read("new.txt")).toThrow("ENOENT");
});

test.each([
  ["the lock of a git that was killed in its first check-out", ["index.lock"]],
  ["an index that is damaged", ["index"]],
  ["both", ["index", "index.lock"]],
])("%s is no obstacle", (_what, names) => {
  using repository = createRepository();
  repository.write({ "a.txt": "a\n" });
  repository.commit();
  mkdirSync(join(place, "git"));
  for (const name of names) writeFileSync(join(place, "git", name), "half of");
  expect(checkOut(wantedOf(repository))).toEqual({ ok: true, value: [] });
  expect(read("a.txt")).toBe("a\n");
});

test("a tree that is not there is an error, and no endless attempt", () => {
  using repository = createRepository();
  repository.commit();
  expect(checkOut({ ...wantedOf(repository), tree: "0".repeat(40) })).toMatchObject({
    ok: false,
    error: { code: "SYM7005" },
  });
});
