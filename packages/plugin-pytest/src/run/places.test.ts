import { expect, test } from "vitest";
import { placesOf } from "./places.ts";

test.each([
  ["/home/u/repo/api/src/a.py", "api/src/a.py", "src/a.py"],
  ["src/a.py", "api/src/a.py", "src/a.py"],
  ["/home/u/repo/core/b.py", "core/b.py", "../core/b.py"],
  ["../core/./b.py", "core/b.py", "../core/b.py"],
  ["/usr/lib/python3/os.py", undefined, "../../../../usr/lib/python3/os.py"],
  ["/home/u/repo/api", "api", "."],
])("%s lies at %s of the repository", (path, inRepository, fromProject) => {
  const places = placesOf("/home/u/repo/api", "api");
  expect(places.repoPath(path)).toBe(inRepository);
  expect(places.fromProject(path)).toBe(fromProject);
});

test("a path may be seen from another folder", () => {
  const places = placesOf("/repo/api", "api");
  expect(places.fromProject("api/tests/test_a.py", "/repo")).toBe("tests/test_a.py");
});

test("paths below what the engine writes for the root are absolute, too", () => {
  const places = placesOf("{root}/api/", "api");
  expect(places.fromProject("api/tests/test_a.py", "{root}/")).toBe("tests/test_a.py");
  expect(places.repoPath("{root}/core/b.py")).toBe("core/b.py");
  expect(places.repoPath("src/a.py")).toBe("api/src/a.py");
  expect(places.repoPath("/usr/lib/python3/os.py")).toBeUndefined();
  expect(places.repoPath("../../x.py")).toBeUndefined();
  expect(places.fromProject("../x.py", "{root}/")).toBe("../../x.py");
  expect(placesOf("{root}/", ".").repoPath("{root}/tests/test_a.py")).toBe("tests/test_a.py");
});

test("paths of Windows are read, whatever the case of the drive, and another drive is outside", () => {
  const places = placesOf("C:\\work\\repo", ".");
  expect(places.repoPath("c:\\work\\repo\\src\\a.py")).toBe("src/a.py");
  expect(places.repoPath("src\\a.py")).toBe("src/a.py");
  expect(places.repoPath("D:\\x.py")).toBeUndefined();
});

test("a backslash in a name is a character like any other where paths begin with a slash", () => {
  expect(placesOf("/repo", ".").repoPath("tests/a\\b.py")).toBe("tests/a\\b.py");
});
