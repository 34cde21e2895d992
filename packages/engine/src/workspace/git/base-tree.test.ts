import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../../test/support/test-repository.ts";
import { unwrap } from "../../testing/unwrap.ts";
import { blobTexts, textsAt, treeFiles } from "./base-tree.ts";
import { openRepository, type Repository } from "./repository.ts";

function opened({ root, env }: TestRepository): Repository {
  return unwrap(openRepository(root, env), "git");
}

test("the files of a commit are those that it holds, whatever the work tree has become", () => {
  using repository = createRepository();
  const odd = "line\nbreak\tand tab.py";
  repository.write({ "a.py": "1", "deep/er/b.py": "2", [odd]: "3", ".symbiotic/out": "x" });
  repository.link("link", "a.py");
  const commit = repository.commit();
  repository.remove("a.py", "deep");
  repository.write({ "new.py": "4" });
  repository.commit();
  const files = unwrap(treeFiles(opened(repository), commit), "git");
  expect(files.map(({ path, isLink }) => [path, isLink])).toEqual([
    ["a.py", false],
    ["deep/er/b.py", false],
    [odd, false],
    ["link", true],
  ]);
  expect(
    unwrap(treeFiles(opened(repository), "4b825dc642cb6eb9a060e54bf8d69288fbee4904"), "git"),
    "the tree without files",
  ).toEqual([]);
  expect(treeFiles(opened(repository), "nowhere")).toMatchObject({ ok: false, error: { code: "SYM7005" } });
});

test("texts of paths are those of the commit, whatever git could take a path for", () => {
  using repository = createRepository();
  const files = { "*.py": "star", "a.py": "1", ":(top)a.py": "magic", "-r": "option", "deep/er/b.py": "2" };
  repository.write(files);
  repository.link("link", "a.py");
  const commit = repository.commit();
  repository.write({ "a.py": "changed" });
  const at = (paths: readonly string[]): unknown =>
    Object.fromEntries(unwrap(textsAt(opened(repository), commit, paths), "git"));
  expect(at(Object.keys(files))).toEqual(files);
  expect(at(["*.py"])).toEqual({ "*.py": "star" });
  expect(at(["deep", "link", "gone.py"])).toEqual({});
  expect(at(["\udcff.py", "a.py"]), "bytes that are no UTF-8").toEqual({ "a.py": "1" });
  const many = Array.from({ length: 5000 }, (_, index) => `none/${String(index)}.py`);
  expect(at([...many, "a.py"]), "more than a command line holds").toEqual({ "a.py": "1" });
});

test("texts come back by their id, empty ones and those with line breaks too; unknown ids are left out", () => {
  using repository = createRepository();
  const texts = ["one\ntwo\n", "", "no line break at the end", "ü\u0000ü", "a blob of its own\n0 blob 3\n"];
  repository.write(Object.fromEntries(texts.map((text, index) => [String(index), text])));
  const files = unwrap(treeFiles(opened(repository), repository.commit()), "git");
  const blobs = files.map(({ blob }) => blob);
  const unknown = "0123456789".repeat(4);
  const found = unwrap(blobTexts(opened(repository), [blobs[0] ?? "", unknown, ...blobs]), "git");
  expect(blobs.map((blob) => found.get(blob))).toEqual(texts);
  expect(found.has(unknown)).toBe(false);
  expect(unwrap(blobTexts(opened(repository), []), "git").size).toBe(0);
});
