import { expect, test } from "vitest";
import { placedText, portableText, portableValue } from "./portable-text.ts";

test.each([
  ["/repo", "{root}"],
  ["/repo/src:/repo/lib:/usr/lib", "{root}/src:{root}/lib:/usr/lib"],
  ["-q --rootdir=/repo/api '/repo/x y'", "-q --rootdir={root}/api '{root}/x y'"],
  ["/repo2/src:/mnt/repo/src", "/repo2/src:/mnt/repo/src"],
  ["", ""],
])("the variable's value %j is kept as %j", (value, kept) => {
  expect(portableValue("/repo", "linux")(value)).toBe(kept);
});

test("on Windows the root is found with either slash and in any case", () => {
  const portable = portableValue("C:\\work\\repo", "win32");
  expect(portable("c:\\Work\\repo\\src;C:/work/repo/lib;C:\\work\\repository")).toBe(
    "{root}\\src;{root}/lib;C:\\work\\repository",
  );
});

test("a repository at the root of the file system changes no value", () => {
  expect(portableValue("/", "linux")("/usr/lib:/")).toBe("/usr/lib:/");
});

test("kept places are told from the root, or with it", () => {
  expect(placedText("{root}/a.py:1: see {root}/b.py")).toBe("a.py:1: see b.py");
  expect(placedText("{root}/a.py", "/elsewhere/$&")).toMatch(/^\/elsewhere\/\$&[\\/]a\.py$/);
});

test.skipIf(process.platform === "win32")(
  "a longer path that only ends like the root stays, whatever stands before the root itself is kept",
  () => {
    const portable = portableText("/src");
    expect(portable("/src/a.py /usr/lib/src/a.py ../src/f a/src/g")).toBe(
      "{root}/a.py /usr/lib/src/a.py ../src/f a/src/g",
    );
    expect(portable("file:///src/c.py (/src/d) =/src/e")).toBe("file://{root}/c.py ({root}/d) ={root}/e");
    expect(portableText("/")("/a/b")).toBe("/a/b");
  },
);
